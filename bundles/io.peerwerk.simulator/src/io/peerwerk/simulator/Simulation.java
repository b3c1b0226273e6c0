// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.simulator.internal.Run;
import io.peerwerk.simulator.internal.cycle.CycleRun;
import io.peerwerk.simulator.internal.cycle.NewscastCycles;
import io.peerwerk.simulator.internal.event.EventRun;

/**
 * Runs a scenario. {@link #run} blocks until it is over; {@link #stop} may be called by any thread. One use only.
 */
public final class Simulation {

    private static final int STEPS = 100;

    private final Scenario scenario;
    private final int threads;
    private final boolean measuresMemory;
    private volatile boolean stopped;
    private long nanos;

    /**
     * @param threads to run on, at least 1; events of other protocols than SWIM run on one
     * @param measuresMemory whether to find out what a peer takes; costs some collections of garbage
     */
    public Simulation(Scenario scenario, int threads, boolean measuresMemory) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        this.scenario = scenario;
        this.threads = threads;
        this.measuresMemory = measuresMemory;
    }

    /** Ends the run soon: after the present cycle, or hundredth of the time. It then tells what there is. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs it to its end.
     *
     * @throws IllegalArgumentException if there are more peers than the protocol can have
     */
    public Outcome run(SimulationListener listener) {
        long before = measuresMemory ? liveBytes() : 0;
        List<Observation> rows = new ArrayList<>();
        try (Run run = begin()) {
            long at = 0;
            if (scenario.observeEvery() > 0) {
                rows.add(observe(run, 0, listener));
            }
            while (at < scenario.length() && !stopped) {
                long next = next(at);
                long start = System.nanoTime();
                run.advance(next);
                nanos += System.nanoTime() - start;
                at = next;
                listener.progress(at);
                if (at < scenario.length() && isObserved(at)) {
                    rows.add(observe(run, at, listener));
                }
            }
            double bytes = measuresMemory && run.up() > 0 ? (double) (liveBytes() - before) / run.up() : 0;
            if (rows.isEmpty() || rows.getLast().at() < at || at == 0) {
                rows.add(observe(run, at, listener));
            }
            return new Outcome(at == scenario.length(), rows, run.turns(), Duration.ofNanos(nanos), Math.max(0, bytes));
        }
    }

    private Run begin() {
        return switch (scenario.mode()) {
            case CYCLES -> new CycleRun(scenario, threads,
                    peers -> new NewscastCycles(peers, scenario.settings().viewSize()));
            case EVENTS -> new EventRun(scenario, threads);
        };
    }

    /** The next time to stop at: a row, the end, or simply to show that it goes on. */
    private long next(long at) {
        long step = scenario.mode() == Scenario.Mode.CYCLES ? 1 : Math.max(1, scenario.length() / STEPS);
        long next = Math.min(scenario.length(), at + step);
        long every = scenario.observeEvery();
        return every == 0 ? next : Math.min(next, (at / every + 1) * every);
    }

    private boolean isObserved(long at) {
        return scenario.observeEvery() > 0 && at % scenario.observeEvery() == 0;
    }

    private static Observation observe(Run run, long at, SimulationListener listener) {
        var row = new Observation(at, run.observe());
        listener.observed(row);
        return row;
    }

    /** Memory in use, without what is garbage. */
    private static long liveBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
