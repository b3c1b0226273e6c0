// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.internal.cycle.Workers;

/**
 * Peers spread over lanes that run side by side. No message arrives sooner than the shortest link is long; so that long,
 * a window, each lane goes on by itself, and what it sends to others reaches them in a later window: conservative
 * synchronisation with a look-ahead (Chandy and Misra 1979; in windows as in Nicol's YAWNS, 1993). How many lanes there
 * are depends on the number of peers alone, and mail is delivered lane by lane, so the result does not depend on the
 * number of threads. Between two windows one thread has all of it.
 */
final class Lanes {

    private static final int MOST = 64;
    private static final int PEERS_OF_A_LANE = 128;

    private final Latencies latencies;
    private final Workers workers;
    private final Lane[] lanes;
    private int turn;
    private long now;

    Lanes(Scenario scenario, int threads) {
        this.latencies = new Latencies(scenario.conditions().latency(), scenario.seed());
        this.workers = new Workers(threads);
        this.lanes = new Lane[Math.clamp(scenario.peers() / PEERS_OF_A_LANE, 1, MOST)];
        for (int number = 0; number < lanes.length; number++) {
            lanes[number] = new Lane(this, number, scenario.conditions(), scenario.seed());
        }
    }

    Latencies latencies() {
        return latencies;
    }

    int count() {
        return lanes.length;
    }

    Lane get(int number) {
        return lanes[number];
    }

    Lane ofPeer(int peer) {
        return lanes[peer % lanes.length];
    }

    /** In which of two bags mail goes now, 0 or 1; what is in the other one is delivered meanwhile. */
    int turn() {
        return turn;
    }

    long now() {
        return now;
    }

    /** Goes on until a time; stops after each window and at each event of the world, which then happens. */
    void run(EventQueue world, long time) {
        while (now < time) {
            long end = world.next(Math.min(time, now + latencies.least()));
            turn = 1 - turn;
            workers.share(lanes.length, (worker, number) -> lanes[number].run(end));
            now = end;
            world.runUntil(end);
        }
    }

    long events() {
        long events = 0;
        for (Lane lane : lanes) {
            events += lane.queue.done();
        }
        return events;
    }

    long sent() {
        long sent = 0;
        for (Lane lane : lanes) {
            sent += lane.sent();
        }
        return sent;
    }

    void close() {
        workers.close();
    }
}
