// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the network in the background which roots are pinned here, one after the other; where nobody could be told, as
 * in the first moments of a node, again a little later. What was told is told again from time to time by the {@link
 * Providers} themselves. Thread-safe; nothing here blocks its caller.
 */
final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final Pins pins;
    private final ScheduledThreadPoolExecutor thread;
    private volatile @Nullable Providers providers;

    Announcer(Pins pins) {
        this.pins = pins;
        thread = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().name("peerwerk-announcer").daemon().factory());
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    Optional<Providers> providers() {
        return Optional.ofNullable(providers);
    }

    /** There is somebody to tell. */
    synchronized void come(Providers now) {
        providers = now;
        announceAll();
    }

    /** Nobody is left to tell, unless another has come already. */
    synchronized void go(Providers gone) {
        if (providers == gone) {
            providers = null;
        }
    }

    /** Tells of all that is pinned. */
    void announceAll() {
        pins.roots().forEach(this::announce);
    }

    /** Tells that this root is here. */
    void announce(Cid root) {
        Providers now = providers;
        if (now != null) {
            schedule(root, now, Duration.ZERO);
        }
    }

    private void schedule(Cid root, Providers to, Duration pause) {
        thread.schedule(() -> tell(root, to, pause), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell(Cid root, Providers to, Duration pause) {
        if (providers != to || !pins.contains(root)) {
            return;
        }
        try {
            to.provide(root);
        } catch (IOException e) {
            LOG.debug("nobody could be told of {}: {}", root, e.toString());
            retry(root, to, pause);
        } catch (RuntimeException e) { // the edge of the thread
            LOG.error("{} could not be announced", root, e);
            retry(root, to, pause);
        }
        withdraw(root, to);
    }

    private void retry(Cid root, Providers to, Duration pause) {
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        schedule(root, to, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
    }

    /** Tells no more that this root is here. */
    void withdraw(Cid root) {
        Providers now = providers;
        if (now != null) {
            withdraw(root, now);
        }
    }

    /** Others know of the hash alone: it is told as long as one root of this hash stays. */
    private void withdraw(Cid root, Providers from) {
        if (!pins.contains(root.hash())) {
            from.unprovide(root);
        }
    }

    /** Nothing is here any more for others. */
    @Override
    public void close() {
        thread.shutdownNow();
        Providers last = providers;
        if (last != null) {
            pins.roots().forEach(last::unprovide);
        }
        providers = null;
    }
}
