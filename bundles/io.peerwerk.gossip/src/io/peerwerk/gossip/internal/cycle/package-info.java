// SPDX-License-Identifier: EPL-2.0
/**
 * What the protocols that work in cycles have in common: once a cycle a peer asks one other, which answers or refuses,
 * and both have learnt something.
 *
 * <pre>
 *   runtime                          protocol (pure)                      the other peer's protocol
 *     Tick(random peers)  ─────────▶   Ask, Wake
 *                                          ╰──── message ───────────────▶   Received
 *     Answered or Failed  ◀──────────────────── message ────────────────╯   Answer or Refuse
 * </pre>
 *
 * <p>A protocol takes a {@link io.peerwerk.gossip.internal.cycle.CycleInput} and gives
 * {@link io.peerwerk.gossip.internal.cycle.CycleAction}s; it knows no clock, thread or network, so the same class runs
 * in a node, in a test and in a simulator. Every ask ends in exactly one {@code Answered} or {@code Failed}, every
 * {@code Received} in exactly one {@code Answer} or {@code Refuse} among the actions that it gives at once.
 */
@NullMarked
package io.peerwerk.gossip.internal.cycle;

import org.jspecify.annotations.NullMarked;
