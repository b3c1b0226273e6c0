// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.runtime.jobs.Job;
import org.osgi.service.component.annotations.Component;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.node.NodeSource;

/** The transfers under way in this workbench, whoever began them. Thread-safe. */
@Component(service = Transfers.class)
public final class Transfers {
    /**
     * How far a transfer is.
     *
     * @param total bytes to do, 0 while that is not known
     * @param waiting whether it has not begun yet
     */
    public record State(long done, long total, boolean waiting) {
    }

    /** Hears of transfers; on any thread, often, and must return at once. */
    @FunctionalInterface
    public interface Listener {
        /** Something began, moved on or ended. */
        void changed();

        /** A transfer ended well. */
        default void succeeded(Transfer transfer, Transfer.Outcome outcome) {
        }
    }

    /** One transfer under way. */
    public final class Running {
        private final Transfer transfer;
        private volatile State state = new State(0, 0, true);

        private Running(Transfer transfer) {
            this.transfer = transfer;
        }

        public Transfer transfer() {
            return transfer;
        }

        public State state() {
            return state;
        }

        void update(long done, long total) {
            state = new State(done, total, false);
            tell();
        }

        void end() {
            running.remove(this);
            tell();
        }
    }

    private final List<Running> running = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();

    /** Runs a transfer that a person asked for, on the node of the moment when its turn comes. */
    public Job start(Transfer transfer, NodeSource nodes) {
        Job job = new TransferJob(transfer, nodes, this, number.getAndIncrement());
        job.schedule();
        return job;
    }

    /** Stops a transfer that this workbench has under way; one that has ended stays so. */
    public void cancel(Transfer transfer) {
        for (Job job : Job.getJobManager().find(TransferJob.FAMILY)) {
            if (job instanceof TransferJob running && running.moves(transfer)) {
                running.cancel();
            }
        }
    }

    /** Puts a transfer on the list until its end. */
    Running begin(Transfer transfer) {
        Running begun = new Running(transfer);
        running.add(begun);
        tell();
        return begun;
    }

    void succeeded(Transfer transfer, Transfer.Outcome outcome) {
        listeners.forEach(listener -> listener.succeeded(transfer, outcome));
    }

    /** Those under way, the first begun first. */
    public List<Running> running() {
        return List.copyOf(running);
    }

    public Registration listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell() {
        listeners.forEach(Listener::changed);
    }
}
