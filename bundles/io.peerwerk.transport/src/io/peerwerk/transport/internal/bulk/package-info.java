// SPDX-License-Identifier: EPL-2.0
/**
 * Over which of several connections to a peer bulk data goes. QUIC is dialled first, since it is ready sooner, but over
 * some paths TCP moves more bytes a second; over others, such as those that lose packets, it is the other way round.
 * Nobody can tell by the addresses, so it is measured with the data that has to be moved anyway:
 *
 * <pre>
 *   some MiB went over the usual connection ─▶ one TCP connection is dialled beside it
 *                                              │
 *   both are there ─▶ a trial: new streams go over the other one, until a sample of some MiB has gone over it alone
 *                                              │
 *   clearly faster? it is the chosen one ──────┴───── if not, all stays as it is; the next trial comes later and later
 * </pre>
 *
 * <p>Speed is bytes by the time in which streams for bulk data were open: what one who waits for a transfer sees. Bytes
 * that a socket has only buffered do not make a path look fast that way. The classes here are pure: who opens, moves
 * and closes tells them, with the time.
 */
@NullMarked
package io.peerwerk.transport.internal.bulk;

import org.jspecify.annotations.NullMarked;
