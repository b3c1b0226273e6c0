// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.sim;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.simulator.Outcome;
import io.peerwerk.simulator.Plot;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenarios;
import io.peerwerk.simulator.Simulation;

/** Runs a simulation and tells of it. Ctrl-C ends it, and what there is by then is told. */
public final class SimulationProgram {

    private static final long LAST_WORDS_SECONDS = 20;

    private static final int ROWS_OF_A_PLOT = 50;

    private final Output output;

    public SimulationProgram(Output output) {
        this.output = output;
    }

    /** Tells the scenarios that come with the simulator, each with the first line of its text. */
    public void list() {
        for (String name : Scenarios.names()) {
            String about = Scenarios.text(name).lines().findFirst().orElse("").replaceFirst("^# *", "");
            output.line(name, about);
            output.json(JsonLine.object().with("scenario", name).with("about", about));
        }
    }

    /** @throws IOException in one line for people, if it cannot be run */
    public void run(SimulationWish wish) throws IOException {
        Scenario scenario = scenario(wish);
        if (wish.plot().isPresent() && !Plot.canWrite(wish.plot().get())) {
            throw new IOException("a plot is a file that ends with .svg or .png, not " + wish.plot().get());
        }
        var simulation = new Simulation(scenario, wish.threads(), true);
        var report = new SimulationReport(scenario, output);
        report.begin(wish.threads());
        var told = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(simulation, told), "end of the simulation");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Outcome outcome = simulation.run(report);
            report.end(outcome);
            if (wish.plot().isPresent()) {
                new Plot(scenario, outcome.rows()).write(wish.plot().get());
                output.say("drawn in " + wish.plot().get());
                output.json(JsonLine.event("plot").with("file", wish.plot().get().toString()));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IOException("too many peers for this machine's memory; PEERWERK_JAVA_OPTS=-Xmx14g gives more", e);
        } finally {
            told.countDown();
            release(hook);
        }
    }

    private static Scenario scenario(SimulationWish wish) throws IOException {
        Scenario scenario = Scenarios.load(wish.scenario());
        try {
            if (wish.peers().isPresent()) {
                scenario = scenario.withPeers(wish.peers().getAsInt());
            }
            if (wish.cycles().isPresent()) {
                long cycles = wish.cycles().getAsInt();
                scenario = scenario.withLength(scenario.mode() == Scenario.Mode.CYCLES ? cycles
                        : cycles * scenario.settings().periodMillis());
            }
            if (wish.plot().isPresent() && scenario.observeEvery() == 0) {
                scenario = scenario.withObserveEvery(Math.max(1, scenario.length() / ROWS_OF_A_PLOT));
            }
            return wish.seed().isPresent() ? scenario.withSeed(wish.seed().getAsLong()) : scenario;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void stop(Simulation simulation, CountDownLatch told) {
        simulation.stop();
        try {
            if (!told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("peerwerk sim: the simulation did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook finds that all is told
        }
    }
}
