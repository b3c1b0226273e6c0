// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResolverTest {

    private static final String PEER = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
    private static final String OTHER = "QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private NameServer server;
    private Instant now = Instant.EPOCH;
    private Resolver resolver;

    @BeforeEach
    void start() throws IOException {
        server = new NameServer().host("both.example", "192.0.2.1").host("both.example", "192.0.2.2")
                .host("both.example", "2001:db8::1");
        resolver = new Resolver(new DomainNames(server.url()), threads, () -> now);
    }

    @AfterEach
    void stop() {
        server.close();
        threads.shutdownNow();
    }

    private List<String> resolve(String address) throws IOException {
        return resolver.resolve(Multiaddr.of(address), LIMIT).stream().map(Multiaddr::toString).toList();
    }

    @Test
    void aHostHasItsAddressesOfTheWantedVersions() throws IOException {
        assertEquals(List.of("/ip4/192.0.2.1/tcp/4001", "/ip4/192.0.2.2/tcp/4001"), resolve("/dns4/both.example/tcp/4001"));
        assertEquals(List.of("/ip6/2001:db8::1/udp/1/quic-v1"), resolve("/dns6/both.example/udp/1/quic-v1"));
        assertEquals(List.of("/ip4/192.0.2.1/tcp/1/p2p/" + PEER, "/ip4/192.0.2.2/tcp/1/p2p/" + PEER,
                "/ip6/2001:db8::1/tcp/1/p2p/" + PEER), resolve("/dns/both.example/tcp/1/p2p/" + PEER));
    }

    @Test
    void anAddressWithoutANameStaysAsItIs() throws IOException {
        assertEquals(List.of("/ip4/192.0.2.9/tcp/1"), resolve("/ip4/192.0.2.9/tcp/1"));
        assertEquals(List.of(), server.asked());
    }

    @Test
    void aWebSocketOverTlsKeepsTheNameForTheCertificate() throws IOException {
        String expected = "/ip6/2001:db8::1/tcp/443/tls/sni/both.example/ws";
        assertEquals(List.of(expected), resolve("/dns6/both.example/tcp/443/wss"));
        assertEquals(List.of(expected), resolve("/dns6/both.example/tcp/443/tls/ws"));
        assertEquals(List.of(expected + "/p2p/" + PEER), resolve("/dns6/both.example/tcp/443/wss/p2p/" + PEER));
        assertEquals(List.of("/ip6/2001:db8::1/tcp/443/tls/sni/own.example/ws"),
                resolve("/dns6/both.example/tcp/443/tls/sni/own.example/ws"));
        assertEquals(List.of("/ip6/2001:db8::1/tcp/80/ws"), resolve("/dns6/both.example/tcp/80/ws"));
    }

    @Test
    void wholeAddressesStandInTextRecords() throws IOException {
        server.text("_dnsaddr.net.example", "dnsaddr=/ip4/192.0.2.7/tcp/4001/p2p/" + PEER)
                .text("_dnsaddr.net.example", "dnsaddr=/dns6/both.example/tcp/4001/p2p/" + OTHER)
                .text("_dnsaddr.net.example", "v=spf1 a strange record").text("_dnsaddr.net.example", "dnsaddr=/what/is/this");
        assertEquals(List.of("/ip4/192.0.2.7/tcp/4001/p2p/" + PEER, "/ip6/2001:db8::1/tcp/4001/p2p/" + OTHER),
                resolve("/dnsaddr/net.example").stream().sorted().toList());
        assertEquals(List.of("/ip6/2001:db8::1/tcp/4001/p2p/" + OTHER), resolve("/dnsaddr/net.example/p2p/" + OTHER));
        assertEquals(List.of("/ip4/192.0.2.7/tcp/4001/p2p/" + PEER + "/p2p-circuit/p2p/" + OTHER),
                resolve("/dnsaddr/net.example/p2p/" + PEER + "/p2p-circuit/p2p/" + OTHER));
    }

    @Test
    void recordsThatPointInACircleEnd() {
        server.text("_dnsaddr.round.example", "dnsaddr=/dnsaddr/round.example")
                .text("_dnsaddr.round.example", "dnsaddr=/dnsaddr/round.example");
        assertThrows(IOException.class, () -> resolve("/dnsaddr/round.example"));
    }

    @Test
    void namesWithinNamesAreFollowedToADepthAndNoFurther() throws IOException {
        for (int i = 1; i < 9; i++) {
            server.text("_dnsaddr." + i + ".example", "dnsaddr=" + (i == 4 || i == 8 ? "/ip4/192.0.2.4/tcp/1"
                    : "/dnsaddr/" + (i + 1) + ".example"));
        }
        assertEquals(List.of("/ip4/192.0.2.4/tcp/1"), resolve("/dnsaddr/1.example"));
        server.text("_dnsaddr.0.example", "dnsaddr=/dnsaddr/1.example");
        assertThrows(IOException.class, () -> resolve("/dnsaddr/0.example"));
    }

    @Test
    void aTreeOfNamesThatGrowsWithEveryLevelCostsFewLookups() {
        var asked = new ArrayList<String>();
        var bomb = new Names() {
            @Override
            public List<InetAddress> addresses(String host) {
                throw new AssertionError("there is none");
            }

            @Override
            public List<String> texts(String name) {
                asked.add(name);
                var all = new ArrayList<String>();
                for (int i = 0; i < 1000; i++) {
                    all.add("dnsaddr=/dnsaddr/" + i + "." + name.substring("_dnsaddr.".length()));
                }
                return all;
            }
        };
        var bombed = new Resolver(bomb, threads, () -> now);
        assertThrows(IOException.class, () -> bombed.resolve(Multiaddr.of("/dnsaddr/b.example"), LIMIT));
        assertTrue(asked.size() <= Resolver.MAX_LOOKUPS, () -> asked.size() + " lookups");
    }

    @Test
    void noMoreThanSoManyAddressesComeOutOfOne() throws IOException {
        for (int i = 0; i < 40; i++) {
            server.host("many.example", "192.0.2." + i);
        }
        assertEquals(Resolver.MAX_RESULTS, resolve("/dns4/many.example/tcp/1").size());
    }

    @Test
    void anAnswerIsKeptForAMinute() throws IOException {
        resolve("/dns4/both.example/tcp/1");
        int before = server.asked().size();
        resolve("/dns4/BOTH.example/tcp/2");
        assertEquals(before, server.asked().size());
        now = now.plusSeconds(61);
        resolve("/dns4/both.example/tcp/1");
        assertTrue(server.asked().size() > before);
    }

    @Test
    void aNameThatNobodyKnowsIsAnErrorInWords() {
        IOException unknown = assertThrows(IOException.class, () -> resolve("/dns4/nobody.example/tcp/1"));
        assertEquals("no address is known for nobody.example", unknown.getMessage());
        IOException none = assertThrows(IOException.class, () -> resolve("/dnsaddr/nobody.example"));
        assertEquals("no address is known for nobody.example", none.getMessage());
    }

    @Test
    void aNameServerThatSaysNothingIsNotWaitedForLongerThanTheLimit() {
        server.fallSilent();
        IOException late = assertThrows(IOException.class, () ->
                resolver.resolve(Multiaddr.of("/dns4/both.example/tcp/1"), Duration.ofMillis(50)));
        assertTrue(late.getMessage().startsWith("no answer in time"), late::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap:x", "a..b", ".", "a:b", "a\\b", "\"a\""})
    void whatIsNoNameOfAHostIsNotAskedFor(String name) {
        assertThrows(IOException.class, () -> resolve("/dns4/" + name + "/tcp/1"));
        assertEquals(List.of(), server.asked());
    }

    @Test
    void theMachinesOwnNamesAreKnown() throws IOException {
        var own = new Resolver(new DomainNames(), threads, () -> now);
        assertEquals(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/1")),
                own.resolve(Multiaddr.of("/dns4/localhost/tcp/1"), LIMIT));
    }
}
