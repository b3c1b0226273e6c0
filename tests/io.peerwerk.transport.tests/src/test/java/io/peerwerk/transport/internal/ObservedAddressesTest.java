// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.internal.ObservedAddresses.Sighting;
import io.peerwerk.transport.spi.Swarm.Observation;
import io.peerwerk.transport.spi.Swarm.Translation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ObservedAddressesTest {

    private static final Multiaddr BOUND = Multiaddr.of("/ip4/10.0.0.5/tcp/4001");
    private static final Multiaddr OUTSIDE = Multiaddr.of("/ip4/198.51.100.9/tcp/61001");

    private Instant now = Instant.EPOCH;
    private final ObservedAddresses observed = new ObservedAddresses(() -> now);

    @Test
    void anAddressThatFourNetworksAgreeAboutIsLikely() {
        for (int i = 1; i <= 3; i++) {
            saw(observer(i), OUTSIDE);
        }
        assertEquals(List.of(new Observation(OUTSIDE, BOUND, 3)), observed.all());
        assertFalse(observed.all().getFirst().isLikely());
        saw(observer(4), OUTSIDE);
        assertTrue(observed.all().getFirst().isLikely());
    }

    @Test
    void manyPeersOnOneMachineHaveOneVoice() {
        for (int port = 1; port <= 50; port++) {
            saw(Multiaddr.of("/ip4/203.0.113.1/tcp/" + port), OUTSIDE);
        }
        assertEquals(List.of(new Observation(OUTSIDE, BOUND, 1)), observed.all());
    }

    @Test
    void theSiteOfAnIpv6AddressHasOneVoice() {
        Multiaddr bound = Multiaddr.of("/ip6/fd00::5/udp/4001/quic-v1");
        Multiaddr outside = Multiaddr.of("/ip6/2001:db8:ffff::5/udp/4001/quic-v1");
        for (String remote : List.of("2001:db8:1:100::1", "2001:db8:1:1ff::7", "2001:db8:1:200::1")) {
            sees(new Sighting(bound, Multiaddr.of("/ip6/" + remote + "/udp/1/quic-v1"), true, outside));
        }
        assertEquals(List.of(new Observation(outside, bound, 2)), observed.all());
    }

    @Test
    void aPeerThatChangesItsMindHasOneVoiceStill() {
        saw(observer(1), Multiaddr.of("/ip4/198.51.100.66/tcp/1"));
        saw(observer(1), OUTSIDE);
        assertEquals(List.of(new Observation(OUTSIDE, BOUND, 1)), observed.all());
    }

    @Test
    void whatMostAgreeAboutComesFirstAndOnlyAFewAreKept() {
        for (int i = 1; i <= 20; i++) {
            saw(observer(i), i > 15 ? OUTSIDE : Multiaddr.of("/ip4/198.51.100.66/tcp/" + i));
        }
        List<Observation> all = observed.all();
        assertEquals(new Observation(OUTSIDE, BOUND, 5), all.getFirst());
        assertEquals(ObservedAddresses.MAX_EACH, all.size());
    }

    @Test
    void aVoteCountsAWhileAfterItsConnectionHasGone() {
        var connection = new Object();
        observed.saw(connection, new Sighting(BOUND, observer(1), true, OUTSIDE));
        now = now.plus(Duration.ofDays(3));
        assertEquals(1, observed.all().size(), "a long connection holds its vote");
        observed.closed(connection);
        now = now.plus(ObservedAddresses.KEPT);
        assertEquals(1, observed.all().size());
        now = now.plusMillis(1);
        assertEquals(List.of(), observed.all());
    }

    @Test
    void anotherConnectionOfTheSamePeerHoldsTheVote() {
        var first = new Object();
        var second = new Object();
        observed.saw(first, new Sighting(BOUND, observer(1), true, OUTSIDE));
        observed.saw(second, new Sighting(BOUND, observer(1), true, OUTSIDE));
        observed.closed(first);
        now = now.plus(Duration.ofDays(1));
        assertEquals(1, observed.all().size());
    }

    @Test
    void whatCannotBeAnAddressForOthersIsPassedOver() {
        for (String seen : List.of("/ip4/127.0.0.1/tcp/4001", "/ip4/0.0.0.0/tcp/4001", "/ip4/224.0.0.1/tcp/1",
                "/ip4/169.254.1.1/tcp/1", "/ip4/198.51.100.9/tcp/0", "/ip4/198.51.100.9/udp/1/quic-v1",
                "/ip6/2001:db8::1/tcp/1", "/dns4/peer.example/tcp/1", "/unix/tmp/x",
                "/ip4/198.51.100.9/tcp/1/p2p/12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB/p2p-circuit")) {
            saw(observer(1), Multiaddr.of(seen));
            assertEquals(List.of(), observed.all(), seen);
        }
        saw(Multiaddr.of("/ip4/127.0.0.1/tcp/1"), OUTSIDE);
        saw(Multiaddr.of("/unix/tmp/x"), OUTSIDE);
        assertEquals(List.of(), observed.all(), "an observer on this machine");
    }

    @Test
    void anAddressThatIsListenedOnIsNoNews() {
        saw(observer(1), BOUND);
        assertEquals(List.of(), observed.all());
    }

    @Test
    void whatIsSpokenOverTheSocketStays() {
        Multiaddr bound = Multiaddr.of("/ip4/10.0.0.5/tcp/4002/ws");
        sees(new Sighting(bound, observer(1), false, OUTSIDE));
        assertEquals(Multiaddr.of("/ip4/198.51.100.9/tcp/61001/ws"), observed.all().getFirst().address());
    }

    @Test
    void votesAreBounded() {
        for (int i = 0; i < 3 * ObservedAddresses.MAX_VOTES; i++) {
            saw(Multiaddr.of("/ip4/100.64." + i / 256 + "." + i % 256 + "/tcp/1"), OUTSIDE);
        }
        assertEquals(ObservedAddresses.MAX_VOTES, observed.all().getFirst().peers());
    }

    @Test
    void aTranslatorThatGivesAllPeersTheSamePortIsIndependentOfThem() {
        assertEquals(Translation.UNKNOWN, observed.translation(Protocol.TCP));
        saw(observer(1), OUTSIDE);
        assertEquals(Translation.UNKNOWN, observed.translation(Protocol.TCP));
        saw(observer(2), OUTSIDE);
        saw(observer(3), Multiaddr.of("/ip4/198.51.100.9/tcp/61002"));
        assertEquals(Translation.ENDPOINT_INDEPENDENT, observed.translation(Protocol.TCP));
        assertEquals(Translation.UNKNOWN, observed.translation(Protocol.UDP));
    }

    @Test
    void aTranslatorThatGivesEachPeerAnotherPortDependsOnThem() {
        for (int i = 1; i <= 4; i++) {
            saw(observer(i), Multiaddr.of("/ip4/198.51.100.9/tcp/" + (61000 + i)));
        }
        assertEquals(Translation.ENDPOINT_DEPENDENT, observed.translation(Protocol.TCP));
    }

    @Test
    void neighboursOnTheSameSideOfTheTranslatorSayNothingAboutIt() {
        for (int i = 1; i <= 9; i++) {
            saw(Multiaddr.of("/ip4/10.0.0.1" + i + "/tcp/1"), BOUND);
        }
        assertEquals(Translation.ENDPOINT_INDEPENDENT, observed.translation(Protocol.TCP), "there seems to be none");
        saw(observer(1), OUTSIDE);
        assertEquals(Translation.UNKNOWN, observed.translation(Protocol.TCP));
    }

    @Test
    void peersThatHaveDialledSayNothingAboutTheTranslator() {
        for (int i = 1; i <= 4; i++) {
            sees(new Sighting(BOUND, observer(i), false, OUTSIDE));
        }
        assertEquals(Translation.UNKNOWN, observed.translation(Protocol.TCP));
    }

    /** Against the rule told in a few lines: the latest word of each network that a connection stands behind. */
    @Property(tries = 200)
    void theCountIsThatOfTheLatestWords(@ForAll long seed) {
        var observed = new ObservedAddresses(() -> Instant.EPOCH);
        var random = new Random(seed);
        var words = new HashMap<Integer, Multiaddr>();
        for (int i = 0; i < 100; i++) {
            int who = 1 + random.nextInt(20);
            Multiaddr seen = Multiaddr.of("/ip4/198.51.100.9/tcp/" + (1 + random.nextInt(3)));
            observed.saw(new Object(), new Sighting(BOUND, observer(who), true, seen));
            words.put(who, seen);
        }
        Map<Multiaddr, Integer> counts = new HashMap<>();
        words.values().forEach(seen -> counts.merge(seen, 1, Integer::sum));
        var expected = new HashSet<Observation>();
        counts.forEach((seen, count) -> expected.add(new Observation(seen, BOUND, count)));
        assertEquals(expected, new HashSet<>(observed.all()));
    }

    private static Multiaddr observer(int number) {
        return Multiaddr.of("/ip4/203.0.113." + number + "/tcp/1");
    }

    private void saw(Multiaddr observer, Multiaddr seen) {
        sees(new Sighting(BOUND, observer, true, seen));
    }

    private void sees(Sighting sighting) {
        observed.saw(new Object(), sighting);
    }
}
