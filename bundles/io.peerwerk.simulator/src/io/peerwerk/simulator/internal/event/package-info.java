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
 * <p>One thread does it all, in the order of time and, within one millisecond, in the order in which things were asked
 * for; so a run depends on nothing but scenario and seed.
 */
@NullMarked
package io.peerwerk.simulator.internal.event;

import org.jspecify.annotations.NullMarked;
