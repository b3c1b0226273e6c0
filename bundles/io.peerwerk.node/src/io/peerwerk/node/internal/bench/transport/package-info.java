// SPDX-License-Identifier: EPL-2.0
/**
 * How fast bytes go from peer to peer, and what they cost: Peerwerk over each of its transports and secure channels,
 * beside what the same machine, in the same run, does with plain sockets, with Netty and the JDK's TLS alone, and with
 * js-libp2p where it is installed.
 *
 * <p>Both ends run in this process, so that its processor time is the price of a byte at both ends together. That
 * figure is the steadier one: megabytes a second depend on what else the machine does, and on how the two ends share
 * its processors. js-libp2p needs two processes; there the time of both is added up.
 */
@NullMarked
package io.peerwerk.node.internal.bench.transport;

import org.jspecify.annotations.NullMarked;
