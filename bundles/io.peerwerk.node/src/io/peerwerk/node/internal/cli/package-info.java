// SPDX-License-Identifier: EPL-2.0
/** The command line: one class a command, each turning arguments into calls and results into lines of text or JSON. */
@NullMarked
package io.peerwerk.node.internal.cli;

import org.jspecify.annotations.NullMarked;
