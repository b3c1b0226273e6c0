// SPDX-License-Identifier: EPL-2.0
/**
 * What is decided before a socket is opened: which addresses of a peer are dialled, when, and how many at a time.
 *
 * <pre>
 *   addresses of a peer
 *     ─▶ Resolver      names become IP addresses                          /dns4/example.org/tcp/4001 ─▶ /ip4/…
 *     ─▶ AddressGate   what others told and only they can mean is left out   127.0.0.1, 169.254.169.254
 *     ─▶ DialBackoff   what has just failed is left out
 *     ─▶ DialRanking   address and delay: QUIC, TCP, WebSocket; IPv6 and IPv4 in turn; relays last
 *     ─▶ DialSlots     waits for its turn: a storm of dials opens few sockets at a time
 * </pre>
 *
 * Only the resolver does input and output; the others are rules with the clock handed in.
 */
@NullMarked
package io.peerwerk.transport.internal.dial;

import org.jspecify.annotations.NullMarked;
