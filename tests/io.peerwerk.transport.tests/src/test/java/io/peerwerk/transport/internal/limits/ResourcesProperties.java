// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ResourcesProperties {

    private static final long MIB = 1 << 20;
    private static final List<PeerId> PEERS = List.of(peer(), peer(), peer());

    /** Opens, moves, reserves, releases and closes at random, against a plain sum of what was given. */
    @Property(tries = 300)
    void whateverIsReservedAndReleasedNoLimitIsPassedAndNothingIsLeft(@ForAll long seed) {
        var random = new Random(seed);
        var limits = Limits.ofMemory(4 * MIB).atMost(12, 4);
        var resources = new Resources(limits);
        var connections = new ArrayList<ConnectionLease>();
        var streams = new ArrayList<StreamLease>();
        for (int i = 0; i < 400; i++) {
            step(random, resources, connections, streams);
            check(limits, resources, connections, streams, seed);
        }
        connections.forEach(Lease::close);
        streams.forEach(Lease::close);
        assertEquals(new Resources.Usage(0, 0, 0, 0, 0, 0), resources.usage(), () -> "seed " + seed);
    }

    private static void step(Random random, Resources resources, List<ConnectionLease> connections,
            List<StreamLease> streams) {
        try {
            switch (random.nextInt(8)) {
                case 0 -> connections.add(resources.open(random.nextBoolean(), random.nextBoolean()));
                case 1 -> {
                    ConnectionLease fresh = resources.open(true, true);
                    connections.add(fresh);
                    fresh.identified(pick(PEERS, random));
                }
                case 2 -> streams.add(open(pick(connections, random), random));
                case 3 -> {
                    StreamLease fresh = open(pick(connections, random), random);
                    streams.add(fresh);
                    fresh.agreed("/p" + random.nextInt(3), 1 + random.nextInt(3));
                }
                case 4, 5 -> pick(streams, random).reserve(random.nextInt(200_000),
                        pick(List.of(Priority.values()), random));
                case 6 -> {
                    StreamLease stream = pick(streams, random);
                    stream.release(stream.memory() == 0 ? 0 : random.nextLong(stream.memory()));
                }
                default -> {
                    Lease old = random.nextBoolean() ? pick(streams, random) : pick(connections, random);
                    old.close();
                }
            }
        } catch (LimitException | IllegalArgumentException e) {
            // refused, or nothing to pick from: both are part of the game
        }
    }

    private static StreamLease open(ConnectionLease connection, Random random) throws LimitException {
        return random.nextBoolean() ? connection.openIncoming() : connection.openOutgoing();
    }

    private static void check(Limits limits, Resources resources, List<ConnectionLease> connections,
            List<StreamLease> streams, long seed) {
        var usage = resources.usage();
        long memory = connections.stream().mapToLong(Lease::memory).sum()
                + streams.stream().mapToLong(Lease::memory).sum();
        assertEquals(memory, usage.memory(), () -> "seed " + seed);
        assertEquals(connections.stream().filter(Lease::isOpen).count(), usage.connections(), () -> "seed " + seed);
        assertEquals(streams.stream().filter(Lease::isOpen).count(), usage.streams(), () -> "seed " + seed);
        assertTrue(usage.memory() <= limits.system().memory(), () -> "seed " + seed);
        assertTrue(usage.transientMemory() <= limits.transients().memory(), () -> "seed " + seed);
        assertTrue(usage.connections() <= 12, () -> "seed " + seed);
        for (ConnectionLease connection : connections) {
            assertTrue(connection.total() <= limits.connection().memory(), () -> "seed " + seed);
        }
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static PeerId peer() {
        return Identity.generate(new SecureRandom()).id();
    }
}
