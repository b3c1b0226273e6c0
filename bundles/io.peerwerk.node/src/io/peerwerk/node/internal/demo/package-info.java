// SPDX-License-Identifier: EPL-2.0
/**
 * The demonstration: what Peerwerk is for, in under two minutes, with nothing made up.
 *
 * <pre>
 *   start 8 node processes ─▶ store a file through node 1 ─▶ show where its shards lie
 *     ─▶ try another key ─▶ SIGKILL three nodes, node 1 among them ─▶ survivors notice
 *     ─▶ fetch from node 2 and compare ─▶ survivors make the lost shards anew ─▶ figures
 * </pre>
 *
 * <p>The nodes are ordinary ones, asked over their control sockets; only the repair delay is short. Whoever stored the
 * file is among the dead: the link alone brings it back.
 */
@NullMarked
package io.peerwerk.node.internal.demo;

import org.jspecify.annotations.NullMarked;
