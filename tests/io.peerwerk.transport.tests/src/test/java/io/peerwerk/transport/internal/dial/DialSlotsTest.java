// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.Registration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DialSlotsTest {

    private final List<String> started = new ArrayList<>();

    private Registration enter(DialSlots slots, String peer, int number) {
        return slots.enter(peer, () -> started.add(peer + number));
    }

    @Test
    void thoseBeyondTheLimitWaitUntilOneEnds() {
        var slots = new DialSlots(2, 2, 10);
        Registration first = enter(slots, "a", 1);
        enter(slots, "b", 1);
        enter(slots, "c", 1);
        assertEquals(List.of("a1", "b1"), started);
        first.close();
        first.close();
        assertEquals(List.of("a1", "b1", "c1"), started);
        assertEquals(2, slots.running());
    }

    @Test
    void onePeerDoesNotTakeAllThePlaces() {
        var slots = new DialSlots(4, 2, 10);
        List.of(1, 2, 3, 4).forEach(i -> enter(slots, "a", i));
        enter(slots, "b", 1);
        assertEquals(List.of("a1", "a2", "b1"), started);
    }

    @Test
    void peersTakeTurns() {
        var slots = new DialSlots(1, 1, 10);
        var open = new ArrayDeque<Registration>();
        List.of(1, 2, 3).forEach(i -> open.add(enter(slots, "a", i)));
        Registration b = enter(slots, "b", 1);
        Registration c = enter(slots, "c", 1);
        open.remove().close();
        open.remove().close();
        b.close();
        c.close();
        assertEquals(List.of("a1", "a2", "b1", "c1", "a3"), started);
    }

    @Test
    void whoGivesUpWhileWaitingIsNeverStarted() {
        var slots = new DialSlots(1, 1, 10);
        Registration first = enter(slots, "a", 1);
        enter(slots, "b", 1).close();
        enter(slots, "c", 1);
        first.close();
        assertEquals(List.of("a1", "c1"), started);
    }

    @Test
    void whoComesWhenTooManyWaitIsRefused() {
        var slots = new DialSlots(1, 1, 2);
        enter(slots, "a", 1);
        enter(slots, "b", 1);
        enter(slots, "c", 1);
        assertThrows(IllegalStateException.class, () -> enter(slots, "d", 1));
    }

    @Property
    void theLimitsHoldWhateverComesAndGoesAndNobodyIsForgotten(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 7) Integer> steps) {
        var slots = new DialSlots(5, 2, 1000);
        var open = new ArrayDeque<Map.Entry<Integer, Registration>>();
        int entered = 0;
        var begun = new ArrayList<Integer>();
        for (int step : steps) {
            if (step == 7 && !open.isEmpty()) {
                open.remove().getValue().close();
            } else {
                int peer = step % 4;
                entered++;
                open.add(Map.entry(peer, slots.enter(peer, () -> begun.add(peer))));
            }
            assertTrue(slots.running() <= 5);
        }
        while (!open.isEmpty()) {
            open.remove().getValue().close();
        }
        assertEquals(0, slots.running());
        assertTrue(begun.size() <= entered);
    }
}
