// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One peer with a partial view, and what others can do to it. */
class PartialViewTest {

    private static final int VIEW = 16;
    private static final SwimOptions OPTIONS = SwimOptions.every(1000).withView(VIEW);
    private static final int PERIOD = 1000;

    /** Numbers of peers that are no members. */
    private static final int STRANGERS = 1000;

    private long clock = 2_000_000_000L;
    private final List<SwimAction.Ask> asked = new ArrayList<>();
    private final List<SwimAction> answers = new ArrayList<>();
    private Swim swim;
    private long tickets;

    @BeforeEach
    void fillTheView() {
        swim = new Swim(Peers.identity(0), List.of(Peers.address(0)), OPTIONS, () -> Instant.ofEpochMilli(clock),
                new SplittableRandom(1));
        List<Card> cards = new ArrayList<>();
        for (int peer = 1; peer <= VIEW + 5; peer++) {
            cards.add(card(peer));
        }
        perform(new SwimInput.Recall(cards));
        perform(new SwimInput.Tick());
        for (int peer = 1; peer <= VIEW; peer++) {
            receive(new SwimMessage.Ping(sender(peer), List.of())); // so it has talked to all of them
        }
    }

    private static Card card(int peer) {
        return Card.seal(Peers.identity(peer), new Card.Content(1, List.of(Peers.address(peer)), 0, false));
    }

    private static Sender sender(int peer) {
        return new Sender(Peers.id(peer), 1, card(peer), 0);
    }

    private static Rumour rumour(int peer) {
        return Rumour.full(card(peer), MemberState.ALIVE);
    }

    private void perform(SwimInput input) {
        for (SwimAction action : swim.handle(input)) {
            if (action instanceof SwimAction.Ask ask) {
                asked.add(ask);
            } else if (action instanceof SwimAction.Answer || action instanceof SwimAction.Refuse) {
                answers.add(action);
            }
        }
    }

    private SwimMessage.Answer receive(SwimMessage.Request request) {
        answers.clear();
        perform(new SwimInput.Received(request, ++tickets));
        return assertInstanceOf(SwimAction.Answer.class, answers.getFirst()).answer();
    }

    /** Time goes on, and everybody asked answers. */
    private void pass(int periods) {
        for (int i = 0; i < 4 * periods; i++) {
            clock += PERIOD / 4;
            perform(new SwimInput.Tick());
            for (SwimAction.Ask ask : List.copyOf(asked)) {
                var sender = new Sender(ask.to().id(), 1, null, 0);
                perform(new SwimInput.Answered(ask.ticket(), new SwimMessage.Answer(sender, true, List.of()), 1));
            }
            asked.clear();
        }
    }

    private long kept() {
        Set<PeerId> first = new HashSet<>();
        for (int peer = 1; peer <= VIEW; peer++) {
            first.add(Peers.id(peer));
        }
        return swim.members().stream().map(Member::id).filter(first::contains).count();
    }

    /** Strangers swap one after the other, each with its own friends. */
    private void flood(int swaps) {
        for (int i = 0; i < swaps; i++) {
            int first = STRANGERS + 20 * i;
            receive(new SwimMessage.Sync(sender(first), 0, 0, List.of(rumour(first + 1), rumour(first + 2),
                    rumour(first + 3), rumour(first + 4), rumour(first + 5), rumour(first + 6))));
        }
    }

    @Test
    void whatIsKnownFromEarlierFillsTheViewAndNoMore() {
        assertEquals(VIEW, swim.size());
        assertEquals(VIEW, kept());
    }

    @Test
    void strangersThatOnlyPingAndRumoursFindNoPlaceInAFullView() {
        for (int stranger = STRANGERS; stranger < STRANGERS + 50; stranger++) {
            var answer = receive(new SwimMessage.Ping(sender(stranger), List.of(rumour(stranger + 100))));
            assertTrue(answer.yes());
            assertEquals(1, answer.sender().known(), "its card is not asked for again and again");
        }
        assertEquals(VIEW, kept());
    }

    @Test
    void aSwapGivesMembersWithTheirCardsAndTakesAsManyInTheirPlaces() throws Exception {
        var answer = receive(new SwimMessage.Sync(sender(STRANGERS), 0, 0, List.of(rumour(STRANGERS + 1))));
        assertFalse(answer.yes());
        assertEquals(OPTIONS.swap(), answer.rumours().size());
        for (Rumour given : answer.rumours()) {
            assertEquals(given.id(), Card.open(given.card()).id());
        }
        assertEquals(VIEW, swim.size());
        assertTrue(swim.find(Peers.id(STRANGERS)).isPresent(), "who asks becomes known");
        assertTrue(swim.find(Peers.id(STRANGERS + 1)).isPresent());
        assertEquals(VIEW - 2, kept());
    }

    @Test
    void aFloodOfSwapsReplacesABoundedShareOfTheView() {
        flood(100);
        int atOnce = SwimOptions.SWAPS * OPTIONS.swap();
        assertTrue(kept() >= VIEW - atOnce, () -> kept() + " kept");
        assertTrue(kept() < VIEW, "swaps are possible");
        pass(SwimOptions.PERIODS_PER_SWAP);
        flood(100);
        assertTrue(kept() >= VIEW - atOnce - OPTIONS.swap(), () -> kept() + " kept");
        assertEquals(VIEW, swim.size());
    }

    @Test
    void whoIsSuspectIsNotGivenAway() {
        receive(new SwimMessage.Ping(sender(1), List.of(new Rumour(Peers.id(2), MemberState.SUSPECT, 1, null, List.of(7L)))));
        assertEquals(MemberState.SUSPECT, swim.find(Peers.id(2)).orElseThrow().state());
        flood(1);
        assertEquals(MemberState.SUSPECT, swim.find(Peers.id(2)).orElseThrow().state());
    }

    @Test
    void itProbesForOthersATargetThatItDoesNotKnow() {
        asked.clear();
        int target = STRANGERS;
        perform(new SwimInput.Received(new SwimMessage.PingOther(sender(1), Peers.id(target), List.of(rumour(target))), 77));
        assertEquals(List.of(Peers.contact(target)), asked.stream().map(SwimAction.Ask::to).toList());
        assertTrue(swim.find(Peers.id(target)).isEmpty());
        answers.clear();
        perform(new SwimInput.Failed(asked.getFirst().ticket()));
        assertFalse(assertInstanceOf(SwimAction.Answer.class, answers.getFirst()).answer().yes());
    }

    @Test
    void withoutTheTargetsOwnCardItProbesNobodyItDoesNotKnow() {
        asked.clear();
        var other = Rumour.full(card(STRANGERS + 1), MemberState.ALIVE);
        var answer = receive(new SwimMessage.PingOther(sender(1), Peers.id(STRANGERS), List.of(other)));
        assertFalse(answer.yes());
        assertTrue(asked.isEmpty());
    }
}
