// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobChangeListener;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.node.Node;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.TransferCancelledException;
import io.peerwerk.ui.PeerwerkUi;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.node.NodeSource;

/**
 * Runs a transfer that a person asked for: in the background, with progress, and cancelled within a moment when they
 * want. A few run side by side, the others wait their turn.
 */
public final class TransferJob extends Job {
    /** The family of all transfers. */
    public static final Object FAMILY = new Object();

    /** Two: one keeps the processor busy while the other waits for disks and peers. */
    private static final int LANES = 2;
    /** What a job's progress is divided into, since it counts in int and transfers in long. */
    private static final int TICKS = 1000;

    private final Transfer transfer;
    private final NodeSource nodes;
    private final Transfers.Running shown;
    private final Transfers transfers;
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

    /** {@code number}: any; jobs with the same remainder by the number of lanes wait for each other. */
    TransferJob(Transfer transfer, NodeSource nodes, Transfers transfers, int number) {
        super(title(transfer));
        this.transfer = transfer;
        this.nodes = nodes;
        this.shown = transfers.begin(transfer);
        this.transfers = transfers;
        setUser(true);
        setRule(new Lane(Math.floorMod(number, LANES)));
        addJobChangeListener(IJobChangeListener.onDone(done -> shown.end())); // also of one cancelled before it began
    }

    private static String title(Transfer transfer) {
        String name = Figures.plain(transfer.name());
        return switch (transfer) {
            case Transfer.Put put -> NLS.bind(Messages.Transfer_putTitle, name);
            case Transfer.Get get -> NLS.bind(Messages.Transfer_getTitle, name);
        };
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == FAMILY;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(getName(), TICKS);
        worker.set(Thread.currentThread());
        try {
            Node node = nodes.node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
            transfers.succeeded(transfer, transfer.run(node, new MonitoredProgress(monitor)));
            return Status.OK_STATUS;
        } catch (TransferCancelledException e) {
            return Status.CANCEL_STATUS;
        } catch (IOException e) {
            return monitor.isCanceled() ? Status.CANCEL_STATUS : failure(e);
        } finally {
            worker.set(null);
            Thread.interrupted(); // an interruption that came too late belongs to nobody else
            monitor.done();
        }
    }

    /** Whether it is this very transfer, not one that looks the same. */
    boolean moves(Transfer other) {
        return transfer == other;
    }

    private static IStatus failure(IOException e) {
        return new Status(IStatus.ERROR, PeerwerkUi.BUNDLE, Figures.sentence(sentence(e)), e);
    }

    /** What the user reads: the message of our own exceptions is a sentence; the file system's is only a path. */
    static String sentence(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return switch (e) {
            case NoSuchFileException missing -> NLS.bind(Messages.Transfer_noSuchFile, message);
            case FileAlreadyExistsException there -> NLS.bind(Messages.Transfer_alreadyThere, message);
            default -> message;
        };
    }

    @Override
    protected void canceling() {
        Thread working = worker.get();
        if (working != null) {
            working.interrupt();
        }
    }

    private final class MonitoredProgress implements Progress {
        private final IProgressMonitor monitor;
        private int ticks;

        MonitoredProgress(IProgressMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void update(long done, long total, String phase) {
            shown.update(done, total);
            int now = total <= 0 ? 0 : (int) Math.clamp((double) done / total * TICKS, 0, TICKS);
            if (now > ticks) {
                monitor.worked(now - ticks);
                ticks = now;
            }
            monitor.subTask(NLS.bind(Messages.Transfer_progress, Figures.size(done), Figures.size(Math.max(done, total))));
        }

        @Override
        public boolean cancelled() {
            return monitor.isCanceled();
        }
    }

    /** Jobs in the same lane run one after the other. */
    private record Lane(int number) implements ISchedulingRule {
        @Override
        public boolean contains(ISchedulingRule rule) {
            return equals(rule);
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return equals(rule);
        }
    }
}
