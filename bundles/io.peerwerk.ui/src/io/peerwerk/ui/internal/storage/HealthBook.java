// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.model.UiThread;

/**
 * Remembers how well each stored item is and asks the peers anew when that may have changed: one item after the other,
 * the newest first, and with a pause between two rounds, so that a busy network is not asked more than it can answer.
 * Thread-safe.
 */
public final class HealthBook {
    /** Asks the peers; blocks. */
    @FunctionalInterface
    public interface Examiner {
        Health examine(StorageLink link) throws IOException;
    }

    /** Long enough for a handful of peers to die or come together, short enough to be noticed as prompt. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(HealthBook.class);

    private final Examiner examiner;
    private final Runnable changed;
    private final Executor background;
    private final UiThread clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Cid, HealthReport> reports = new HashMap<>();
    private final Set<StorageLink> due = new LinkedHashSet<>();
    private List<StorageLink> all = List.of();
    private boolean busy;
    private boolean staleAgain;
    private volatile boolean closed;

    /**
     * @param changed called whenever a report is new, on any thread
     * @param clock only its sense of time is used
     */
    public HealthBook(Examiner examiner, Runnable changed, Executor background, UiThread clock) {
        this.examiner = examiner;
        this.changed = changed;
        this.background = background;
        this.clock = clock;
    }

    /** What is known of an item now. */
    public HealthReport report(StoredItem item) {
        lock.lock();
        try {
            return reports.getOrDefault(item.link().root(), new HealthReport.Pending());
        } finally {
            lock.unlock();
        }
    }

    /** Sets the items to know about; those that are new are examined, those that are gone forgotten. */
    public void follow(Collection<StoredItem> items) {
        lock.lock();
        try {
            all = items.stream().map(StoredItem::link).toList();
            Set<Cid> roots = all.stream().map(StorageLink::root).collect(Collectors.toSet());
            reports.keySet().retainAll(roots);
            due.removeIf(link -> !roots.contains(link.root()));
            all.stream().filter(link -> !reports.containsKey(link.root())).forEach(due::add);
        } finally {
            lock.unlock();
        }
        go();
    }

    /** Everything may have changed: examines all items again. */
    public void stale() {
        lock.lock();
        try {
            if (busy) {
                staleAgain = true;
                return;
            }
            due.addAll(all);
        } finally {
            lock.unlock();
        }
        go();
    }

    public void close() {
        closed = true;
    }

    private void go() {
        lock.lock();
        try {
            if (busy || closed || due.isEmpty()) {
                return;
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        background.execute(this::round);
    }

    private void round() {
        Set<StorageLink> done = new HashSet<>();
        for (StorageLink next = take(done); next != null && !closed; next = take(done)) {
            HealthReport report = examine(next);
            lock.lock();
            try {
                reports.put(next.root(), report);
            } finally {
                lock.unlock();
            }
            changed.run();
        }
        clock.after(PAUSE, this::roundOver);
    }

    /** The next one that this round has not had. */
    private @Nullable StorageLink take(Set<StorageLink> done) {
        lock.lock();
        try {
            StorageLink next = due.stream().filter(link -> !done.contains(link)).findFirst().orElse(null);
            if (next != null) {
                due.remove(next);
                done.add(next);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void roundOver() {
        lock.lock();
        try {
            busy = false;
            if (staleAgain) {
                staleAgain = false;
                due.addAll(all);
            }
        } finally {
            lock.unlock();
        }
        go();
    }

    private HealthReport examine(StorageLink link) {
        try {
            return new HealthReport.Known(examiner.examine(link));
        } catch (IOException e) {
            return new HealthReport.Failed(TransferJob.sentence(e));
        } catch (RuntimeException e) {
            LOG.error("the health of {} could not be examined", link.redacted(), e);
            return new HealthReport.Failed(e.toString());
        }
    }
}
