// SPDX-License-Identifier: EPL-2.0
/**
 * The command line, {@code peerwerk COMMAND}: a contract that scripts rely on.
 *
 * <p>Every command takes {@code --home} and {@code --json}, ends with 0 (done), 1 (failed, one line on standard error)
 * or 2 (wrong usage), and keeps standard output for results. {@code node}, {@code demo} and {@code bench} run by
 * themselves; all others ask the node that runs on the home. What a command needs of the world around it is handed in
 * as {@link io.peerwerk.node.internal.cli.Surroundings}, so that tests run commands in their own process.
 */
@NullMarked
package io.peerwerk.node.internal.cli;

import org.jspecify.annotations.NullMarked;
