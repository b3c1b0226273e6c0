// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A network of pure protocols with a clock of its own: everything happens on the thread of the test, in an order that
 * depends on nothing but the seed. It delays, loses and separates; a second of it takes no second.
 */
public final class VirtualNetwork {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Event(long at, long number, Runnable what) {
    }

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final SplittableRandom random;
    private final Set<Integer> otherSide = new HashSet<>();
    private long now;
    private long eventCount;
    private long sent;

    /** Probability that a message is lost. */
    public double loss;
    /** Delay of each message in milliseconds: anything between the two. */
    public int minDelay = 1;
    public int maxDelay = 20;

    public VirtualNetwork(long seed) {
        System.out.println("seed " + seed);
        random = new SplittableRandom(seed);
    }

    /** A source of random numbers for one more participant. */
    public SplittableRandom random() {
        return random.split();
    }

    public InstantSource clock() {
        return () -> START.plusMillis(now);
    }

    public long millis() {
        return now;
    }

    /** Messages sent so far, the lost ones too. */
    public long sent() {
        return sent;
    }

    public void after(long millis, Runnable what) {
        events.add(new Event(now + millis, eventCount++, what));
    }

    /** Delivers later, if the message is not lost and the two are on one side of a partition when it is sent. */
    public void send(int from, int to, Runnable delivery) {
        sent++;
        if (otherSide.contains(from) == otherSide.contains(to) && random.nextDouble() >= loss) {
            after(random.nextInt(minDelay, maxDelay + 1), delivery);
        }
    }

    /** From now on these cannot talk with the others. */
    public void separate(Set<Integer> some) {
        otherSide.clear();
        otherSide.addAll(some);
    }

    public void heal() {
        otherSide.clear();
    }

    public void run(Duration time) {
        runUntil(() -> false, time);
    }

    /** Runs until the condition holds, looking ten times a virtual second; gives the virtual time that took. */
    public Duration runUntil(BooleanSupplier condition, Duration limit) {
        long start = now;
        long end = now + limit.toMillis();
        while (now < end) {
            long next = Math.min(end, now + 100);
            while (!events.isEmpty() && events.peek().at() <= next) {
                Event event = events.remove();
                now = event.at();
                event.what().run();
            }
            now = next;
            if (condition.getAsBoolean()) {
                return Duration.ofMillis(now - start);
            }
        }
        return Duration.ofMillis(now - start);
    }
}
