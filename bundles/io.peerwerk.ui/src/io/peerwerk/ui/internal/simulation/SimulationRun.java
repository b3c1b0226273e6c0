// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobChangeListener;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.simulator.Observation;
import io.peerwerk.simulator.Outcome;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Simulation;
import io.peerwerk.simulator.SimulationListener;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;

/** Runs one simulation at a time, in a job with progress that a person can cancel. Thread-safe. */
public final class SimulationRun implements Registration {
    /** The family of all simulations. */
    public static final Object FAMILY = new Object();

    /** What a job's progress is divided into, since it counts in int and scenarios in long. */
    private static final int TICKS = 1000;

    /** How it stands. */
    public sealed interface State {
    }

    /** Nothing was run yet. */
    public record Idle() implements State {
    }

    /**
     * Under way.
     *
     * @param at how far, in cycles or milliseconds; below zero while it only begins
     * @param stopping whether it was told to stop and has not done so yet
     */
    public record Running(Scenario scenario, List<Observation> rows, long at, boolean stopping) implements State {
        public Running {
            rows = List.copyOf(rows);
        }
    }

    /** Over, at its end or where it was stopped. */
    public record Ended(Scenario scenario, Outcome outcome) implements State {
    }

    /** It could not be run; the reason is a sentence for the user. */
    public record Failed(String reason) implements State {
    }

    private final int threads;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    /** Under the lock: the state, where nothing is under way; else the job that has it. */
    private State rest = new Idle();
    private @Nullable RunJob job;
    private boolean closed;

    /**
     * @param threads to run on
     * @param changed is called on every new state, on any thread, often, and must return at once
     */
    public SimulationRun(int threads, Runnable changed) {
        this.threads = threads;
        this.changed = changed;
    }

    public State state() {
        lock.lock();
        try {
            return job == null ? rest : new Running(job.scenario, job.rows, job.at, job.stopping);
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** Runs this scenario; nothing happens while one is under way. */
    public void start(Scenario scenario) {
        update(() -> {
            if (job == null && !closed) {
                job = new RunJob(scenario);
                job.schedule();
            }
        });
    }

    /** Ends the run soon: after the present cycle, or hundredth of the time. What there is by then stays. */
    public void stop() {
        update(() -> {
            if (job != null) {
                job.cancel();
            }
        });
    }

    @Override
    public void close() {
        update(() -> closed = true);
        stop();
    }

    private void end(RunJob by, State outcome) {
        update(() -> {
            if (job == by) {
                job = null;
                rest = outcome;
            }
        });
    }

    /** Its view shows how far it is, so that no dialog comes over the charts: it is no job of the user's. */
    private final class RunJob extends Job implements SimulationListener {
        private final Scenario scenario;
        private final Simulation simulation;
        /** Under the lock. */
        private final List<Observation> rows = new ArrayList<>();
        private long at = -1;
        private boolean stopping;
        private @Nullable IProgressMonitor monitor;
        private int ticks;

        RunJob(Scenario scenario) {
            super(NLS.bind(Messages.Simulation_job, Figures.plain(scenario.name())));
            this.scenario = scenario;
            this.simulation = new Simulation(scenario, threads, false);
            addJobChangeListener(IJobChangeListener.onDone(done -> end(this, new Idle()))); // cancelled before it began
        }

        @Override
        public boolean belongsTo(Object family) {
            return family == FAMILY;
        }

        @Override
        protected IStatus run(IProgressMonitor told) {
            monitor = told;
            told.beginTask(getName(), TICKS);
            try {
                end(this, new Ended(scenario, simulation.run(this)));
            } catch (IllegalArgumentException e) {
                // Said where the result would stand; a dialog on top of it would say it twice.
                end(this, new Failed(Figures.sentence(Figures.plain(String.valueOf(e.getMessage())))));
            } catch (OutOfMemoryError e) {
                end(this, new Failed(Messages.Simulation_memory));
            } catch (RuntimeException e) {
                end(this, new Failed(Figures.sentence(Figures.plain(String.valueOf(e.getMessage())))));
                throw e; // a defect: the job's framework logs it
            } finally {
                told.done();
            }
            return told.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
        }

        @Override
        protected void canceling() {
            simulation.stop();
            update(() -> stopping = true);
        }

        @Override
        public void progress(long now) {
            update(() -> at = now);
            int reached = (int) ((double) now / scenario.length() * TICKS);
            if (monitor != null && reached > ticks) {
                monitor.worked(reached - ticks);
                ticks = reached;
            }
        }

        @Override
        public void observed(Observation row) {
            update(() -> rows.add(row));
        }
    }
}
