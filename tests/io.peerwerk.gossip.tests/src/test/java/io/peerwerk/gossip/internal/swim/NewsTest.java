// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;

class NewsTest {

    private final News news = new News();
    private final List<Belief> peers = ProbeOrderTest.beliefs(30);

    @Test
    void aPieceOfNewsIsPassedOnSoOftenAndNoMore() {
        news.add(peers.get(0), 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(peers.get(0).rumour()), news.take(of(5), null));
        }
        assertTrue(news.take(of(5), null).isEmpty());
        assertTrue(news.isEmpty());
    }

    @Test
    void theFreshestComesFirstAndEachGetsItsTurn() {
        news.add(peers.get(0), 2);
        news.add(peers.get(1), 2);
        assertEquals(List.of(peers.get(1).rumour()), news.take(of(1), null));
        assertEquals(List.of(peers.get(0).rumour()), news.take(of(1), null));
        assertEquals(List.of(peers.get(1).rumour()), news.take(of(1), null));
        assertEquals(List.of(peers.get(0).rumour()), news.take(of(1), null));
        assertTrue(news.isEmpty());
    }

    @Test
    void whatIsToldIsWhatIsBelievedThen() {
        news.add(peers.get(0), 2);
        peers.get(0).state = MemberState.DEAD;
        assertEquals(MemberState.DEAD, news.take(of(1), null).getFirst().state());
    }

    @Test
    void nobodyIsToldAboutItselfAndYetItEnds() {
        news.add(peers.get(0), 3);
        for (int i = 0; i < 3; i++) {
            assertTrue(news.take(of(5), peers.get(0)).isEmpty());
        }
        assertTrue(news.isEmpty());
    }

    @Test
    void anAnswerRepeatsNothingThatTheRequestSaidAndUsesNothingUp() {
        news.add(peers.get(0), 1);
        news.add(peers.get(1), 1);
        assertEquals(List.of(peers.get(0).rumour()), news.show(of(5), peers.get(2), List.of(peers.get(1).rumour())));
        assertEquals(List.of(peers.get(1).rumour()), news.show(of(5), peers.get(0), List.of()));
        assertEquals(2, news.take(of(5), null).size());
    }

    @Test
    void inventedPeersDoNotHoldUpTheNewsAboutRealOnes() {
        for (int i = 0; i < 25; i++) {
            news.add(peers.get(i), 5);
        }
        peers.get(28).met = true;
        peers.get(29).met = true;
        news.add(peers.get(28), 5);
        for (int i = 0; i < 5; i++) {
            assertTrue(news.take(of(4), null).contains(peers.get(28).rumour()));
        }
    }

    @Test
    void onePeerThatIsForgottenIsToldNoMore() {
        news.add(peers.get(0), 3);
        news.drop(peers.get(0));
        assertTrue(news.take(of(5), null).isEmpty());
        news.add(peers.get(0), 1);
        assertEquals(1, news.take(of(5), null).size());
    }

    @Test
    void aCardThatIsLongerThanAPacketGoesAlone() {
        List<Multiaddr> longest = IntStream.range(0, Member.MAX_ADDRESSES).mapToObj(i -> Multiaddr.of(
                "/ip6/2001:db8::" + (i + 1) + "/tcp/4001" + "/ws/ip6/::1/tcp/65535".repeat(4))).toList();
        var big = new Belief(Card.seal(Peers.identity(9), new Card.Content(1, longest, 0, false)), MemberState.ALIVE);
        assertTrue(big.rumour().weight() > SwimOptions.PIGGY_BACK);
        news.add(big, 1);
        assertEquals(List.of(big.rumour()), news.take(10, null));
        assertTrue(news.isEmpty());
    }

    /** Room for so many pieces of news. */
    private int of(int pieces) {
        return pieces * peers.get(0).rumour().weight() + 8 * pieces;
    }
}
