// SPDX-License-Identifier: EPL-2.0
/**
 * Runs the protocols of a node for thousands to millions of peers on one machine: a {@link
 * io.peerwerk.simulator.Scenario} says what, a {@link io.peerwerk.simulator.Simulation} runs it and tells what comes of
 * it.
 *
 * <pre>
 *   newscast.sim ──▶ Scenario ──▶ Simulation ──┬── cycles: every peer acts once a cycle, exchanges happen at once;
 *                                              │           several threads; protocols by {@link io.peerwerk.simulator.spi}
 *                                              └── events: a virtual clock, messages that take time or are lost
 *                                   │
 *                                   ▼
 *                        Observation (a row), …, Outcome ──▶ Plot
 * </pre>
 *
 * <p>{@link io.peerwerk.simulator.GroupSimulation} stands beside it: the lives of those who hold a file's shards, to check the
 * formulas of storage.
 *
 * <p>These are the very classes that nodes run: protocols know no clock, thread or network, so they cannot tell. A run
 * depends on its scenario and seed alone: the same again gives the same rows, on any number of threads, on any machine.
 */
@NullMarked
package io.peerwerk.simulator;

import org.jspecify.annotations.NullMarked;
