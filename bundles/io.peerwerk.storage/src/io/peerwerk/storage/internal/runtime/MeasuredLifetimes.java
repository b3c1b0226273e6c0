// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.Member;
import io.peerwerk.storage.internal.durability.Lifetimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long the peers of this network stay, kept on disk. Thread-safe. */
final class MeasuredLifetimes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredLifetimes.class);
    /** A crash loses no more than this. */
    private static final Duration SAVE_EVERY = Duration.ofHours(1);

    private final DurableFile file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Lifetimes lifetimes;
    private final Set<PeerId> toldEarly = new HashSet<>();
    private boolean begun;
    private final Thread saver = Thread.ofVirtual().name("peerwerk-lifetimes").unstarted(this::saveAgainAndAgain);

    /** Reads what was measured before; where that cannot be read, begins anew. */
    MeasuredLifetimes(Path path, InstantSource clock) throws IOException {
        file = new DurableFile(path);
        this.clock = clock;
        lifetimes = read();
    }

    private Lifetimes read() throws IOException {
        byte[] bytes = file.read().orElse(new byte[0]);
        try {
            if (bytes.length <= Lifetimes.MAX_BYTES) {
                return Lifetimes.parse(bytes, clock.instant());
            }
            LOG.warn("the lifetimes of peers that were measured are damaged: they are measured anew");
        } catch (FormatException e) {
            LOG.warn("the lifetimes of peers that were measured are damaged ({}): they are measured anew",
                    e.getMessage());
        }
        return new Lifetimes(clock.instant());
    }

    /**
     * Begins with who is there already, once changes are told.
     *
     * @param reachable as it was at some moment since; whose change was told is not in need of it
     */
    void begin(Collection<Member> reachable) {
        lock.lock();
        try {
            reachable.stream().map(Member::id).filter(peer -> !toldEarly.contains(peer))
                    .forEach(peer -> lifetimes.present(peer, clock.instant()));
            toldEarly.clear();
            begun = true;
        } finally {
            lock.unlock();
        }
        saver.start();
    }

    /** Something about a member changed. */
    void changed(Member now) {
        lock.lock();
        try {
            if (!begun) {
                toldEarly.add(now.id());
            }
            if (now.state().isReachable()) {
                lifetimes.present(now.id(), clock.instant());
            } else {
                lifetimes.absent(now.id(), clock.instant());
            }
        } finally {
            lock.unlock();
        }
    }

    Duration mean() {
        lock.lock();
        try {
            return lifetimes.mean(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void saveAgainAndAgain() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(SAVE_EVERY);
                save();
            }
        } catch (InterruptedException e) {
            LOG.debug("lifetimes are not saved any more");
        }
    }

    private void save() {
        try {
            file.write(bytes());
        } catch (IOException e) {
            LOG.warn("the lifetimes of peers cannot be written: {}", e.getMessage());
        }
    }

    private byte[] bytes() {
        lock.lock();
        try {
            return lifetimes.toBytes(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Saves for the last time. */
    @Override
    public void close() {
        saver.interrupt();
        try {
            saver.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
    }
}
