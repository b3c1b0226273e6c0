// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.discovery.internal.Peers;

class LinkTest {

    /** The link of a machine with an address of each IP version. */
    static final Link HOME = link("eth0", "192.168.1.7", 24, "2001:db8:1::7", 64);

    static Link link(String name, String ip4, int bits4, String ip6, int bits6) {
        return new Link(name, List.of(new OwnAddress(ip(ip4), bits4), new OwnAddress(ip(ip6), bits6)));
    }

    private static ByteBuffer ip(String text) {
        return Ip.of(Multiaddr.of((text.contains(":") ? "/ip6/" : "/ip4/") + text)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.1, true", "192.168.1.255, true", "192.168.2.1, false", "192.168.0.255, false",
        "127.0.0.1, false", "169.254.169.254, false", "8.8.8.8, false", "2001:db8:1::1, true",
        "2001:db8:1:0:ffff::1, true", "2001:db8:1:1::1, false", "::1, false", "fe80::1, false",
        "::ffff:192.168.1.1, false"})
    void onlyWhatIsOnTheLinkIsBelieved(String address, boolean believed) {
        String kind = address.contains(":") ? "/ip6/" : "/ip4/";
        assertEquals(believed, HOME.believes(Multiaddr.of(kind + address + "/tcp/4001")));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 0, 11.0.0.0, true", "10.1.2.3, 1, 128.0.0.0, false", "10.1.2.3, 31, 10.1.2.2, true",
        "10.1.2.3, 32, 10.1.2.2, false", "10.1.2.3, 32, 10.1.2.3, true", "10.1.2.3, 23, 10.1.3.1, true",
        "10.1.2.3, 23, 10.1.4.1, false"})
    void aPrefixCountsItsBitsAndNoMore(String own, int bits, String other, boolean near) {
        assertEquals(near, new OwnAddress(ip(own), bits).isNextTo(ip(other)));
    }

    @Test
    void aPrefixLongerThanItsAddressIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OwnAddress(ip("10.1.2.3"), 33));
    }

    @Test
    void aHostThatListensOnLoopbackAloneHasNothingToTellOnAnyLink() {
        assertEquals(List.of(), HOME.own(Peers.addresses("/ip4/127.0.0.1/tcp/4001", "/ip6/::1/tcp/4001")));
    }

    @Test
    void onlyWhatIsListenedOnAtTheLinkIsToldThere() {
        assertEquals(Peers.addresses("/ip4/192.168.1.7/tcp/4001", "/ip4/192.168.1.7/udp/4001/quic-v1"),
                HOME.own(Peers.addresses("/ip4/192.168.1.7/tcp/4001", "/ip4/192.168.1.7/udp/4001/quic-v1",
                        "/ip4/192.168.1.8/tcp/4001", "/ip4/203.0.113.9/tcp/4001", "/ip4/127.0.0.1/tcp/4001",
                        "/ip4/192.168.1.7/tcp/1/p2p-circuit", "/dns4/example.org/tcp/4001")));
    }

    @Test
    void relayedAddressesAndNamesAreNotBelieved() {
        assertFalse(HOME.believes(Multiaddr.of("/ip4/192.168.1.1/tcp/1/p2p-circuit")));
        assertFalse(HOME.believes(Multiaddr.of("/dns4/printer.local/tcp/1")));
        assertTrue(HOME.believes(Multiaddr.of("/ip4/192.168.1.1/udp/1/quic-v1")));
    }
}
