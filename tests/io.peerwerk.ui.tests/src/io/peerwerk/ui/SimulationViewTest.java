// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.WorkbenchException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.ui.internal.network.NetworkView;
import io.peerwerk.ui.internal.simulation.SimulationPane;
import io.peerwerk.ui.internal.simulation.SimulationRun;
import io.peerwerk.ui.internal.simulation.SimulationRun.Ended;
import io.peerwerk.ui.internal.simulation.SimulationRun.Running;
import io.peerwerk.ui.internal.simulation.SimulationView;

/** The Simulation view in a real window, with real simulations. It needs no node. */
class SimulationViewTest extends WindowTest {
    private SimulationView view;

    @BeforeEach
    void open() throws WorkbenchException {
        openWindow();
        view = view(PeerwerkUi.SIMULATION_VIEW, SimulationView.class);
        Loop.until("a scenario is chosen", () -> pane().shown().choice().scenario() != null);
    }

    @AfterEach
    void close() {
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
        page.hideView(view);
        Loop.until("nothing runs", () -> running() == 0);
        view(PeerwerkUi.SIMULATION_VIEW, SimulationView.class);
        view(PeerwerkUi.NETWORK_VIEW, NetworkView.class);
    }

    private SimulationPane pane() {
        return view.pane().orElseThrow();
    }

    private static int running() {
        return Job.getJobManager().find(SimulationRun.FAMILY).length;
    }

    private void choose(String scenario) {
        int before = pane().shown().choice().number();
        view.choose(scenario);
        Loop.until("it is chosen", () -> pane().shown().choice().number() > before && !pane().shown().choice().said().isEmpty());
    }

    private void type(int field, String text) {
        widgets(pane(), Text.class).get(field).setText(text);
    }

    private void press(String label) {
        Button button = widgets(pane(), Button.class).stream().filter(b -> b.getText().equals(label)).findFirst().orElseThrow();
        assertTrue(button.isEnabled(), label);
        button.notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void aScenarioRunsToItsEndAndIsExported(@TempDir Path folder) throws Exception {
        Screenshot.of(window.getShell()).save("simulation-empty");
        choose("failure");
        type(0, "2000");
        press("&Run");
        Loop.until("it is over", () -> pane().shown().state() instanceof Ended && pane().state().contains("ran to its end"));
        Ended ended = (Ended) pane().shown().state();
        assertTrue(ended.outcome().complete());
        assertEquals(2000, ended.scenario().peers());
        assertEquals(16, pane().shown().rows().size());
        Screenshot.of(window.getShell()).save("simulation");
        for (String name : List.of("failure.csv", "failure.svg", "failure.png")) {
            execute(PeerwerkUi.EXPORT_SIMULATION, PeerwerkUi.PATH, folder.resolve(name).toString());
            Loop.until(name + " is written", () -> pane().outcome().endsWith(name));
            assertTrue(Files.size(folder.resolve(name)) > 500, name);
        }
    }

    @Test
    void aRunThatWouldTakeHoursIsStoppedAndWhatThereIsStays() throws Exception {
        choose("cyclon");
        type(0, "300");
        type(1, "1000000");
        press("&Run");
        Loop.until("it has rows", () -> pane().shown().state() instanceof Running && pane().shown().rows().size() > 3);
        Screenshot.of(window.getShell()).save("simulation-running");
        press("S&top");
        Loop.until("it has stopped", () -> pane().shown().state() instanceof Ended);
        assertFalse(((Ended) pane().shown().state()).outcome().complete());
        assertTrue(pane().shown().rows().size() > 3);
    }

    @Test
    void whatCannotBeReadOrRunIsSaidWhereItIsLookedFor(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.sim"), "# mine\nprotocol = newscast\nmode = cycles\npeers = lots\n");
        choose(file.toString());
        assertTrue(pane().said().contains("mine.sim:4:"), pane().said());
        Screenshot.of(window.getShell()).save("simulation-refused");
        choose("failure");
        type(2, "seven");
        press("&Run");
        Loop.until("it is said", () -> pane().said().startsWith("Seed is a whole number"));
        assertEquals(0, running());
    }

    @Test
    void closingTheViewStopsTheRun() {
        choose("failure");
        type(1, "100000000");
        press("&Run");
        Loop.until("it runs", () -> pane().shown().state() instanceof Running running && running.at() > 0);
        page.hideView(view);
        Loop.until("it has stopped", () -> running() == 0);
    }
}
