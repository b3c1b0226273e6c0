// SPDX-License-Identifier: EPL-2.0
/**
 * The Simulation view: runs scenarios of the simulator, draws what comes of them while they run, and writes it to files. It
 * needs no node. The bundle {@code io.peerwerk.simulator} may be absent: of the classes that are used from outside,
 * {@link io.peerwerk.ui.internal.simulation.SimulationView} names no type of it.
 */
@NullMarked
package io.peerwerk.ui.internal.simulation;

import org.jspecify.annotations.NullMarked;
