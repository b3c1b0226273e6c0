// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.placement.Rendezvous;
import io.peerwerk.storage.internal.repair.RepairPlan.Decision;
import io.peerwerk.storage.internal.repair.RepairPlan.Sight;
import io.peerwerk.storage.internal.repair.RepairPlan.Verdict;
import io.peerwerk.storage.internal.transfer.Control;
import io.peerwerk.storage.internal.transfer.FileReader;
import io.peerwerk.storage.internal.transfer.ShardFinder;
import io.peerwerk.storage.internal.transfer.TransferContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after every file whose manifest lies here, one at a time, on one virtual thread. */
public final class Auditor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
    /** After a change of the membership others usually follow: they are waited for. */
    private static final Duration SETTLE = Duration.ofMillis(1000);
    private static final Duration MIN_STEP_IN = Duration.ofSeconds(30);
    /** Where a repair failed or left shards missing, it is tried again after this. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final TransferContext context;
    private final InstantSource clock;
    private final Duration auditPeriod;
    private final RepairPlan plan;
    private final Consumer<StorageEvent> events;
    private final BooleanSupplier closing;
    private final AtomicReference<RepairFigures> figures = new AtomicReference<>(RepairFigures.NONE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** When to look at each file next. */
    private final Map<Cid, Instant> due = new HashMap<>();
    /** Who had each manifest when it was last asked. */
    private final Map<Cid, Set<PeerId>> holders = new ConcurrentHashMap<>();
    private boolean membersChanged;
    private volatile boolean closed;
    private final Thread thread;

    /** @param repairDelay how long a file must be weak before it is repaired */
    public Auditor(TransferContext context, InstantSource clock, Duration repairDelay, Duration auditPeriod,
            Consumer<StorageEvent> events) {
        this.context = context;
        this.clock = clock;
        this.auditPeriod = auditPeriod;
        this.events = events;
        closing = () -> closed || context.closing().getAsBoolean();
        Duration stepIn = repairDelay.compareTo(MIN_STEP_IN) < 0 ? MIN_STEP_IN : repairDelay;
        plan = new RepairPlan(repairDelay, stepIn, auditPeriod);
        Instant soon = clock.instant().plus(SETTLE);
        context.store().cids().filter(Manifest::isManifest).forEach(root -> due.put(root, soon));
        thread = Thread.ofVirtual().name("peerwerk-audit").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** These manifests are here since a store was opened; their files are looked at soon. */
    public void found(Collection<Cid> roots) {
        withLock(() -> {
            Instant soon = clock.instant().plus(SETTLE);
            roots.forEach(root -> due.putIfAbsent(root, soon));
            changed.signal();
        });
    }

    /** A manifest came; its file is looked at for the first time after a period. */
    public void added(Cid root) {
        withLock(() -> {
            due.putIfAbsent(root, clock.instant().plus(auditPeriod));
            changed.signal();
        });
    }

    /** Members came or went. */
    public void membersChanged() {
        withLock(() -> {
            membersChanged = true;
            changed.signal();
        });
    }

    /** How many files are looked after. */
    public int files() {
        lock.lock();
        try {
            return due.size();
        } finally {
            lock.unlock();
        }
    }

    /** What was repaired. */
    public RepairFigures figures() {
        return figures.get();
    }

    @Override
    public void close() {
        withLock(() -> {
            closed = true;
            changed.signal();
        });
        thread.interrupt();
    }

    private void withLock(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closing.getAsBoolean()) {
                Optional<Cid> next = next();
                if (next.isPresent()) {
                    lookAfter(next.get());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the audits end");
        } catch (RuntimeException e) {
            LOG.error("the audits end: files are not repaired from here any more", e);
        }
    }

    /** Waits for the next file that is due; empty when something changed meanwhile. */
    private Optional<Cid> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (membersChanged) {
                membersChanged = false;
                rescheduleAll();
            }
            Optional<Map.Entry<Cid, Instant>> first = due.entrySet().stream().min(Map.Entry.comparingByValue());
            if (first.isEmpty()) {
                changed.await();
                return Optional.empty();
            }
            Duration wait = Duration.between(clock.instant(), first.get().getValue());
            if (wait.isPositive()) {
                changed.awaitNanos(wait.toNanos());
                return Optional.empty();
            }
            return first.map(Map.Entry::getKey);
        } finally {
            lock.unlock();
        }
    }

    private void rescheduleAll() {
        Instant now = clock.instant();
        due.replaceAll((root, at) -> {
            Instant sooner = plan.afterChange(rank(root), now, SETTLE);
            return sooner.isBefore(at) ? sooner : at;
        });
    }

    /** This peer's place in the file's order among the reachable peers that have its manifest. */
    private int rank(Cid root) {
        Set<PeerId> having = holders.get(root);
        List<PeerId> peers = context.peers().all();
        if (having != null) {
            peers.removeIf(peer -> !having.contains(peer) && !peer.equals(context.peers().self()));
        }
        return Rendezvous.rank(root, peers).indexOf(context.peers().self());
    }

    private void findHolders(Cid root) throws IOException {
        Set<PeerId> having = new HashSet<>();
        new ShardFinder(context).have(List.of(root)).forEach((peer, has) -> {
            if (has.get(0)) {
                having.add(peer);
            }
        });
        holders.put(root, having);
    }

    private void lookAfter(Cid root) {
        Instant again = clock.instant().plus(auditPeriod);
        Control control = new Control(Progress.NONE, closing);
        try {
            Optional<ByteBuffer> block = context.store().get(root);
            if (block.isEmpty()) {
                forget(root);
                return;
            }
            Manifest manifest = Manifest.parse(block.get().array());
            again = audit(root, manifest, control);
        } catch (FormatException e) {
            LOG.info("block {} says that it is a manifest and is none: {}", root, e.getMessage());
            forget(root);
            return;
        } catch (IOException e) {
            LOG.debug("cannot look after {}: {}", root, e.getMessage());
            again = clock.instant().plus(auditPeriod.compareTo(RETRY) < 0 ? auditPeriod : RETRY);
        } catch (RuntimeException e) {
            LOG.error("a defect of the program keeps {} from being looked after", root, e);
        }
        Instant next = again;
        withLock(() -> due.replace(root, next));
    }

    private void forget(Cid root) {
        plan.forget(root);
        holders.remove(root);
        withLock(() -> due.remove(root));
    }

    private Instant audit(Cid root, Manifest manifest, Control control) throws IOException {
        findHolders(root);
        Health health = Census.take(root, manifest, new FileReader(context, manifest, control));
        Sight sight = new Sight(health.weakest(), health.dataShards(), manifest.shards().threshold(), rank(root));
        Decision decision = plan.judge(root, sight, clock.instant());
        if (decision.verdict() != Verdict.HEALTHY) {
            LOG.debug("{}: its weakest chunk has {} of {} shards: {}", root, health.weakest(), health.totalShards(),
                    decision.verdict());
        }
        if (decision.verdict() != Verdict.REPAIR) {
            return decision.again();
        }
        boolean complete = repair(root, manifest, control);
        return complete ? decision.again() : clock.instant().plus(RETRY);
    }

    private boolean repair(Cid root, Manifest manifest, Control control) throws IOException {
        int chunks = (int) Math.min(Integer.MAX_VALUE, manifest.chunks());
        figures.updateAndGet(RepairFigures::started);
        events.accept(new StorageEvent.RepairStarted(root, chunks));
        FileRepair repair = new FileRepair(context, root, manifest, control);
        try {
            repair.run((done, restored) ->
                    events.accept(new StorageEvent.RepairProgress(root, done, chunks, restored)));
        } finally {
            FileRepair.Outcome end = repair.outcome();
            figures.updateAndGet(f -> f.ended(end.chunks(), end.shards(), clock.instant()));
            events.accept(new StorageEvent.RepairFinished(root, end.chunks(), end.shards(), end.complete()));
            LOG.info("{}: {} shards of {} chunks were placed anew{}", root, end.shards(), end.chunks(),
                    end.complete() ? "" : "; some are still missing");
        }
        return repair.outcome().complete();
    }
}
