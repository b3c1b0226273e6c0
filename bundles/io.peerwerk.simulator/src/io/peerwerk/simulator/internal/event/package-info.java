// SPDX-License-Identifier: EPL-2.0
/**
 * Simulation by events: a virtual clock in milliseconds, messages that take their time or are lost, timers, crashes.
 *
 * <pre>
 *                    ┌──────────────┐  inputs   ┌───────────────────────┐
 *   EventQueue ─────▶│ Host         │──────────▶│ Swim, Cyclon,         │   one for each peer: the classes
 *   (what, when)     │ of a protocol│◀──────────│ NewscastPeer          │   that nodes run
 *        ▲           └──────┬───────┘  actions  └───────────────────────┘
 *        └──────────────────┘ Wake: a timer; Ask, Answer: through {@link io.peerwerk.simulator.internal.event.Links}
 * </pre>
 *
 * <p>Peers that sample run on one thread, in the order of time and, within one millisecond, in the order in which things
 * were asked for. Peers with SWIM are spread over {@link io.peerwerk.simulator.internal.event.Lanes}, each with a queue of
 * its own, that several threads move on side by side for as long as no message can get from one to another. Either way a
 * run depends on nothing but scenario and seed.
 *
 * <p>A request is one {@link io.peerwerk.simulator.internal.event.Asking}, which is the event of its arrival, then that of
 * its answer's; a peer is its own timer; a card is one object for all who have it, and is not signed.
 */
@NullMarked
package io.peerwerk.simulator.internal.event;

import org.jspecify.annotations.NullMarked;
