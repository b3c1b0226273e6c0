// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DialRankingTest {

    private static final String RELAY = "/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA/p2p-circuit";
    private static final DialRanking RANKING = new DialRanking(Duration.ofMillis(240));

    private static Map<String, Long> ranked(String... addresses) {
        var delays = new LinkedHashMap<String, Long>();
        RANKING.rank(Stream.of(addresses).map(Multiaddr::of).toList())
                .forEach(r -> delays.put(r.address().toString(), r.delay().toMillis()));
        return delays;
    }

    private static void assertRanked(Map<String, Long> expected, Map<String, Long> actual) {
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(actual.entrySet()));
    }

    private static Map<String, Long> delays(Object... pairs) {
        var delays = new LinkedHashMap<String, Long>();
        for (int i = 0; i < pairs.length; i += 2) {
            delays.put((String) pairs[i], ((Integer) pairs[i + 1]).longValue());
        }
        return delays;
    }

    @Test
    void quicLeadsThenTcpThenWebSocket() {
        assertRanked(delays("/ip4/192.0.2.1/udp/4001/quic-v1", 0, "/ip4/192.0.2.1/tcp/4001", 240,
                "/ip4/192.0.2.1/tcp/443/tls/ws", 480),
                ranked("/ip4/192.0.2.1/tcp/443/tls/ws", "/ip4/192.0.2.1/tcp/4001", "/ip4/192.0.2.1/udp/4001/quic-v1"));
    }

    @Test
    void versionSixLeadsAndVersionFourFollowsThenAllOthersTogether() {
        assertRanked(delays("/ip6/2001:db8::1/tcp/1", 0, "/ip4/192.0.2.1/tcp/1", 240, "/ip6/2001:db8::2/tcp/1", 480,
                "/ip4/192.0.2.2/tcp/1", 480, "/ip4/192.0.2.3/tcp/1", 480),
                ranked("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/1", "/ip4/192.0.2.3/tcp/1", "/ip6/2001:db8::1/tcp/1",
                        "/ip6/2001:db8::2/tcp/1"));
    }

    @Test
    void addressesOfTheSiteGoTheirOwnWayInShortSteps() {
        assertRanked(delays("/ip4/192.168.1.2/udp/1/quic-v1", 0, "/ip4/192.0.2.1/udp/1/quic-v1", 0,
                "/ip4/192.168.1.2/tcp/1", 30, "/ip4/192.0.2.1/tcp/1", 240),
                ranked("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.1/udp/1/quic-v1", "/ip4/192.168.1.2/tcp/1",
                        "/ip4/192.168.1.2/udp/1/quic-v1"));
    }

    @Test
    void relaysWaitForTheDirectWays() {
        assertRanked(delays("/ip4/192.0.2.1/tcp/1", 0, "/ip4/192.0.2.9/tcp/1" + RELAY, 480),
                ranked("/ip4/192.0.2.9/tcp/1" + RELAY, "/ip4/192.0.2.1/tcp/1"));
        assertRanked(delays("/ip4/192.0.2.9/tcp/1" + RELAY, 0), ranked("/ip4/192.0.2.9/tcp/1" + RELAY));
    }

    @Test
    void amongEqualsTheOneThatWorkedLastStaysInFront() {
        assertRanked(delays("/ip4/192.0.2.2/tcp/9", 0, "/ip4/192.0.2.1/tcp/1", 240),
                ranked("/ip4/192.0.2.2/tcp/9", "/ip4/192.0.2.1/tcp/1"));
    }

    @Test
    void anUnknownWayComesLongAfterTheKnownOnes() {
        assertRanked(delays("/ip4/192.0.2.1/tcp/1", 0, "/ip4/192.0.2.1/udp/1/webrtc-direct", 960),
                ranked("/ip4/192.0.2.1/udp/1/webrtc-direct", "/ip4/192.0.2.1/tcp/1"));
    }

    @Provide
    Arbitrary<List<Multiaddr>> addresses() {
        Arbitrary<String> hosts = Arbitraries.of("/ip4/127.0.0.1", "/ip4/10.0.0.1", "/ip4/192.0.2.1", "/ip4/192.0.2.2",
                "/ip6/::1", "/ip6/fd00::1", "/ip6/2001:db8::1");
        Arbitrary<String> ways = Arbitraries.of("/tcp/1", "/tcp/2", "/udp/1/quic-v1", "/tcp/3/ws", "/tcp/4/tls/ws",
                "/udp/9/webrtc-direct", "/tcp/5" + RELAY);
        return net.jqwik.api.Combinators.combine(hosts, ways).as((host, way) -> Multiaddr.of(host + way)).list()
                .ofMaxSize(30);
    }

    @Property
    void everyAddressAppearsOnceInTheOrderOfItsDelay(@ForAll("addresses") List<Multiaddr> addresses) {
        List<DialRanking.Ranked> ranked = RANKING.rank(addresses);
        assertEquals(new HashSet<>(addresses), new HashSet<>(ranked.stream().map(DialRanking.Ranked::address).toList()));
        assertEquals(new HashSet<>(addresses).size(), ranked.size());
        for (int i = 1; i < ranked.size(); i++) {
            assertTrue(ranked.get(i - 1).delay().compareTo(ranked.get(i).delay()) <= 0);
        }
        assertTrue(ranked.isEmpty() || ranked.getFirst().delay().isZero());
        assertEquals(ranked, RANKING.rank(addresses));
    }

    @Property
    void noRelayComesBeforeADirectAddressBegins(@ForAll("addresses") List<Multiaddr> addresses) {
        List<DialRanking.Ranked> ranked = RANKING.rank(addresses);
        boolean direct = ranked.stream().anyMatch(r -> !r.address().has(Protocol.P2P_CIRCUIT));
        assertTrue(!direct || !ranked.getFirst().address().has(Protocol.P2P_CIRCUIT));
    }
}
