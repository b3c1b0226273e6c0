// SPDX-License-Identifier: EPL-2.0
/**
 * TCP with Noise and yamux: the way every libp2p peer can be reached. Three services for the switch, each a component
 * of its own; classes here are only glue between Netty, Declarative Services and the state machines in the packages
 * below.
 *
 * <p>On Linux the sockets use epoll where Netty's native part is there (about twice the throughput), else NIO.
 */
@NullMarked
package io.peerwerk.transport.tcp.internal;

import org.jspecify.annotations.NullMarked;
