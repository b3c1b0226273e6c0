// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.routing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.jspecify.annotations.Nullable;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.Node;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;
import io.peerwerk.ui.internal.node.NodeSource;

/** Looks for one peer at a time, in a job that a person can cancel. Thread-safe. */
public final class PeerSearch implements Registration {
    /** The family of all searches. */
    public static final Object FAMILY = new Object();

    /** How it stands. */
    public sealed interface State {
    }

    /** Nothing was looked for, or it was cancelled. */
    public record Idle() implements State {
    }

    /** Under way. */
    public record Running(PeerId peer) implements State {
    }

    /** Found at these addresses, which are claims; possibly none. */
    public record Found(PeerId peer, List<Multiaddr> addresses) implements State {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /** Nobody who was asked knows it. */
    public record Unknown(PeerId peer) implements State {
    }

    /** It could not be looked for; the reason is a sentence for the user. */
    public record Failed(String reason) implements State {
    }

    private final NodeSource source;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State state = new Idle();
    private @Nullable FindJob job;

    /** {@code changed} is called on every new state, on any thread, and must return at once. */
    public PeerSearch(NodeSource source, Runnable changed) {
        this.source = source;
        this.changed = changed;
    }

    public State state() {
        return state;
    }

    /** Looks for the peer of this id, or says what is wrong with it; a search under way is cancelled. */
    public void start(String id) {
        lock.lock();
        try {
            stop();
            FindJob next = new FindJob(PeerId.parse(id.strip()));
            job = next;
            state = new Running(next.peer);
            next.schedule();
        } catch (FormatException e) {
            state = new Failed(sentence(e));
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private static String sentence(Exception e) {
        return Figures.sentence(Figures.plain(String.valueOf(e.getMessage())));
    }

    /** Ends a search under way; what was found before stays. */
    public void cancel() {
        lock.lock();
        try {
            stop();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void stop() {
        if (job != null) {
            job.cancel();
            job = null;
            state = new Idle();
        }
    }

    @Override
    public void close() {
        cancel();
    }

    /** A search that was cancelled or followed by another one has nothing more to say. */
    private void end(FindJob by, State outcome) {
        lock.lock();
        try {
            if (job != by) {
                return;
            }
            job = null;
            state = outcome;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private State find(PeerId peer) throws IOException {
        Node node = source.node().orElseThrow(() -> new IOException(Messages.Transfer_noNode));
        if (node.status().id().equals(peer)) {
            throw new IOException(Messages.Routing_searchSelf);
        }
        Optional<FoundPeer> found = node.routing().findPeer(peer);
        return found.<State>map(f -> new Found(f.peer(), f.addresses())).orElseGet(() -> new Unknown(peer));
    }

    private final class FindJob extends Job {
        private final PeerId peer;
        private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

        FindJob(PeerId peer) {
            super(NLS.bind(Messages.Routing_searchTitle, peer.brief()));
            this.peer = peer;
            setUser(true);
        }

        @Override
        public boolean belongsTo(Object family) {
            return family == FAMILY;
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            worker.set(Thread.currentThread());
            try {
                if (!monitor.isCanceled()) {
                    end(this, find(peer));
                }
            } catch (IOException e) {
                // Said where the result would stand; a dialog on top of it would say it twice.
                end(this, new Failed(sentence(e)));
            } catch (RuntimeException e) {
                end(this, new Failed(sentence(e)));
                throw e; // a defect: the job's framework logs it
            } finally {
                worker.set(null);
                Thread.interrupted(); // an interruption that came too late belongs to nobody else
            }
            return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
        }

        /** The call blocks: its thread is interrupted, which ends it within a moment. */
        @Override
        protected void canceling() {
            Thread working = worker.get();
            if (working != null) {
                working.interrupt();
            }
        }
    }
}
