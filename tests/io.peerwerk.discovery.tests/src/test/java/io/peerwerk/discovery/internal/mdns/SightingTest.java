// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.dns.Captured;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.dns.DomainName;
import io.peerwerk.discovery.internal.dns.ResourceRecord;

class SightingTest {

    private static final DomainName INSTANCE = Presence.SERVICE.child("somebody");

    private final PeerId peer = Peers.id();
    private final PeerId other = Peers.id();

    @Test
    void aPeerOfJsLibp2pIsSeenWithAllItsAddresses() throws FormatException {
        Link link = LinkTest.link("eth0", "10.77.0.2", 24, "2001:db8:1::7", 64);
        assertEquals(List.of(new Sighting(PeerId.parse(Captured.JS_PEER),
                Peers.addresses("/ip4/10.77.0.1/tcp/41275", "/ip4/10.77.0.1/tcp/43325"))),
                Sighting.in(DnsMessage.parse(Captured.JS_RESPONSE), link));
    }

    @Test
    void aPeerOfGoLibp2pIsSeenWithAllItsAddresses() throws FormatException {
        Link link = LinkTest.link("eth0", "10.77.0.2", 24, "2001:db8:1::7", 64);
        assertEquals(List.of(new Sighting(PeerId.parse(Captured.JS_PEER),
                Peers.addresses("/ip4/10.77.0.1/tcp/4001", "/ip4/10.77.0.1/udp/4001/quic-v1"))),
                Sighting.in(DnsMessage.parse(Captured.GO_RESPONSE), link));
    }

    @Test
    void addressesOfAnotherPeerAreLeftOut() {
        assertEquals(List.of(new Sighting(peer, Peers.addresses("/ip4/192.168.1.9/tcp/1"))),
                seen("dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer, "dnsaddr=/ip4/192.168.1.9/tcp/2/p2p/" + other));
    }

    @Test
    void addressesBeyondTheLinkAreLeftOut() {
        assertEquals(List.of(), seen("dnsaddr=/ip4/169.254.169.254/tcp/80/p2p/" + peer,
                "dnsaddr=/ip4/127.0.0.1/tcp/80/p2p/" + peer, "dnsaddr=/ip4/198.51.100.1/tcp/80/p2p/" + peer,
                "dnsaddr=/dns4/example.org/tcp/80/p2p/" + peer,
                "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + other + "/p2p-circuit/p2p/" + peer));
    }

    @Test
    void whatIsNoAddressOfAPeerIsLeftOut() {
        assertEquals(List.of(), seen("dnsaddr=", "dnsaddr=/ip4/192.168.1.9/tcp/1", "dnsaddr=/p2p/" + peer,
                "dnsaddr=/unheard-of/1/p2p/" + peer, "/ip4/192.168.1.9/tcp/1/p2p/" + peer, "model=printer"));
    }

    @Test
    void aTextUnderAnotherNameIsNotTheirs() {
        var message = DnsMessage.response(List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, 120)),
                List.of(text(Presence.SERVICE.child("another"), "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer)));
        assertEquals(List.of(), Sighting.in(message, LinkTest.HOME));
    }

    @Test
    void aTextThatNoPointerLeadsToIsNotRead() {
        var message = DnsMessage.response(List.of(text(INSTANCE, "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer)), List.of());
        assertEquals(List.of(), Sighting.in(message, LinkTest.HOME));
    }

    @Test
    void aPointerThatLeadsOutOfTheServiceIsNotFollowed() {
        DomainName elsewhere = DomainName.of("somebody._ipp._tcp.local");
        var message = DnsMessage.response(List.of(new ResourceRecord.Pointer(Presence.SERVICE, elsewhere, 120)),
                List.of(text(elsewhere, "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer)));
        assertEquals(List.of(), Sighting.in(message, LinkTest.HOME));
    }

    @Test
    void aFarewellTakesThePeerBack() {
        var message = DnsMessage.response(List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, 0)),
                List.of(text(INSTANCE, "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer)));
        assertEquals(List.of(new Sighting(peer, List.of())), Sighting.in(message, LinkTest.HOME));
    }

    @Test
    void aPeerWithAThousandAddressesCountsWithAFew() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add("dnsaddr=/ip4/192.168.1.9/tcp/" + (1 + i) + "/p2p/" + peer);
        }
        assertEquals(Sighting.MAX_ADDRESSES, seen(many.toArray(String[]::new)).getFirst().addresses().size());
    }

    @Test
    void aMessageThatTellsOfAHundredPeersCountsForAFew() {
        List<ResourceRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            DomainName instance = Presence.SERVICE.child("peer" + i);
            records.add(new ResourceRecord.Pointer(Presence.SERVICE, instance, 120));
            records.add(text(instance, "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + Peers.id()));
        }
        assertEquals(Sighting.MAX_PEERS, Sighting.in(DnsMessage.response(records, List.of()), LinkTest.HOME).size());
    }

    @Test
    void aQuestionTellsOfNobody() {
        var message = new DnsMessage(false, List.of(), List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, 120),
                text(INSTANCE, "dnsaddr=/ip4/192.168.1.9/tcp/1/p2p/" + peer)), List.of());
        assertEquals(List.of(), Sighting.in(message, LinkTest.HOME));
    }

    private static List<Sighting> seen(String... strings) {
        return Sighting.in(DnsMessage.response(List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, 120)),
                List.of(text(INSTANCE, strings))), LinkTest.HOME);
    }

    private static ResourceRecord text(DomainName name, String... strings) {
        return new ResourceRecord.Text(name, List.of(strings), 120);
    }
}
