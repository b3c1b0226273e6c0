// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

/** Hears of a simulation while it runs, on the thread that runs it. */
public interface SimulationListener {

    /** Hears nothing. */
    SimulationListener NONE = new SimulationListener() {
    };

    /** A cycle is over, or a hundredth of the time. */
    default void progress(long at) {
    }

    default void observed(Observation row) {
    }
}
