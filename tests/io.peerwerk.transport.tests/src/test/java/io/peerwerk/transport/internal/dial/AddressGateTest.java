// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGateTest {

    private static AddressGate gate(List<String> bound, List<String> connected) {
        return new AddressGate(() -> bound.stream().map(Multiaddr::of).toList(),
                () -> connected.stream().map(Multiaddr::of).toList());
    }

    @ParameterizedTest
    @CsvSource({"/ip4/127.9.9.9/tcp/1,MACHINE", "/ip6/::1/udp/1/quic-v1,MACHINE", "/unix/tmp/x,MACHINE",
        "/ip6/::ffff:127.0.0.1/tcp/1,MACHINE", "/ip6/::ffff:169.254.169.254/tcp/80,LINK",
        "/ip4/169.254.169.254/tcp/80,LINK", "/ip6/fe80::1/tcp/1,LINK", "/ip4/10.1.2.3/tcp/1,SITE",
        "/ip4/172.31.0.1/tcp/1,SITE", "/ip4/172.32.0.1/tcp/1,EVERYWHERE", "/ip4/100.64.0.1/tcp/1,SITE",
        "/ip4/100.128.0.1/tcp/1,EVERYWHERE", "/ip6/fd12::1/tcp/1,SITE", "/ip6/2001:db8::1/tcp/1,EVERYWHERE",
        "/ip4/0.0.0.0/tcp/1,NOWHERE", "/ip4/0.1.2.3/tcp/1,NOWHERE", "/ip6/::/tcp/1,NOWHERE",
        "/ip4/224.0.0.251/udp/5353/quic-v1,NOWHERE", "/ip6/ff02::1/tcp/1,NOWHERE", "/ip4/255.255.255.255/tcp/1,NOWHERE",
        "/ip4/192.0.2.1/tcp/0,NOWHERE", "/dns4/example.org/tcp/1,EVERYWHERE"})
    void theScopeOfAnAddressIsReadFromIt(String address, AddressScope scope) {
        assertEquals(scope, AddressScope.of(Multiaddr.of(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/127.0.0.1/tcp/22", "/ip6/::1/tcp/22", "/ip4/169.254.169.254/tcp/80",
        "/ip6/::ffff:127.0.0.1/tcp/22", "/ip4/0.0.0.0/tcp/22", "/ip4/224.0.0.1/tcp/22", "/unix/run/docker.sock",
        "/ip4/127.0.0.1/tcp/22/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA/p2p-circuit"})
    void aPeerCannotSendUsToServicesOfThisMachineOrItsCloud(String address) {
        AddressGate gate = gate(List.of("/ip4/127.0.0.1/tcp/4001", "/ip4/192.168.1.7/tcp/4001"),
                List.of("/ip4/192.0.2.1/tcp/4001"));
        assertFalse(gate.permits(Multiaddr.of(address)));
    }

    @Test
    void aHostThatIsBoundToItsMachineAloneDialsWithinIt() {
        for (List<String> bound : Stream.of(List.<String>of(), List.of("/ip4/127.0.0.1/tcp/4001")).toList()) {
            assertTrue(gate(bound, List.of()).permits(Multiaddr.of("/ip4/127.0.0.1/tcp/4002")));
            assertFalse(gate(bound, List.of()).permits(Multiaddr.of("/ip4/169.254.169.254/tcp/80")));
        }
    }

    @Test
    void aConnectionWithinTheMachineOrTheLinkOpensTheGateForThat() {
        List<String> wide = List.of("/ip4/192.168.1.7/tcp/4001");
        Multiaddr loopback = Multiaddr.of("/ip4/127.0.0.1/tcp/4002");
        Multiaddr link = Multiaddr.of("/ip4/169.254.7.7/tcp/4002");
        assertTrue(gate(wide, List.of("/ip4/127.0.0.1/tcp/9")).permits(loopback));
        assertFalse(gate(wide, List.of("/ip4/127.0.0.1/tcp/9")).permits(link));
        assertTrue(gate(wide, List.of("/ip4/169.254.1.1/tcp/9")).permits(link));
        assertFalse(gate(wide, List.of("/ip4/169.254.1.1/tcp/9")).permits(loopback));
    }

    @Test
    void siteAndPublicAddressesPass() {
        AddressGate gate = gate(List.of("/ip4/192.168.1.7/tcp/4001"), List.of());
        assertTrue(gate.permits(Multiaddr.of("/ip4/10.0.0.1/tcp/1")));
        assertTrue(gate.permits(Multiaddr.of("/ip6/2001:db8::1/tcp/1")));
    }
}
