// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.ui.internal.simulation.SimulationRun.Ended;
import io.peerwerk.ui.internal.simulation.SimulationRun.Running;

/**
 * What the Simulation view shows at one moment.
 *
 * @param choice the scenario that is chosen
 * @param state how the run stands
 */
public record SimulationModel(Choice choice, SimulationRun.State state) {
    /**
     * The scenario that is chosen.
     *
     * @param name of one that comes with the simulator, or a file
     * @param scenario what it says, null while it is not read or cannot be
     * @param said what it is about, or what is wrong with it
     * @param number of the choice, which tells the same file read twice apart
     */
    public record Choice(String name, @Nullable Scenario scenario, String said, int number) {
        /** Before the first. */
        static final Choice NONE = new Choice("", null, "", 0); //$NON-NLS-1$ //$NON-NLS-2$
    }

    /** What was seen so far. */
    public List<Observation> rows() {
        return switch (state) {
            case Running running -> running.rows();
            case Ended ended -> ended.outcome().rows();
            default -> List.of();
        };
    }

    /** The scenario that runs or has run, null where none has. */
    public @Nullable Scenario shown() {
        return switch (state) {
            case Running running -> running.scenario();
            case Ended ended -> ended.scenario();
            default -> null;
        };
    }

    /** How far it is, 0 to 1. */
    double share() {
        return switch (state) {
            case Running running -> Math.clamp((double) running.at() / running.scenario().length(), 0, 1);
            case Ended ended -> Math.clamp((double) ended.outcome().rows().getLast().at() / ended.scenario().length(), 0, 1);
            default -> 0;
        };
    }
}
