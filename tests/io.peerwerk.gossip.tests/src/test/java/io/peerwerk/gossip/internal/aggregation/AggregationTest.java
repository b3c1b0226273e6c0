// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.Convergence;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.internal.aggregation.AggregationMessage.Share;
import io.peerwerk.gossip.internal.cycle.CycleAction;
import io.peerwerk.gossip.internal.cycle.CycleInput;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;

/** One peer's part, step by step. */
class AggregationTest {

    private final Aggregation peer = new Aggregation(Peers.id(0), new Values(100, 0, 0),
            AggregationOptions.every(1000), new SplittableRandom(1));

    @Test
    void bothSidesGoOnWithTheMean() {
        peer.begin(1);
        CycleAction.Ask<AggregationMessage> ask = tick();
        peer.handle(new CycleInput.Answered<>(ask.ticket(), message(1, 300), 1));
        assertEquals(200, peer.means().offer());
        AggregationMessage answer = answer(receive(5, message(1, 0)));
        assertEquals(200, answer.share().means().offer(), "the answer is what was before");
        assertEquals(100, peer.means().offer());
    }

    @Test
    void aPeerInAnExchangeRefusesAnotherUntilThatIsOver() {
        peer.begin(1);
        CycleAction.Ask<AggregationMessage> ask = tick();
        assertInstanceOf(CycleAction.Refuse.class, receive(5, message(1, 0)));
        assertEquals(100, peer.means().offer());
        peer.handle(new CycleInput.Failed<>(ask.ticket()));
        assertInstanceOf(CycleAction.Answer.class, receive(5, message(1, 0)));
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        peer.begin(1);
        CycleAction.Ask<AggregationMessage> ask = tick();
        tick();
        peer.handle(new CycleInput.Answered<>(ask.ticket(), message(1, 300), 1));
        assertEquals(100, peer.means().offer());
    }

    @Test
    void oneThatAsksTwiceWithinACycleAndACrowdAreRefused() {
        peer.begin(1);
        assertInstanceOf(CycleAction.Answer.class, receive(1, message(1, 100)));
        assertInstanceOf(CycleAction.Refuse.class, receive(1, message(1, 100)));
        for (int i = 2; i <= 9; i++) {
            assertInstanceOf(CycleAction.Answer.class, receive(i, message(1, 100)));
        }
        assertInstanceOf(CycleAction.Refuse.class, receive(10, message(1, 100)));
        peer.handle(new CycleInput.Tick<>(List.of()));
        assertInstanceOf(CycleAction.Answer.class, receive(1, message(1, 100)));
    }

    @Test
    void theNextEpochIsFollowedAfterTwoThirdsOfThePresentOneAndNotBefore() {
        peer.begin(1);
        ticks(19);
        assertNull(answer(receive(5, message(2, 0))).share());
        assertEquals(1, peer.epoch());
        ticks(1);
        assertEquals(100, answer(receive(5, message(2, 0))).share().means().offer());
        assertEquals(2, peer.epoch());
        assertEquals(1, peer.latest().orElseThrow().epoch());
    }

    @Test
    void noSinglePeerMovesAnotherToAFarEpoch() {
        peer.begin(1);
        for (int i = 1; i <= 100; i++) {
            receive(i % 9, message(1_000_000, 0));
        }
        assertEquals(1, peer.epoch());
    }

    @Test
    void aPeerThatKnowsNoEpochTakesNoPart() {
        assertNull(answer(receive(5, message(7, 0))).share());
        assertEquals(7, peer.epoch());
        assertEquals(100, peer.means().offer());
    }

    @Test
    void howFarAnEpochIsIsToldWhileThePeerTakesPart() {
        assertTrue(peer.running().isEmpty());
        peer.begin(1);
        ticks(2);
        Convergence before = peer.running().orElseThrow();
        assertEquals(new Convergence(1, 2, 30, OptionalDouble.of(1),
                Map.of(Quantity.OFFER, 100.0, Quantity.FREE, 0.0, Quantity.LOAD, 0.0)), before, "a leader has counted itself");
        receive(5, message(1, 300));
        Convergence now = peer.running().orElseThrow();
        assertEquals(200, now.means().get(Quantity.OFFER));
        assertEquals(2, now.size().orElseThrow());
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            peer.handle(new CycleInput.Tick<>(List.of()));
        }
    }

    private CycleAction.Ask<AggregationMessage> tick() {
        Contact partner = Peers.contact(77);
        return (CycleAction.Ask<AggregationMessage>) peer.handle(new CycleInput.Tick<>(List.of(partner))).getFirst();
    }

    private CycleAction<AggregationMessage> receive(int from, AggregationMessage message) {
        return peer.handle(new CycleInput.Received<>(Peers.id(from), message, 1)).getFirst();
    }

    private static AggregationMessage answer(CycleAction<AggregationMessage> action) {
        return ((CycleAction.Answer<AggregationMessage>) action).message();
    }

    private static AggregationMessage message(long epoch, double offer) {
        Values values = new Values(offer, 0, 0);
        return new AggregationMessage(epoch, 20_000, new Share(values, values, Counts.NONE));
    }
}
