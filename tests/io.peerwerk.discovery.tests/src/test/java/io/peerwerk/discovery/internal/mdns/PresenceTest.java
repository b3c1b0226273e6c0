// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.dns.Captured;
import io.peerwerk.discovery.internal.dns.DnsMessage;
import io.peerwerk.discovery.internal.dns.DomainName;
import io.peerwerk.discovery.internal.dns.Question;
import io.peerwerk.discovery.internal.dns.RecordType;
import io.peerwerk.discovery.internal.dns.ResourceRecord;

class PresenceTest {

    private static final String NAME = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final DomainName INSTANCE = DomainName.of(NAME + "._p2p._udp.local");

    private final PeerId me = Peers.id();
    private final Presence presence = new Presence(NAME, me,
            Peers.addresses("/ip4/192.168.1.7/tcp/4001", "/ip4/192.168.1.7/udp/4001/quic-v1", "/ip6/2001:db8:1::7/tcp/4001"));

    @Test
    void theAnswerIsInTheAnswersAndTheDetailsAreInTheAdditionals() {
        DnsMessage announcement = presence.announcement();
        assertEquals(List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, 120)), announcement.answers());
        assertTrue(announcement.additionals().contains(new ResourceRecord.Text(INSTANCE, List.of(
                "dnsaddr=/ip4/192.168.1.7/tcp/4001/p2p/" + me,
                "dnsaddr=/ip4/192.168.1.7/udp/4001/quic-v1/p2p/" + me,
                "dnsaddr=/ip6/2001:db8:1::7/tcp/4001/p2p/" + me), 120)));
    }

    @Test
    void goLibp2pFindsTheServiceAndTheMachinesAddressesItDemands() {
        var host = DomainName.of(NAME + ".p2p.local");
        List<ResourceRecord> details = presence.announcement().additionals();
        assertTrue(details.contains(new ResourceRecord.Service(INSTANCE, host, 4001, 120)));
        assertEquals(List.of(RecordType.A, RecordType.AAAA), details.stream().filter(r -> r.name().equals(host))
                .map(ResourceRecord::type).toList());
    }

    @Test
    void othersReadWhatIsTold() throws FormatException {
        DnsMessage read = DnsMessage.parse(presence.announcement().toBytes());
        assertEquals(List.of(new Sighting(me, Peers.addresses("/ip4/192.168.1.7/tcp/4001",
                "/ip4/192.168.1.7/udp/4001/quic-v1", "/ip6/2001:db8:1::7/tcp/4001"))), Sighting.in(read, LinkTest.HOME));
    }

    @Test
    void theQuestionOfOthersIsAnswered() throws FormatException {
        assertEquals(Optional.of(presence.announcement()), presence.answer(DnsMessage.parse(Captured.JS_QUERY)));
    }

    @Test
    void whoKnowsThisPeerAlreadyGetsNoAnswer() {
        assertEquals(Optional.empty(), presence.answer(knowing(60)));
        assertEquals(Optional.of(presence.announcement()), presence.answer(knowing(59)));
    }

    private DnsMessage knowing(long ttl) {
        return new DnsMessage(false, Presence.search().questions(),
                List.of(new ResourceRecord.Pointer(Presence.SERVICE, INSTANCE, ttl)), List.of());
    }

    @Test
    void toolsThatListServicesGetTheirAnswers() {
        assertEquals(List.of(new ResourceRecord.Pointer(Presence.SERVICES, Presence.SERVICE, 120)),
                asked("_services._dns-sd._udp.local", RecordType.PTR).answers());
        assertEquals(List.of(RecordType.TXT), types(asked(NAME + "._p2p._udp.local", RecordType.TXT)));
        assertEquals(List.of(RecordType.SRV), types(asked(NAME + "._p2p._udp.local", RecordType.SRV)));
        assertEquals(List.of(RecordType.TXT, RecordType.SRV), types(asked(NAME + "._p2p._udp.local", RecordType.ANY)));
        assertEquals(List.of(RecordType.A), types(asked(NAME + ".p2p.local", RecordType.A)));
        assertEquals(List.of(RecordType.AAAA), types(asked(NAME + ".p2p.local", RecordType.AAAA)));
    }

    private DnsMessage asked(String name, int type) {
        return presence.answer(DnsMessage.query(new Question(DomainName.of(name), type))).orElseThrow();
    }

    private static List<Integer> types(DnsMessage message) {
        return message.answers().stream().map(ResourceRecord::type).toList();
    }

    @Test
    void whatIsNoneOfItsBusinessIsNotAnswered() {
        assertEquals(Optional.empty(), presence.answer(DnsMessage.query(new Question(DomainName.of("_ipp._tcp.local"), RecordType.PTR))));
        assertEquals(Optional.empty(), presence.answer(DnsMessage.query(new Question(Presence.SERVICE, RecordType.TXT))));
        assertEquals(Optional.empty(), presence.answer(presence.announcement()));
    }

    @Test
    void aPeerWithManyAddressesTellsAsManyAsAPacketTakes() {
        List<Multiaddr> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(Multiaddr.of("/ip4/192.168.1.7/tcp/" + (4000 + i)));
        }
        var full = new Presence("x".repeat(63), me, many);
        assertTrue(full.addresses().size() >= 8);
        assertEquals(many.getFirst().withPeer(me), full.addresses().getFirst());
        assertTrue(full.announcement().toBytes().length <= 1400, () -> full.announcement().toBytes().length + " bytes");
    }

    @Test
    void anAddressTooLongForATextIsLeftOut() {
        Multiaddr tooLong = Multiaddr.of("/ip4/192.168.1.7/udp/1/quic-v1/webtransport" + "/ws".repeat(50));
        var some = new Presence(NAME, me, List.of(tooLong, Multiaddr.of("/ip4/192.168.1.7/tcp/4001")));
        assertEquals(Peers.addresses("/ip4/192.168.1.7/tcp/4001/p2p/" + me), some.addresses());
    }

    @Test
    void aNameIsRandomAndAsLongAsTheSpecificationWants() {
        var random = new SplittableRandom(1);
        List<String> names = IntStream.range(0, 1000).mapToObj(i -> Presence.randomName(random)).toList();
        assertTrue(names.stream().allMatch(name -> name.matches("[a-z0-9]{32,63}")));
        assertEquals(1000, names.stream().distinct().count());
        assertTrue(names.stream().anyMatch(name -> name.length() == 32) && names.stream().anyMatch(name -> name.length() == 63));
        assertNotEquals(me.toString(), names.getFirst());
    }
}
