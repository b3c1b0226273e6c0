// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.internal.cycle.Population;

/**
 * What the peers of a simulation share.
 *
 * @param scenario that is run
 * @param queue what will happen, and the clock
 * @param links that carry messages
 * @param population who is up
 * @param identities ids and addresses
 */
record World(Scenario scenario, EventQueue queue, Links links, Population population, Identities identities) {

    /** The clock at the beginning. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static World of(Scenario scenario) {
        var queue = new EventQueue();
        return new World(scenario, queue, new Links(scenario.conditions(), queue, scenario.seed()),
                new Population(scenario.peers()), new Identities());
    }

    /** The clock of all peers. */
    InstantSource clock() {
        return () -> START.plusMillis(queue.now());
    }

    /** A source of random numbers for one peer. */
    SplittableRandom random(int peer) {
        return new SplittableRandom(scenario.seed() * 0x9E3779B97F4A7C15L + peer).split();
    }

    long period() {
        return scenario.settings().periodMillis();
    }
}
