// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private record Happened(long at, int number) {
    }

    private final EventQueue queue = new EventQueue();
    private final List<Happened> happened = new ArrayList<>();

    private EventQueue.Event event(int number) {
        return new EventQueue.Event() {
            @Override
            void happen() {
                happened.add(new Happened(queue.now(), number));
            }
        };
    }

    @Property(tries = 200)
    void everythingHappensWhenItIsDueAndInTheOrderInWhichItWasAskedFor(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        happened.clear(); // one instance for all tries
        long done = queue.done();
        List<Happened> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long delay = random.nextInt(2) == 0 ? random.nextLong(1, 20) : random.nextLong(1, 20_000);
            expected.add(new Happened(queue.now() + delay, i));
            queue.after(delay, event(i));
            if (random.nextInt(4) == 0) {
                queue.runUntil(queue.now() + random.nextLong(6000));
            }
        }
        queue.runUntil(queue.now() + 20_000);
        expected.sort(Comparator.comparingLong(Happened::at)); // stable
        assertEquals(expected, happened);
        assertEquals(300, queue.done() - done);
    }

    @Test
    void whatIsAskedForDuringAMillisecondMayHappenInIt() {
        queue.after(5, new EventQueue.Event() {
            @Override
            void happen() {
                queue.after(0, event(1));
            }
        });
        queue.runUntil(5);
        assertEquals(List.of(new Happened(5, 1)), happened);
    }

    @Test
    void theNextTimeIsThatOfTheNearestEventOrTheLimit() {
        assertEquals(50, queue.next(50));
        queue.after(30, event(1));
        queue.after(10_000, event(2));
        assertEquals(30, queue.next(50));
        assertEquals(20, queue.next(20));
        queue.runUntil(30);
        assertEquals(10_000, queue.next(20_000));
        assertEquals(9_999, queue.next(9_999));
    }

    @Test
    void mailArrivesInTheOrderInWhichItWasSent() {
        var mail = new EventQueue.Mail();
        mail.add(7, event(1));
        mail.add(5, event(2));
        mail.add(7, event(3));
        mail.deliver(queue);
        mail.deliver(queue); // nothing is left in it
        queue.runUntil(10);
        assertEquals(List.of(new Happened(5, 2), new Happened(7, 1), new Happened(7, 3)), happened);
        mail.add(12, event(4));
        mail.deliver(queue);
        queue.runUntil(12);
        assertEquals(new Happened(12, 4), happened.getLast());
    }

    @Test
    void theEdgeOfTheWheelIsCrossedInOrder() {
        queue.after(4096, event(1));
        queue.runUntil(1);
        queue.after(4095, event(2));
        queue.runUntil(5000);
        assertEquals(List.of(new Happened(4096, 1), new Happened(4096, 2)), happened);
    }
}
