// SPDX-License-Identifier: EPL-2.0
/**
 * Who is let in, and how many of them. Asked three times: when a link comes, before anything is spent on it; when its
 * peer is known; and before a dial. What the rules say can change while the host runs.
 *
 * <pre>
 *   link comes ─▶ deny, allow (networks) ─▶ rate of its address, of all ─▶ links of its networks ─▶ handshake
 *                                                                            deny, allow (peers) ◀──┘
 * </pre>
 *
 * <p>Addresses without an IP (Unix sockets) and relayed ones, where the IP is the relay's, pass the rules for networks:
 * they are judged by their peer. No I/O and no thread; time is handed in.
 */
@NullMarked
package io.peerwerk.transport.internal.gate;

import org.jspecify.annotations.NullMarked;
