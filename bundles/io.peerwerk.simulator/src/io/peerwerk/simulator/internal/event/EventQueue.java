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

    /** Four seconds. */
    private static final int PLACES = 1 << 12;

    private final int places;
    private final @Nullable Event[] heads;
    private final @Nullable Event[] tails;
    private final PriorityQueue<Event> far =
            new PriorityQueue<>(Comparator.comparingLong((Event e) -> e.at).thenComparingLong(e -> e.number));
    private long now;
    private long added;
    private long done;

    EventQueue() {
        this(PLACES);
    }

    /** @param places of the wheel, a power of two; most events should be nearer than so many milliseconds */
    EventQueue(int places) {
        this.places = places;
        this.heads = new Event[places];
        this.tails = new Event[places];
    }

    /** Something that happens once; it may be asked for again then. */
    abstract static class Event {
        private @Nullable Event next;
        private long at;
        private long number;

        abstract void happen();
    }

    /** Events on the way from one queue to another, in the order in which they were sent. */
    static final class Mail {
        private @Nullable Event first;
        private @Nullable Event last;

        /** Adds an event that is nowhere else. */
        void add(long time, Event event) {
            event.at = time;
            if (last == null) {
                first = event;
            } else {
                last.next = event;
            }
            last = event;
        }

        /** Puts all of it into a queue whose time is before all of theirs. */
        void deliver(EventQueue queue) {
            for (Event event = first; event != null; event = first) {
                first = event.next;
                event.next = null;
                queue.put(event);
            }
            last = null;
        }
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
        put(event);
    }

    private void put(Event event) {
        if (event.at - now < places) {
            place(event);
        } else {
            event.number = added++;
            far.add(event);
        }
    }

    private void place(Event event) {
        int place = (int) (event.at & places - 1);
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
            while (next != null && next.at - now < places) {
                place(far.remove());
                next = far.peek();
            }
            runNow();
        }
    }

    /** When something happens next, or the limit, if that is earlier. */
    long next(long limit) {
        long latest = far.isEmpty() ? limit : Math.min(limit, far.peek().at);
        for (long time = now + 1; time < latest; time++) {
            if (heads[(int) (time & places - 1)] != null && time - now < places) {
                return time;
            }
        }
        return latest;
    }

    private void runNow() {
        int place = (int) (now & places - 1);
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
