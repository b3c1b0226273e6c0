// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.simulator.Conditions;
import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Distribution;

/** Who crashes in which cycle, and who comes. It depends on the seed alone, not on what the protocol does. */
public final class Churn {

    /** Times for {@link Draws} that are none. */
    private static final long CRASHES = -1_000_000;
    private static final long SESSION = -4;

    private final @Nullable Distribution sessions;
    private final List<Failure> failures;
    private final Draws draws;
    /** The cycle in which a peer's session is over; empty where peers stay. */
    private int[] ends = new int[0];

    public Churn(Conditions conditions, long seed) {
        this.sessions = conditions.sessions();
        this.failures = conditions.failures();
        this.draws = new Draws(seed);
    }

    /** How many peers there will ever be, counted by going through all of it without them. */
    public static int peersEver(Conditions conditions, int peers, long cycles, long seed) {
        if (conditions.sessions() == null) {
            return peers;
        }
        var churn = new Churn(conditions, seed);
        int capacity = peers;
        var population = new Population(capacity);
        for (int i = 0; i < peers; i++) {
            churn.started(population.join(), 0);
        }
        for (long cycle = 1; cycle <= cycles; cycle++) {
            int[] gone = churn.crash(population, cycle);
            if (population.known() + gone.length > capacity) {
                capacity = Math.multiplyExact(Math.max(capacity, gone.length), 2);
                population = population.withCapacity(capacity);
            }
            for (int i = 0; i < gone.length; i++) {
                churn.started(population.join(), cycle);
            }
        }
        return population.known();
    }

    /** A peer's session begins. */
    public void started(int peer, long cycle) {
        if (sessions != null) {
            if (peer >= ends.length) {
                ends = Arrays.copyOf(ends, Math.max(peer + 1, ends.length + ends.length / 2));
            }
            double session = sessions.sample(draws.at(SESSION, peer));
            ends[peer] = (int) Math.min(Integer.MAX_VALUE, cycle + Math.max(1, Math.ceil(session)));
        }
    }

    /** Lets crash who does in this cycle. Gives those that a newcomer replaces. */
    public int[] crash(Population population, long cycle) {
        for (int i = 0; i < failures.size(); i++) {
            if (failures.get(i).at() == cycle) {
                crash(population, CRASHES - i, failures.get(i).share());
            }
        }
        if (sessions == null) {
            return new int[0];
        }
        int[] gone = new int[16];
        int count = 0;
        for (int peer = 0; peer < population.known(); peer++) {
            if (ends[peer] <= cycle && population.isUp(peer)) {
                population.crash(peer);
                gone = count == gone.length ? Arrays.copyOf(gone, 2 * count) : gone;
                gone[count++] = peer;
            }
        }
        return Arrays.copyOf(gone, count);
    }

    private void crash(Population population, long time, double share) {
        for (int peer = 0; peer < population.known(); peer++) {
            if (population.isUp(peer) && draws.at(time, peer).nextDouble() < share) {
                population.crash(peer);
            }
        }
    }
}
