// SPDX-License-Identifier: EPL-2.0
/**
 * The protocols in a running node.
 *
 * <pre>
 *                       ┌──────────────── loop: one thread ────────────────┐
 *   Host ── requests ──▶│ Doorkeeper ─▶ SwimDriver ─▶ Swim   (pure)        │─▶ Directory ──▶ Membership, listeners
 *        ◀─ answers ────│             ├▶ CycleDriver ─▶ PeerSampler (pure) │─▶ SampledPeers ▶ PeerSampling
 *        ◀─ asks ───────│             ├▶ CycleDriver ─▶ Aggregation (pure) │─▶ Estimates ──▶ Aggregates
 *                       │             └▶ CycleDriver ─▶ Ranking (pure)     │─▶ Ranks ──────▶ Slices
 *                       │ Postcards: datagrams, where there are any        │
 *                       │ Exchanges: a virtual thread each, bounded        │
 *                       │ Bootstrap: dials while this peer is alone        │
 *                       └───────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>The state machines are touched by the {@link io.peerwerk.gossip.internal.runtime.Loop}'s thread alone, which never
 * blocks: whatever waits (dialling, asking, telling listeners) does so on virtual threads and comes back to the loop.
 * What others read is published in concurrent structures, so that no caller waits for the loop. Aggregation and slicing
 * find their partners in the view of the peer sampling.
 */
@NullMarked
package io.peerwerk.gossip.internal.runtime;

import org.jspecify.annotations.NullMarked;
