// SPDX-License-Identifier: EPL-2.0
/**
 * The switch: makes a host out of whatever transports, secure channels and muxers are there.
 *
 * <pre>
 *   SwitchHost ─┬─ Listening ──▶ Transport.listen ──┐
 *               ├─ Dialer ─────▶ Transport.dial ────┤ Link
 *               ├─ Reception, Upgrader ◀────────────┘  admit, negotiate, secure, negotiate, mux
 *               │    └─ ConnectionTable ◀─ SwitchConnection ── SwitchStream ─┬─ StreamInput   ◀─ event loop
 *               ├─ Connector, BulkStreams                                    └─ StreamOutput  ─▶ event loop
 *               ├─ AddressBook, OwnAddresses
 *               └─ ProtocolTable ── PingProtocol, IdentifyProtocol, and what modules add
 * </pre>
 *
 * <p>Two worlds meet in {@code SwitchStream}: the event loop of a link, which must never block, and the virtual threads
 * of handlers and callers, which block as they like. A stream's input is a queue that the event loop fills and a reader
 * empties; emptying it is what lets the peer send more. Its output is handed to the event loop in chunks, and its
 * writer waits while too many of them have not left.
 *
 * <p>Everything a peer can make this host keep is bounded. Who comes in at all is the matter of the
 * {@code gate} package; connections, streams and the memory that they hold are counted by the {@code limits} package: a
 * link from before its handshake, a stream from its first frame, buffers in steps of 64 KiB at most places.
 * {@code Throttle} stands between streams and their users and holds up those who move bytes faster than they may.
 * {@link io.peerwerk.transport.internal.HostOptions} names the settings.
 */
@NullMarked
package io.peerwerk.transport.internal;

import org.jspecify.annotations.NullMarked;
