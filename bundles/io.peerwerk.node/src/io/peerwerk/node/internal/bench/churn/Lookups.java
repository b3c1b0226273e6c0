// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.Routing;

/** Random live peers look for random live keys, at a steady rate. */
final class Lookups {

    /** Lookups under way at a time; more are not begun, a machine that is so far behind measures nothing else. */
    private static final int MAX_OPEN = 200;

    private final Population population;
    private final LiveKeys keys;
    private final Score score;
    private final SplittableRandom random;
    private final Set<Thread> open = ConcurrentHashMap.newKeySet();

    Lookups(Population population, LiveKeys keys, Score score, SplittableRandom random) {
        this.population = population;
        this.keys = keys;
        this.score = score;
        this.random = random;
    }

    /** Begins one, if there is somebody to ask and something to look for. */
    void begin() {
        Optional<Tenant> asker = population.any(random);
        Optional<LiveKeys.Key> key = asker.flatMap(tenant -> keys.any(tenant, random));
        if (key.isPresent() && open.size() < MAX_OPEN) {
            Thread thread = Thread.ofVirtual().name("churn-lookup").unstarted(() -> look(asker.get(), key.get()));
            open.add(thread);
            thread.start();
        }
    }

    private void look(Tenant asker, LiveKeys.Key key) {
        int version = key.version();
        long start = System.nanoTime();
        String problem;
        try {
            Cid content = key.content();
            problem = content == null ? resolve(asker, key, version) : provided(asker, key, content);
        } catch (IOException | RuntimeException e) {
            problem = e.toString();
        }
        long took = System.nanoTime() - start;
        if (problem.isEmpty()) {
            score.found(took);
        } else if (!asker.isAlive() || !key.owner().isAlive()) {
            score.interrupted();
        } else {
            score.missed(describe(asker, key, start) + problem + " after " + millis(took));
        }
        open.remove(Thread.currentThread());
    }

    /** What is wrong with the answer; nothing if it is right. */
    private static String provided(Tenant asker, LiveKeys.Key key, Cid content) throws IOException {
        List<FoundPeer> found = routing(asker).findProviders(content, 1);
        boolean named = found.stream().anyMatch(peer -> peer.peer().equals(key.owner().peer().id()));
        return named ? "" : "no provider";
    }

    private static String resolve(Tenant asker, LiveKeys.Key key, int version) throws IOException {
        Optional<NameRecord> found = routing(asker).resolveName(key.owner().peer().id());
        if (found.isEmpty()) {
            return "no value";
        }
        int got = Integer.parseInt(found.get().value().substring(Announcer.VALUE.length()));
        return got >= version ? "" : "value " + got + " of " + version;
    }

    private static Routing routing(Tenant tenant) {
        return tenant.peer().routing();
    }

    private static String describe(Tenant asker, LiveKeys.Key key, long start) {
        return (key.content() == null ? "name" : "content") + ", asker " + asker.peer().id().brief() + " "
                + millis(start - asker.born()) + " old with " + asker.peer().others()
                + " entries, owner " + key.owner().peer().id().brief() + " " + millis(start - key.owner().born())
                + " old, key " + millis(start - key.since()) + " old: ";
    }

    private static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + " ms";
    }

    /** Waits for those under way. */
    void await() throws InterruptedException {
        for (Thread thread : open) {
            thread.join();
        }
    }
}
