// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialPolicyTest {

    private static final Multiaddr ASKER = Multiaddr.of("/ip4/11.1.1.1/tcp/50000");

    private final DialPolicy policy = new DialPolicy(() -> List.of(Multiaddr.of("/ip4/10.0.0.5/tcp/4001"),
            Multiaddr.of("/ip6/::1/tcp/4001"), Multiaddr.of("/ip4/10.0.0.5/udp/4001/quic-v1")), false);

    @Test
    void versionOneDialsOnlyTheAddressOfTheAsker() {
        var own = Multiaddr.of("/ip4/11.1.1.1/tcp/4001");
        assertEquals(List.of(own), policy.atTheAsker(ASKER,
                List.of(Multiaddr.of("/ip4/11.1.1.2/tcp/4001"), own, own, Multiaddr.of("/ip4/127.0.0.1/tcp/4001"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/127.0.0.1/tcp/4001", "/ip4/169.254.169.254/tcp/80", "/ip4/192.168.1.1/tcp/80",
        "/ip6/::1/tcp/4001", "/ip6/::ffff:127.0.0.1/tcp/4001", "/dns4/localhost/tcp/80", "/dns/example.org/tcp/80",
        "/dnsaddr/example.org", "/unix/var/run/docker.sock", "/ip4/11.1.1.1/tcp/0", "/ip4/11.1.1.1/tcp/4001/ws",
        "/ip4/11.1.1.1/tcp/1/p2p/12D3KooWPtmGQg8jCv5fyhZt5YTUTELhVK1LMZT1LYKWCi3GeXqk/p2p-circuit"})
    void anAddressThatAStrangerMustNotHaveDialledIsNot(String address) {
        var wanted = Multiaddr.of(address);
        assertEquals(-1, policy.first(List.of(Optional.of(wanted))));
        assertEquals(List.of(), policy.atTheAsker(wanted, List.of(wanted)));
    }

    @Test
    void theFirstThatMayBeDialledIsTaken() {
        assertEquals(3, policy.first(List.of(Optional.empty(), Optional.of(Multiaddr.of("/ip4/10.1.1.1/tcp/1")),
                Optional.of(Multiaddr.of("/ip6/2600::1/udp/1/quic-v1")),
                Optional.of(Multiaddr.of("/ip4/11.1.1.9/udp/1/quic-v1")),
                Optional.of(Multiaddr.of("/ip4/11.1.1.9/tcp/1")))));
    }

    @Test
    void anAddressElsewhereIsForeign() {
        assertFalse(DialPolicy.isForeign(ASKER, Multiaddr.of("/ip4/11.1.1.1/udp/1/quic-v1")));
        assertTrue(DialPolicy.isForeign(ASKER, Multiaddr.of("/ip4/11.1.1.2/tcp/50000")));
        assertTrue(DialPolicy.isForeign(Multiaddr.of("/unix/a"), Multiaddr.of("/ip4/11.1.1.2/tcp/50000")));
    }

    @Test
    void onOneMachinePrivateAddressesAreDialledToo() {
        var local = new DialPolicy(() -> List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/4001")), true);
        assertEquals(0, local.first(List.of(Optional.of(Multiaddr.of("/ip4/127.0.0.1/tcp/1")))));
        assertEquals(-1, local.first(List.of(Optional.of(Multiaddr.of("/ip4/0.0.0.0/tcp/1")))));
    }
}
