// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.peerwerk.nat.Reach;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VotesTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofHours(1);

    private final Votes votes = new Votes(2, LIFE);

    @Test
    void oneVoterAloneDecidesNothingHoweverOftenItSpeaks() {
        for (int i = 0; i < 10; i++) {
            votes.add("a", true, START);
        }
        assertEquals(Reach.UNKNOWN, votes.reach(START));
        assertEquals(1, votes.confidence(START));
    }

    @Test
    void itCountsWhenTheMarginIsReached() {
        votes.add("a", true, START);
        votes.add("b", true, START);
        assertEquals(Reach.PUBLIC, votes.reach(START));
        votes.add("c", false, START);
        assertEquals(Reach.UNKNOWN, votes.reach(START));
        votes.add("a", false, START);
        votes.add("b", false, START);
        assertEquals(Reach.PRIVATE, votes.reach(START));
        assertEquals(3, votes.confidence(START));
    }

    @Test
    void oneLiarDoesNotUndoWhatMostAgreeOn() {
        List.of("a", "b", "c").forEach(voter -> votes.add(voter, true, START));
        votes.add("liar", false, START);
        assertEquals(Reach.PUBLIC, votes.reach(START));
        assertEquals(2, votes.confidence(START));
    }

    @Test
    void oldWordsAreForgotten() {
        votes.add("a", true, START);
        votes.add("b", true, START.plusSeconds(1));
        assertEquals(Reach.PUBLIC, votes.reach(START.plus(LIFE).minusNanos(1)));
        assertEquals(Reach.UNKNOWN, votes.reach(START.plus(LIFE)));
        assertEquals(Instant.MIN, votes.heard("a"));
        assertEquals(START.plusSeconds(1), votes.heard("b"));
    }

    @Property
    void fewerVotersThanNeededNeverDecide(@ForAll List<Boolean> words, @ForAll @IntRange(min = 1, max = 3) int needed) {
        var some = new Votes(needed, LIFE);
        for (int i = 0; i < words.size(); i++) {
            some.add("voter" + i % Math.max(1, needed - 1), words.get(i), START);
        }
        assertTrue(needed == 1 || some.reach(START) == Reach.UNKNOWN);
        assertTrue(some.confidence(START) <= Votes.MAX_CONFIDENCE);
    }
}
