// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Behaviour;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Colocation;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Fault;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.First;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Mesh;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Thresholds;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.Time;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.TopicScore;

class PeerScoresTest {

    private static final double CLOSE = 1e-9;
    private static final double HALF = 0.5;

    private long now = 1_000;
    private final PeerId peer = Peers.id();

    /** Each part alone, with figures that are easy to follow; a counter halves each second. */
    private static TopicScore topic(Time time, First first, Mesh mesh, Fault failure, Fault invalid) {
        return new TopicScore(2, time, first, mesh, failure, invalid);
    }

    private static final Time NO_TIME = new Time(0, 1, 1);
    private static final First NO_FIRST = new First(0, HALF, 1);
    private static final Mesh NO_MESH = new Mesh(0, HALF, 1, 1, 100, 0);
    private static final Fault NO_FAULT = new Fault(0, HALF);

    private PeerScores scores(TopicScore topic) {
        var scores = new PeerScores(new ScoreOptions(topic, 100, 3, new Colocation(-1, 2), new Behaviour(-1, HALF, 2),
                new Thresholds(-1, -2, -3, 1, 1), 10_000, 3), now);
        scores.joined(peer, null);
        return scores;
    }

    private double score(PeerScores scores) {
        return scores.score(peer, now);
    }

    private void second(PeerScores scores) {
        now += 1_000;
        scores.refresh(now);
    }

    @Test
    void p1TimeInTheMeshEarnsUpToACap() {
        PeerScores scores = scores(topic(new Time(0.5, 100, 20), NO_FIRST, NO_MESH, NO_FAULT, NO_FAULT));
        assertEquals(0, score(scores));
        scores.grafted(peer, "t", now);
        now += 1_000;
        assertEquals(2 * 0.5 * 10, score(scores), CLOSE);
        now += 9_000;
        assertEquals(2 * 0.5 * 20, score(scores), CLOSE);
        scores.pruned(peer, "t", now);
        assertEquals(0, score(scores));
    }

    @Test
    void p2FirstDeliveriesEarnUpToACapAndFade() {
        PeerScores scores = scores(topic(NO_TIME, new First(1, HALF, 3), NO_MESH, NO_FAULT, NO_FAULT));
        for (int i = 0; i < 5; i++) {
            scores.first(peer, "t");
        }
        assertEquals(2 * 3, score(scores), CLOSE);
        second(scores);
        assertEquals(2 * 1.5, score(scores), CLOSE);
        for (int i = 0; i < 9; i++) {
            second(scores);
        }
        assertEquals(0, score(scores), "too little is nothing");
    }

    @Test
    void p3APartnerOwesAShareOfWhatTheTopicCarriesSquaredOnceItHadTime() {
        PeerScores scores = scores(topic(NO_TIME, NO_FIRST, new Mesh(-1, HALF, 10, 0.5, 100, 500), NO_FAULT, NO_FAULT));
        scores.grafted(peer, "t", now);
        for (int i = 0; i < 8; i++) {
            scores.carried("t");
        }
        now += 499;
        assertEquals(0, score(scores));
        now += 1;
        assertEquals(2 * -16, score(scores), CLOSE);
        scores.brought(peer, "t");
        assertEquals(2 * -9, score(scores), CLOSE);
        for (int i = 0; i < 100; i++) {
            scores.carried("t");
        }
        assertEquals(2 * -81, score(scores), CLOSE); // no more than the threshold
    }

    @Test
    void p3bWhatWasOwedStaysWithThoseThatWerePutOut() {
        PeerScores scores = scores(topic(NO_TIME, NO_FIRST, new Mesh(-1, HALF, 10, 1, 100, 0), new Fault(-3, HALF), NO_FAULT));
        scores.grafted(peer, "t", now);
        scores.carried("t");
        scores.carried("t");
        scores.pruned(peer, "t", now);
        assertEquals(2 * -3 * 4, score(scores), CLOSE);
        second(scores);
        assertEquals(2 * -3 * 2, score(scores), CLOSE);
    }

    @Test
    void p4InvalidMessagesCountSquared() {
        PeerScores scores = scores(topic(NO_TIME, NO_FIRST, NO_MESH, NO_FAULT, new Fault(-5, HALF)));
        scores.invalid(peer, "t");
        assertEquals(2 * -5, score(scores), CLOSE);
        scores.invalid(peer, "t");
        assertEquals(2 * -5 * 4, score(scores), CLOSE);
        second(scores);
        assertEquals(2 * -5, score(scores), CLOSE);
    }

    @Test
    void p5WhatTheApplicationThinksIsWeighed() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        scores.rate(peer, -4);
        assertEquals(-12, score(scores), CLOSE);
    }

    @Test
    void p6PeersAtOneAddressCountSquaredAboveTheThreshold() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        List<PeerId> crowd = Peers.ids(4);
        crowd.subList(0, 2).forEach(id -> scores.joined(id, "192.0.2.1"));
        assertEquals(0, scores.score(crowd.getFirst(), now));
        crowd.subList(2, 4).forEach(id -> scores.joined(id, "192.0.2.1"));
        assertEquals(-4, scores.score(crowd.getFirst(), now), CLOSE);
        assertEquals(0, score(scores), "who is elsewhere has nothing to do with it");
        scores.left(crowd.get(3), now);
        assertEquals(-1, scores.score(crowd.getFirst(), now), CLOSE);
    }

    @Test
    void p7BreachesCountSquaredAboveTheThresholdAndFade() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        scores.breach(peer, 2);
        assertEquals(0, score(scores));
        scores.breach(peer, 3);
        assertEquals(-9, score(scores), CLOSE);
        second(scores);
        assertEquals(-0.25, score(scores), CLOSE);
    }

    @Test
    void allTopicsTogetherEarnNoMoreThanTheirCap() {
        PeerScores scores = scores(topic(NO_TIME, new First(1, HALF, 1_000), NO_MESH, NO_FAULT, NO_FAULT));
        for (int i = 0; i < 80; i++) {
            scores.first(peer, "t");
            scores.first(peer, "u");
        }
        assertEquals(100, score(scores), CLOSE);
    }

    @Test
    void whoLeavesWithFaultsFindsThemAgainAndLosesWhatItHasEarned() {
        PeerScores scores = scores(topic(NO_TIME, new First(1, HALF, 10), NO_MESH, NO_FAULT, new Fault(-5, HALF)));
        scores.first(peer, "t");
        scores.invalid(peer, "t");
        assertEquals(2 * (1 - 5), score(scores), CLOSE);
        scores.left(peer, now);
        second(scores);
        scores.joined(peer, null);
        assertEquals(2 * -5, score(scores), CLOSE); // and time that it was away does not heal
    }

    @Test
    void faultsAreForgottenAfterAWhileAndThereIsAMostOfThem() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        List<PeerId> bad = Peers.ids(5);
        for (PeerId id : bad) {
            scores.joined(id, null);
            scores.breach(id, 5);
            scores.left(id, now);
        }
        assertEquals(3, scores.remembered());
        now += 9_999;
        scores.refresh(now);
        assertEquals(3, scores.remembered());
        now += 1;
        scores.refresh(now);
        assertEquals(0, scores.remembered());
    }

    @Test
    void whoLeavesWithoutFaultsIsNotRemembered() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        scores.grafted(peer, "t", now);
        scores.first(peer, "t");
        scores.left(peer, now);
        assertEquals(0, scores.remembered());
    }

    @Test
    void aFaultCannotEarnAnything() {
        assertThrows(IllegalArgumentException.class,
                () -> topic(NO_TIME, NO_FIRST, NO_MESH, NO_FAULT, new Fault(1, HALF)));
        assertThrows(IllegalArgumentException.class, () -> new Thresholds(-2, -1, -3, 0, 0));
    }

    @Test
    void aPeerThatIsNotThereHasNoScore() {
        PeerScores scores = scores(ScoreOptions.standard().topic());
        scores.invalid(Peers.id(), "t");
        assertEquals(0, scores.score(Peers.id(), now));
        assertTrue(scores.remembered() == 0);
    }
}
