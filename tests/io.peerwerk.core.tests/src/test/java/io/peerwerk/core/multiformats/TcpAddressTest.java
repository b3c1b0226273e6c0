// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpAddressTest {

    private static final String PEER = "/p2p/12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV";

    @Test
    void aPlainAddressIsASocketWithOrWithoutPeer() throws UnknownHostException {
        var socket = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 4001);
        assertEquals(Optional.of(socket), Multiaddr.of("/ip4/127.0.0.1/tcp/4001").tcpAddress());
        assertEquals(Optional.of(socket), Multiaddr.of("/ip4/127.0.0.1/tcp/4001" + PEER).tcpAddress());
        assertEquals("/ip4/127.0.0.1/tcp/4001", Multiaddr.tcp(socket).toString());
    }

    @Test
    void anIpv6AddressIsASocketToo() throws UnknownHostException {
        var socket = new InetSocketAddress(InetAddress.getByName("::1"), 4001);
        assertEquals(Optional.of(socket), Multiaddr.of("/ip6/::1/tcp/4001").tcpAddress());
        assertEquals("/ip6/::1/tcp/4001", Multiaddr.tcp(socket).toString());
    }

    @Test
    void aMappedAddressLeadsToTheIpv4Host() throws UnknownHostException {
        InetSocketAddress socket = Multiaddr.of("/ip6/::ffff:192.0.2.1/tcp/1").tcpAddress().orElseThrow();
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, socket.getAddress().getAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns", "dns4", "dns6", "dnsaddr"})
    void aNameIsNotResolvedHere(String protocol) {
        Multiaddr address = Multiaddr.of("/" + protocol + "/no.such.host.invalid/tcp/443");
        InetSocketAddress socket = address.tcpAddress().orElseThrow();
        assertTrue(socket.isUnresolved());
        assertEquals("no.such.host.invalid", socket.getHostString());
        assertEquals(443, socket.getPort());
    }

    @Test
    void anUnresolvedSocketBecomesAName() {
        var socket = InetSocketAddress.createUnresolved("peer.example", 1);
        assertEquals("/dns/peer.example/tcp/1", Multiaddr.tcp(socket).toString());
    }

    @Test
    void aZoneIsTheScopeOfALinkLocalAddress() throws Exception {
        InetSocketAddress byNumber = Multiaddr.of("/ip6zone/1/ip6/fe80::1/tcp/9").tcpAddress().orElseThrow();
        assertEquals(1, assertInstanceOf(Inet6Address.class, byNumber.getAddress()).getScopeId());
        assertEquals("/ip6zone/1/ip6/fe80::1/tcp/9", Multiaddr.tcp(byNumber).toString());
        NetworkInterface here = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
        Multiaddr named = Multiaddr.of("/ip6zone/" + here.getName() + "/ip6/fe80::1/tcp/9");
        InetSocketAddress byName = named.tcpAddress().orElseThrow();
        assertEquals(here.getIndex(), assertInstanceOf(Inet6Address.class, byName.getAddress()).getScopeId());
    }

    @Test
    void anyAddressWithAnyZoneIsASocket() {
        for (String ip : new String[] {"::", "::1", "2001:db8::1", "fe80::1", "ff02::1", "::ffff:1.2.3.4"}) {
            for (String zone : new String[] {"lo", "1", "0", "999999999", "9999999999", "x%y"}) {
                Multiaddr address = Multiaddr.of("/ip6zone/" + zone + "/ip6/" + ip + "/tcp/9");
                assertTrue(address.tcpAddress().isPresent(), address.toString());
            }
        }
    }

    @Test
    void aZoneThatIsNotHereIsLeftOut() {
        InetSocketAddress socket = Multiaddr.of("/ip6zone/no-such-zone/ip6/fe80::1/tcp/9").tcpAddress().orElseThrow();
        assertEquals(0, assertInstanceOf(Inet6Address.class, socket.getAddress()).getScopeId());
        assertFalse(socket.isUnresolved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/127.0.0.1/udp/1", "/ip4/127.0.0.1", "/tcp/1", "/ip4/1.2.3.4/tcp/1/ws",
        "/ip4/1.2.3.4/tcp/1/tls", "/ip4/1.2.3.4/tcp/1/unix/a", "/ip6zone/1", "/ip6zone/1/ip4/1.2.3.4/tcp/1", PEER,
        "/unix/a", "/ip4/1.2.3.4/udp/1/quic-v1", "/ip4/1.2.3.4/tcp/1" + PEER + "/p2p-circuit",
        "/ip4/1.2.3.4/tcp/1" + PEER + "/p2p-circuit" + PEER, "/tcp/1/tcp/2", "/ip4/1.2.3.4/ip4/1.2.3.4/tcp/1",
        "/ip6zone/1/tcp/2"})
    void whatNeedsMoreThanTcpIsNoPlainAddress(String text) {
        assertEquals(Optional.empty(), Multiaddr.of(text).tcpAddress());
    }
}
