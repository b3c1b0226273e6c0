// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private long now = 1_000_000;
    private final Rhythm rhythm = new Rhythm(new SplittableRandom(7), now);
    private final List<Long> asked = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();

    private void runUntil(long end) {
        while (rhythm.next() <= end) {
            now = rhythm.next();
            for (Rhythm.Deed deed : rhythm.due(now)) {
                (deed == Rhythm.Deed.ASK ? asked : told).add(now - 1_000_000);
            }
        }
        now = end;
    }

    @Test
    void itAsksAtOnceAndThenEverLessOften() {
        runUntil(now + 600_000);
        assertTrue(asked.getFirst() <= 120, "after " + asked.getFirst() + " ms");
        long pause = 0;
        for (int i = 1; i < asked.size(); i++) {
            long next = asked.get(i) - asked.get(i - 1);
            assertTrue(next >= pause - 120 && next >= 1000 && next <= Rhythm.LONGEST_PAUSE + 120, asked::toString);
            pause = next;
        }
        assertTrue(asked.size() <= 17, () -> asked.size() + " questions in ten minutes");
    }

    @Test
    void itTellsOfItselfTwiceAtTheStartAndThenNotWithoutBeingAsked() {
        runUntil(now + 600_000);
        assertEquals(2, told.size());
        assertTrue(told.get(1) - told.get(0) >= 1000);
    }

    @Test
    void whoeverAsksIsAnsweredAMomentLater() {
        runUntil(now + 60_000);
        told.clear();
        rhythm.asked(now);
        runUntil(now + 60_000);
        assertEquals(1, told.size());
        assertTrue(told.getFirst() >= 60_020 && told.getFirst() <= 60_120, told::toString);
    }

    @Test
    void aFloodOfQuestionsGetsOneAnswerASecond() {
        runUntil(now + 60_000);
        told.clear();
        for (int i = 0; i < 10_000; i++) {
            rhythm.asked(now);
            runUntil(now + 1);
        }
        assertTrue(told.size() >= 9 && told.size() <= 10, () -> told.size() + " answers in ten seconds");
    }

    @Test
    void otherQuestionsGetOneAnswerASecondToo() {
        assertTrue(rhythm.mayReply(now));
        assertFalse(rhythm.mayReply(now + 999));
        assertTrue(rhythm.mayReply(now + 1000));
    }

    @Test
    void whileOthersAskItDoesNot() {
        runUntil(now + 10_000);
        asked.clear();
        for (int i = 0; i < 100; i++) {
            rhythm.overheard(now);
            runUntil(now + 900);
        }
        assertEquals(List.of(), asked);
    }

    @Property(tries = 200)
    void whateverHappensTwoAnnouncementsAreASecondApart(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            switch (random.nextInt(3)) {
                case 0 -> rhythm.asked(now);
                case 1 -> rhythm.overheard(now);
                default -> runUntil(now + random.nextInt(1500));
            }
        }
        for (int i = 1; i < told.size(); i++) {
            assertTrue(told.get(i) - told.get(i - 1) >= Rhythm.BETWEEN_ANNOUNCEMENTS, told::toString);
        }
        assertTrue(rhythm.next() - now <= Rhythm.LONGEST_PAUSE + 120, "it sleeps for ever");
    }
}
