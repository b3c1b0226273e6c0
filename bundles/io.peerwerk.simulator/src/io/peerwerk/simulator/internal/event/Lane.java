// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.random.RandomGenerator;

import io.peerwerk.simulator.Conditions;
import io.peerwerk.simulator.internal.cycle.Draws;
import io.peerwerk.simulator.internal.cycle.Obstacles;

/**
 * Some of the peers, with a queue and a clock of their own, and the mail from them to other lanes. One thread at a time.
 */
final class Lane {

    /** Sixteen seconds, so that the timers of a usual period lie on the wheel. */
    private static final int PLACES = 1 << 14;

    /** A time for {@link Draws} that is none. */
    private static final long MESSAGE = -6;

    final EventQueue queue = new EventQueue(PLACES);
    private final int number;
    private final Lanes lanes;
    private final EventQueue.Mail[][] out;
    private final Obstacles obstacles;
    private final double jitter;
    private final Draws draws;
    private long sent;

    Lane(Lanes lanes, int number, Conditions conditions, long seed) {
        this.lanes = lanes;
        this.number = number;
        this.obstacles = new Obstacles(conditions, seed);
        this.jitter = conditions.jitter();
        this.draws = new Draws(seed);
        this.out = new EventQueue.Mail[2][lanes.count()];
        for (EventQueue.Mail[] mails : out) {
            for (int to = 0; to < mails.length; to++) {
                mails[to] = new EventQueue.Mail();
            }
        }
    }

    long now() {
        return queue.now();
    }

    /** Messages so far, the lost ones too. */
    long sent() {
        return sent;
    }

    /** The milliseconds that a message takes which is sent now, or -1 if it does not arrive. */
    long carry(int from, int to) {
        RandomGenerator random = draws.at(MESSAGE - ((long) number << 32), sent++);
        if (!obstacles.pass(now(), from, to, random)) {
            return -1;
        }
        double stretch = jitter == 0 ? 1 : 1 + jitter * random.nextDouble();
        return Math.max(1, Math.round(lanes.latencies().between(from, to) * stretch));
    }

    /** Lets an event happen in a lane at a time; not earlier than the quickest message would get there. */
    void post(Lane to, long time, EventQueue.Event event) {
        long at = Math.max(time, now() + lanes.latencies().least());
        if (to == this) {
            queue.after(at - now(), event);
        } else {
            out[lanes.turn()][to.number].add(at, event);
        }
    }

    /** Takes what came in the window before, lane by lane, and goes on until a time. */
    void run(long time) {
        for (int from = 0; from < lanes.count(); from++) {
            lanes.get(from).out[1 - lanes.turn()][number].deliver(queue);
        }
        queue.runUntil(time);
    }
}
