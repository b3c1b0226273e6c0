// SPDX-License-Identifier: EPL-2.0
/**
 * The switch: makes a host out of whatever transports, secure channels and muxers are there.
 *
 * <pre>
 *   SwitchHost ─┬─ Listening ──▶ Transport.listen ──┐
 *               ├─ Dialer ─────▶ Transport.dial ────┤ Link
 *               ├─ Upgrader ◀───────────────────────┘  negotiate, secure, negotiate, mux
 *               ├─ ConnectionTable ◀─ SwitchConnection ── SwitchStream ─┬─ StreamInput   ◀─ event loop
 *               ├─ AddressBook                                          └─ StreamOutput  ─▶ event loop
 *               └─ ProtocolTable ── PingProtocol, IdentifyProtocol, and what modules add
 * </pre>
 *
 * <p>Two worlds meet in {@code SwitchStream}: the event loop of a link, which must never block, and the virtual threads
 * of handlers and callers, which block as they like. A stream's input is a queue that the event loop fills and a reader
 * empties; emptying it is what lets the peer send more. Its output is handed to the event loop in chunks, and its
 * writer waits while too many of them have not left.
 *
 * <p>Everything a peer can make this host keep is bounded: pending handshakes, connections, streams, handlers,
 * negotiation lines, remembered addresses. {@link io.peerwerk.transport.internal.HostOptions} names the limits.
 */
@NullMarked
package io.peerwerk.transport.internal;

import org.jspecify.annotations.NullMarked;
