// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import io.peerwerk.simulator.Conditions;
import io.peerwerk.simulator.internal.cycle.Draws;
import io.peerwerk.simulator.internal.cycle.Obstacles;

/** Carries messages. A link between two peers has a latency of its own, the same in both directions, which it keeps. */
final class Links {

    /** A time for {@link Draws} that is none. */
    private static final long MESSAGE = -6;

    private final Conditions conditions;
    private final Obstacles obstacles;
    private final EventQueue queue;
    private final Draws ofLink;
    private final Draws ofMessage;
    private long sent;

    Links(Conditions conditions, EventQueue queue, long seed) {
        this.conditions = conditions;
        this.obstacles = new Obstacles(conditions, seed);
        this.queue = queue;
        this.ofLink = new Draws(seed);
        this.ofMessage = new Draws(seed);
    }

    /** Lets it arrive later, if nothing is in the way. */
    void send(int from, int to, EventQueue.Event arrival) {
        ofMessage.at(MESSAGE, sent++);
        if (obstacles.pass(queue.now(), from, to, ofMessage)) {
            double stretch = 1 + conditions.jitter() * ofMessage.nextDouble();
            queue.after(Math.max(1, Math.round(latency(from, to) * stretch)), arrival);
        }
    }

    private double latency(int from, int to) {
        int low = Math.min(from, to);
        int high = Math.max(from, to);
        return conditions.latency().sample(ofLink.at(Long.MIN_VALUE + low, high));
    }

    /** Messages so far, the lost ones too. */
    long sent() {
        return sent;
    }
}
