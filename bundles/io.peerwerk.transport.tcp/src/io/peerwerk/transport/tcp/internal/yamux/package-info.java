// SPDX-License-Identifier: EPL-2.0
/**
 * Yamux 1.0.0: many streams over one link, each with its own flow control.
 *
 * <pre>
 *    0         1         2                   4                             8                             12
 *   | version | type    | flags             | stream id                   | length                        |  big endian
 *   | 0       | 0 data  | 1 SYN open        | odd: the dialler's streams  | bytes that follow             |
 *   |         | 1 window| 2 ACK accept      | even: the other end's       | more bytes that may be sent   |
 *   |         | 2 ping  | 4 FIN no more     | 0                           | opaque, comes back            |
 *   |         | 3 go    | 8 RST give up     | 0                           | 0 normal, 1 protocol, 2 own   |
 * </pre>
 *
 * <p>{@link io.peerwerk.transport.tcp.internal.yamux.YamuxSession} is the state machine: headers, local wishes and the
 * time go in, actions and headers come out; the bytes of streams it only counts. {@code YamuxHandler} holds the bytes
 * and puts the machine into a Netty pipeline; {@code YamuxStream} is the side that other threads see.
 *
 * <p>Invariants: a stream sends no more than the peer's window; the peer may send what this end's window allows, which
 * grows with the link's speed up to a limit, and a session's windows together grow only up to a budget; streams with
 * bytes to send take turns; what waits to be sent without a window (answers to pings, refusals) is bounded, and who
 * does not read it loses the link.
 */
@NullMarked
package io.peerwerk.transport.tcp.internal.yamux;

import org.jspecify.annotations.NullMarked;
