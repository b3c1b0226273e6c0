// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

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
        var population = new Population(peers);
        for (int i = 0; i < peers; i++) {
            churn.started(population.join(), 0);
        }
        for (long cycle = 1; cycle <= cycles; cycle++) {
            int gone = churn.crash(population, cycle);
            for (int i = 0; i < gone; i++) {
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
            ends[peer] = (int) Math.min(Integer.MAX_VALUE, cycle + Math.max(1, Math.ceil(session(peer))));
        }
    }

    /** Lets crash who does in this cycle. Gives how many of them a newcomer replaces. */
    public int crash(Population population, long cycle) {
        for (int i = 0; i < failures.size(); i++) {
            if (failures.get(i).at() == cycle) {
                fail(i, population, population::crash);
            }
        }
        if (sessions == null) {
            return 0;
        }
        int gone = 0;
        for (int peer = 0; peer < population.known(); peer++) {
            if (ends[peer] <= cycle && population.isUp(peer)) {
                population.crash(peer);
                gone++;
            }
        }
        return gone;
    }

    /** Whom one of the failures hits. */
    public void fail(int number, Population population, IntConsumer hit) {
        for (int peer = 0; peer < population.known(); peer++) {
            boolean unlucky = draws.at(CRASHES - number, peer).nextDouble() < failures.get(number).share();
            if (unlucky && population.isUp(peer)) {
                hit.accept(peer);
            }
        }
    }

    /** How long a peer stays; it must be that peers leave. */
    public double session(int peer) {
        return Objects.requireNonNull(sessions).sample(draws.at(SESSION, peer));
    }
}
