// SPDX-License-Identifier: EPL-2.0
/**
 * multistream-select 1.0: two ends of a byte pipe agree on what to speak on it.
 *
 * <pre>
 *   line = unsigned-varint length (newline included) | text | '\n'
 *
 *   initiator                        responder
 *   /multistream/1.0.0    ────────▶
 *   /noise                ────────▶
 *                         ◀────────  /multistream/1.0.0
 *                         ◀────────  /noise              agreed; or "na", and the initiator proposes the next
 * </pre>
 *
 * <p>{@link io.peerwerk.transport.internal.multistream.Proposer} and
 * {@link io.peerwerk.transport.internal.multistream.Responder} are state machines: a line in, a step out. They run in a
 * Netty handler while a link is upgraded and on a virtual thread when a stream is opened. The initiator need not wait
 * for answers: the header and its first proposal leave together, and on a stream with one proposal so do the first
 * bytes of the protocol itself.
 *
 * <p>Limits: a line has at most {@value io.peerwerk.transport.internal.multistream.Line#MAX_LENGTH} bytes, known before
 * it is read; a responder hears at most {@value io.peerwerk.transport.internal.multistream.Responder#MAX_PROPOSALS}
 * proposals.
 */
@NullMarked
package io.peerwerk.transport.internal.multistream;

import org.jspecify.annotations.NullMarked;
