// SPDX-License-Identifier: EPL-2.0
/**
 * TCP sockets on Netty for transports that run over them: plain TCP, WebSocket. What is the same for all is here: event
 * loops, the choice between native sockets and Java's own, dialling from the port that is listened on, meeting a peer
 * that dials at the same time, closing all at the end.
 *
 * <p>Dialling from the listening port lets other peers see, behind an address translator, the very port at which this
 * one can be reached:
 *
 * <pre>
 *   listen  bind 0.0.0.0:4001, without SO_REUSEPORT: a port that another process has is refused
 *           then set SO_REUSEPORT on it
 *   dial    set SO_REUSEPORT, bind 0.0.0.0:4001, connect          4-tuple (here:4001, there:port) is free
 *           or, if that is refused, connect from any port
 * </pre>
 */
@NullMarked
package io.peerwerk.transport.sockets;

import org.jspecify.annotations.NullMarked;
