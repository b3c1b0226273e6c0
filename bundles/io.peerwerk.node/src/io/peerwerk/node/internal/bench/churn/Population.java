// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.node.internal.process.LocalCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** So many peers at a time: each seat has one after the other. Thread-safe. */
final class Population implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Population.class);

    /** Peers of which a new one knows. */
    private static final int BOOTSTRAP = 3;

    /** The longest that one of the first peers may take to find the others. */
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final ChurnPlan plan;
    private final ChurnPeer.Source source;
    private final LiveKeys keys;
    private final Score score;
    private final List<Tenant> living = new CopyOnWriteArrayList<>();
    /** The first peers until each has its seat, so that nothing holds them when they are dead. */
    private final ConcurrentLinkedQueue<Tenant> first = new ConcurrentLinkedQueue<>();
    private final List<Thread> seats = new ArrayList<>();
    private final AtomicInteger deaths = new AtomicInteger();
    private final AtomicInteger abrupt = new AtomicInteger();
    private final ConcurrentLinkedQueue<Exception> problems = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    Population(ChurnPlan plan, ChurnPeer.Source source, LiveKeys keys, Score score) {
        this.plan = plan;
        this.source = source;
        this.keys = keys;
        this.score = score;
    }

    /** Starts the first peers, each when the one before has found the others; then they begin to die. */
    void start() throws IOException, InterruptedException {
        var seeds = new SplittableRandom(plan.seed());
        for (int i = 0; i < plan.nodes(); i++) {
            SplittableRandom random = seeds.split();
            Tenant tenant = settle(random);
            int others = i;
            LocalCluster.await(START_LIMIT, "a node has not found the others; is this machine too busy? Given up",
                    () -> tenant.peer().others() >= others);
            first.add(tenant);
            seats.add(Thread.ofPlatform().name("churn-seat-" + i).unstarted(() -> occupy(random)));
        }
        seats.forEach(Thread::start);
    }

    private void occupy(SplittableRandom random) {
        try {
            for (Tenant tenant = first.remove(); !ended; tenant = settle(random)) {
                live(tenant, random);
            }
        } catch (IOException | RuntimeException e) {
            if (!ended) { // otherwise it was to come up no more
                LOG.error("a seat stays empty", e);
                problems.add(e);
            }
        } catch (InterruptedException e) {
            LOG.trace("it is over", e);
        }
    }

    private Tenant settle(SplittableRandom random) throws IOException {
        var tenant = new Tenant(source.start(bootstrap(random)));
        living.add(tenant);
        return tenant;
    }

    private List<String> bootstrap(SplittableRandom random) {
        List<Tenant> others = new ArrayList<>(living);
        List<String> some = new ArrayList<>();
        while (!others.isEmpty() && some.size() < BOOTSTRAP) {
            some.add(others.remove(random.nextInt(others.size())).peer().address());
        }
        return some;
    }

    private void live(Tenant tenant, SplittableRandom random) throws InterruptedException {
        var life = Duration.ofMillis((long) (random.nextExponential() * plan.life().toMillis()));
        Thread announcer = Thread.ofVirtual().name("churn-announcer")
                .start(new Announcer(tenant, keys, score, random.split()));
        try {
            Thread.sleep(life);
        } finally {
            end(tenant, random.nextBoolean());
            announcer.interrupt();
        }
        announcer.join();
    }

    private void end(Tenant tenant, boolean vanishes) {
        living.remove(tenant);
        tenant.die();
        keys.drop(tenant);
        if (vanishes) {
            tenant.peer().vanish();
            abrupt.incrementAndGet();
        } else {
            tenant.peer().leave();
        }
        deaths.incrementAndGet();
    }

    /** Somebody who lives. */
    Optional<Tenant> any(SplittableRandom random) {
        List<Tenant> now = List.copyOf(living);
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(random.nextInt(now.size())));
    }

    int deaths() {
        return deaths.get();
    }

    /** Of the deaths those without a good-bye. */
    int abrupt() {
        return abrupt.get();
    }

    /** The first thing that went wrong with the peers themselves. */
    Optional<Exception> problem() {
        return Optional.ofNullable(problems.peek());
    }

    /** Ends all that live. */
    @Override
    public void close() {
        ended = true;
        seats.forEach(Thread::interrupt);
        try {
            for (Thread seat : seats) {
                seat.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        living.forEach(tenant -> end(tenant, false)); // of a start that failed
    }
}
