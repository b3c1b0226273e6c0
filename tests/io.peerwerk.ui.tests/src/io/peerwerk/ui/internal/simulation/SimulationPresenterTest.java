// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.eclipse.core.runtime.jobs.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Quantity;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.ui.internal.fakes.VirtualUi;
import io.peerwerk.ui.internal.model.Curve;
import io.peerwerk.ui.internal.simulation.SimulationRun.Ended;
import io.peerwerk.ui.internal.simulation.SimulationRun.Idle;
import io.peerwerk.ui.internal.simulation.SimulationRun.Running;

class SimulationPresenterTest implements SimulationPresenter.View {
    private static final Duration MOMENT = Duration.ofMillis(200);
    /** For a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** It would run for hours. */
    private static final Wish ENDLESS = new Wish("200", "20000000", "7");

    private final VirtualUi ui = new VirtualUi();
    private final SimulationPresenter presenter = new SimulationPresenter(this, 1, ui.background(), ui);
    private final List<SimulationModel> shown = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @Override
    public void show(SimulationModel model) {
        shown.add(model);
    }

    @Override
    public void say(String sentence) {
        said.add(sentence);
    }

    @Override
    public void refuse(String reason) {
        said.add("refused: " + reason);
    }

    private SimulationModel now() {
        ui.advance(MOMENT);
        return shown.getLast();
    }

    private void choose(String nameOrFile) {
        presenter.choose(nameOrFile, false);
        now();
    }

    private static void join() throws InterruptedException {
        Job.getJobManager().join(SimulationRun.FAMILY, null);
    }

    private Ended ran(Wish wish) throws InterruptedException {
        presenter.run(wish);
        join();
        return assertInstanceOf(Ended.class, now().state());
    }

    @Test
    void aScenarioIsReadWithWhatItIsAboutAndItsNumbers() {
        choose("failure");
        SimulationModel.Choice choice = now().choice();
        assertTrue(choice.said().startsWith("Seven of ten peers crash"), choice.said());
        assertEquals("10000", Wish.of(choice.scenario()).peers());
        assertEquals("60", Wish.of(choice.scenario()).length());
        choose("swim");
        assertEquals("180", Wish.of(now().choice().scenario()).length());
        assertInstanceOf(Idle.class, now().state());
    }

    @Test
    void aFileThatIsNoScenarioIsSaidWithItsLineAndNothingRuns(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.sim"), "# mine\nprotocol = newscast\npeers = many\n");
        choose(file.toString());
        assertNull(now().choice().scenario());
        assertTrue(now().choice().said().contains("mine.sim:3:"), now().choice().said());
        presenter.run(Wish.NONE);
        assertInstanceOf(Idle.class, now().state());
        choose(folder.resolve("none.sim").toString());
        assertTrue(now().choice().said().contains("no scenario and no file"), now().choice().said());
        choose("a\0b");
        assertNull(now().choice().scenario());
        assertFalse(now().choice().said().isEmpty());
        Files.writeString(file, "# mine\nprotocol = newscast\nmode = cycles\npeers = 50\ncycles = 3\n");
        choose(file.toString());
        assertEquals("mine", now().choice().said());
        assertNotNull(now().choice().scenario());
    }

    @Test
    void whatIsNoNumberOrOutOfRangeIsSaid() {
        choose("failure");
        for (Wish wish : List.of(new Wish("1", "", ""), new Wish("16777217", "", ""), new Wish("many", "", ""), new Wish("", "0", ""),
                new Wish("", "1.5", ""), new Wish("", "", "x"))) {
            said.clear();
            presenter.run(wish);
            assertEquals(1, said.size(), wish.toString());
            assertTrue(said.getFirst().startsWith("refused: ") && said.getFirst().contains("whole number"), said.toString());
        }
        said.clear();
        presenter.run(new Wish("1", "", ""));
        assertEquals("refused: Peers is a whole number from 2 to 16,777,216, not \u201c1\u201d", said.getFirst());
        assertInstanceOf(Idle.class, now().state());
    }

    @Test
    void aRunGoesToItsEndWithARowForEachTimeAndItsCurves() throws InterruptedException {
        choose("failure");
        Ended ended = ran(new Wish("200", "12", "5"));
        assertTrue(ended.outcome().complete());
        assertEquals(5, ended.scenario().seed());
        assertEquals(List.of(0L, 4L, 8L, 12L), now().rows().stream().map(Observation::at).toList());
        List<Curve> curves = SimulationText.curves(ended.scenario(), now().rows());
        Curve up = curves.getFirst();
        assertEquals("200", up.heading().value());
        assertEquals(12, up.to());
        assertTrue(SimulationText.state(ended).contains("ran to its end"), SimulationText.state(ended));
        assertEquals("4: 200", up.told(up.near(4.4).orElseThrow()));
        assertEquals(now().rows(), ran(new Wish("200", "12", "5")).outcome().rows(), "the same seed, the same rows");
    }

    @Test
    void aScenarioThatTellsOnlyItsEndGetsRowsToDraw() throws InterruptedException {
        choose("newscast");
        assertEquals(0, now().choice().scenario().observeEvery());
        assertEquals(6, ran(new Wish("100", "5", "")).outcome().rows().size());
    }

    @Test
    void progressIsShownWhileItRunsAndStoppingKeepsWhatThereIs() throws InterruptedException {
        choose("failure");
        presenter.run(ENDLESS);
        Awaitility.await().atMost(PATIENCE).until(() -> now().state() instanceof Running running && running.rows().size() > 2);
        presenter.run(ENDLESS); // nothing happens while one runs
        assertEquals(1, Job.getJobManager().find(SimulationRun.FAMILY).length);
        presenter.stop();
        join();
        Ended ended = assertInstanceOf(Ended.class, now().state());
        assertFalse(ended.outcome().complete());
        assertTrue(now().rows().size() > 2 && SimulationText.state(ended).contains("stopped at"), SimulationText.state(ended));
        assertTrue(ran(new Wish("50", "4", "")).outcome().complete(), "and another one can be run");
    }

    @Test
    void theUserInterfaceIsNotKeptBusyByARun() throws InterruptedException {
        choose("failure");
        presenter.run(ENDLESS);
        int before = shown.size();
        Awaitility.await().atMost(PATIENCE).until(() -> now().state() instanceof Running running && running.at() > 100);
        long looks = ui.now().dividedBy(Duration.ofMillis(100));
        assertTrue(shown.size() - before <= looks + 1, () -> shown.size() + " times");
        presenter.stop();
        join();
    }

    @Test
    void closingEndsTheRunAndShowsNothingMore() throws InterruptedException {
        choose("failure");
        presenter.run(ENDLESS);
        Awaitility.await().atMost(PATIENCE).until(() -> now().state() instanceof Running running && running.at() > 0);
        presenter.close();
        join();
        int before = shown.size();
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
        presenter.run(new Wish("50", "4", ""));
        assertEquals(0, Job.getJobManager().find(SimulationRun.FAMILY).length);
    }

    @Test
    void peersThatWouldTakeTheWholeWorkbenchAreRefused() {
        choose("swim");
        presenter.run(new Wish("1001", "1", ""));
        assertTrue(said.getLast().contains("from 2 to 1,000"), said.getLast());
        choose("cyclon");
        presenter.run(new Wish("20001", "1", ""));
        assertTrue(said.getLast().contains("from 2 to 20,000"), said.getLast());
        choose("swim-million");
        assertEquals("20000", Wish.of(now().choice().scenario()).peers());
        presenter.run(new Wish("1000000", "1", ""));
        assertTrue(said.getLast().contains("from 2 to 20,000"), said.getLast());
        assertInstanceOf(Idle.class, now().state());
    }

    @Test
    void whatThereIsIsWrittenAsATableADrawingAndAPicture(@TempDir Path folder) throws InterruptedException, IOException {
        choose("failure");
        presenter.export(folder.resolve("early.csv"));
        now();
        assertEquals("refused: There is nothing to export yet", said.getLast());
        Scenario scenario = ran(new Wish("100", "8", "")).scenario();
        for (String name : List.of("run.csv", "run.svg", "run.png")) {
            presenter.export(folder.resolve(name));
            now();
            assertEquals("Written to " + folder.resolve(name), said.getLast());
        }
        List<String> lines = Files.readAllLines(folder.resolve("run.csv"));
        assertEquals(1 + now().rows().size(), lines.size());
        assertEquals(Quantity.of(scenario).size(), lines.getFirst().chars().filter(c -> c == ',').count());
        assertTrue(lines.getFirst().startsWith("cycle,up,") && lines.get(2).startsWith("4,100.0,"), lines.toString());
        assertTrue(Files.readString(folder.resolve("run.svg")).contains("<svg"));
        assertEquals((byte) 'P', Files.readAllBytes(folder.resolve("run.png"))[1]);
        presenter.export(folder.resolve("run.pdf"));
        now();
        assertEquals("refused: The name must end with .png, .svg or .csv, not \u201crun.pdf\u201d", said.getLast());
        presenter.export(folder.resolve("nowhere").resolve("run.csv"));
        now();
        assertTrue(said.getLast().startsWith("refused: "), said.getLast());
    }
}
