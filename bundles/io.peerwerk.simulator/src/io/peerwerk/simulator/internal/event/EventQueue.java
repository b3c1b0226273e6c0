// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Comparator;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * What will happen when, and the clock. What is near lies on a wheel with a place for each millisecond, so that it costs
 * the same however much there is; what is further away waits in a heap until the wheel gets there.
 */
final class EventQueue {

    private static final int PLACES = 1 << 12;

    private final @Nullable Event[] heads = new Event[PLACES];
    private final @Nullable Event[] tails = new Event[PLACES];
    private final PriorityQueue<Event> far =
            new PriorityQueue<>(Comparator.comparingLong((Event e) -> e.at).thenComparingLong(e -> e.number));
    private long now;
    private long added;
    private long done;

    /** Something that happens once. */
    abstract static class Event {
        private @Nullable Event next;
        private long at;
        private long number;

        abstract void happen();
    }

    /** Milliseconds since the start. */
    long now() {
        return now;
    }

    /** How many events have happened. */
    long done() {
        return done;
    }

    /** Lets an event that is nowhere else happen after so many milliseconds; below 0 counts as 0. */
    void after(long millis, Event event) {
        event.at = now + Math.max(0, millis);
        if (event.at - now < PLACES) {
            place(event);
        } else {
            event.number = added++;
            far.add(event);
        }
    }

    private void place(Event event) {
        int place = (int) (event.at & PLACES - 1);
        Event tail = tails[place];
        if (tail == null) {
            heads[place] = event;
        } else {
            tail.next = event;
        }
        tails[place] = event;
    }

    /** Lets everything happen up to a time, which it then is. */
    void runUntil(long time) {
        while (now < time) {
            now++;
            Event next = far.peek();
            while (next != null && next.at - now < PLACES) {
                place(far.remove());
                next = far.peek();
            }
            runNow();
        }
    }

    private void runNow() {
        int place = (int) (now & PLACES - 1);
        for (Event event = heads[place]; event != null; event = heads[place]) {
            heads[place] = event.next;
            if (event.next == null) {
                tails[place] = null;
            }
            event.next = null;
            done++;
            event.happen();
        }
    }
}
