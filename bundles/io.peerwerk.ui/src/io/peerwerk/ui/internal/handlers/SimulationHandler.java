// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.handlers;

import java.nio.file.Path;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;

import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.simulation.SimulationView;

/** Opens the Simulation view and does something there. */
abstract class SimulationHandler extends NodeHandler {
    private SimulationHandler() {
    }

    private static SimulationView simulation(ExecutionEvent event) throws ExecutionException {
        return open(event, PeerwerkUi.SIMULATION_VIEW, SimulationView.class);
    }

    /** Runs the scenario that is named, or what is chosen in the view. */
    public static final class Run extends SimulationHandler {
        @Override
        protected void run(ExecutionEvent event) throws ExecutionException {
            simulation(event).run(event.getParameter(PeerwerkUi.SCENARIO));
        }
    }

    /** Stops the run under way. */
    public static final class Stop extends SimulationHandler {
        @Override
        protected void run(ExecutionEvent event) throws ExecutionException {
            simulation(event).stop();
        }
    }

    /** Writes what there is to the file that is named, or to one that a dialog asks for. */
    public static final class Export extends SimulationHandler {
        @Override
        protected void run(ExecutionEvent event) throws ExecutionException {
            String path = event.getParameter(PeerwerkUi.PATH);
            simulation(event).export(path == null ? null : Path.of(path));
        }
    }
}
