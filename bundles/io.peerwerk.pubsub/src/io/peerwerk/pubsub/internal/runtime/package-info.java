// SPDX-License-Identifier: EPL-2.0
/**
 * The router on a host. One thread runs the state machine; around it each neighbour has a stream of ours, on which a
 * writer sends what waits in a bounded queue, and one of its own, on which a reader hands in what comes:
 *
 * <pre>
 *   stream in ──▶ reader: frame, record ──▶ ┌──────────────┐ ──▶ queue ──▶ writer ──▶ stream out
 *                 (waits until it is done)  │ state machine│
 *   connections come and go ───────────────▶│ one thread   │ ──▶ queue of a subscription ──▶ the application
 *                                           └──────────────┘ ──▶ validators, beside each other
 * </pre>
 *
 * <p>A reader hands in one record and waits, so a peer that sends much waits for itself. A writer that cannot get rid of
 * its records loses gossip first, then messages; a peer that does not even take control loses the stream.
 */
@NullMarked
package io.peerwerk.pubsub.internal.runtime;

import org.jspecify.annotations.NullMarked;
