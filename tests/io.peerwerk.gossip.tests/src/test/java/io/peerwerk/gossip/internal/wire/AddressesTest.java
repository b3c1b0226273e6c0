// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.virtual.Peers;

class AddressesTest {

    @Test
    void theAddressesThatOnlyThisMachineCanUseComeLast() {
        assertEquals(
                addresses("/ip4/192.168.1.7/tcp/1", "/ip6/2001:db8::1/tcp/1", "/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/1"),
                Addresses.presentable(addresses("/ip4/127.0.0.1/tcp/1", "/ip4/192.168.1.7/tcp/1", "/ip6/::1/tcp/1",
                        "/ip6/2001:db8::1/tcp/1")));
    }

    @Test
    void whatNobodyCouldDialIsNotPresented() {
        assertEquals(List.of(), Addresses.presentable(addresses("/ip4/0.0.0.0/tcp/1", "/ip6/fe80::1/tcp/1",
                "/dns4/localhost/tcp/1")));
    }

    @Test
    void thePeerIsLeftOutAndNothingIsRepeated() {
        Multiaddr address = Peers.address(1);
        assertEquals(List.of(address), Addresses.presentable(List.of(address.withPeer(Peers.id(1)), address)));
    }

    @Test
    void thereAreNotTooMany() {
        List<Multiaddr> many = IntStream.range(0, Member.MAX_ADDRESSES + 5).mapToObj(Peers::address).toList();
        assertEquals(many.subList(0, Member.MAX_ADDRESSES), Addresses.presentable(many));
        assertTrue(Addresses.presentable(List.of()).isEmpty());
    }

    private static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts).map(Multiaddr::of).toList();
    }
}
