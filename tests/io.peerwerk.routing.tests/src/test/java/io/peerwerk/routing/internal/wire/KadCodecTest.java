// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KadCodecTest {

    private static final Octets KEY = new Octets(new byte[] {1, 2, 3});
    private static final KadPeer PEER = new KadPeer(peer(7), List.of(Multiaddr.of("/ip4/192.0.2.1/tcp/4001")));

    private static PeerId peer(int number) {
        try {
            return PeerId.read(Multihash.sha256(new byte[] {(byte) number}).toBytes());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aQuestionHasItsTypeInFieldOneAndItsKeyInFieldTwo() {
        assertArrayEquals(HexFormat.of().parseHex("0804" + "1203010203"),
                KadCodec.encode(KadMessage.of(KadType.FIND_NODE, KEY)));
    }

    @Test
    void anAnnouncementHasItsPeerInFieldNine() {
        byte[] id = PEER.id().toBytes();
        byte[] address = PEER.addresses().getFirst().toBytes();
        assertArrayEquals(new ProtoWriter().uint(1, 2).bytes(2, KEY.bytes())
                .message(9, new ProtoWriter().bytes(1, id).bytes(2, address)).toBytes(),
                KadCodec.encode(KadMessage.announce(KEY, PEER)));
    }

    /** Written by js-libp2p: FIND_NODE with cluster level 0, for a key of three bytes. */
    @Test
    void fieldsOfOthersArePassedOver() throws FormatException {
        assertEquals(KadMessage.of(KadType.FIND_NODE, KEY),
                KadCodec.decodeRequest(HexFormat.of().parseHex("0804" + "5000" + "1203010203")));
    }

    @Test
    void aTypeThatIsLeftOutIsTheFirst() throws FormatException {
        assertEquals(KadType.PUT_VALUE, KadCodec.decodeRequest(new byte[0]).type());
    }

    @Test
    void anAnswerIsOfTheTypeThatWasAsked() throws FormatException {
        byte[] answer = KadCodec.encode(KadMessage.of(KadType.PING, Octets.NONE));
        assertEquals(KadType.PING, KadCodec.decodeAnswer(answer, KadType.PING).type());
        assertThrows(FormatException.class, () -> KadCodec.decodeAnswer(answer, KadType.FIND_NODE));
    }

    private static void refused(KadMessage message) {
        assertThrows(FormatException.class, () -> KadCodec.decodeAnswer(KadCodec.encode(message), message.type()));
    }

    private static void taken(KadMessage message) throws FormatException {
        assertEquals(message, KadCodec.decodeAnswer(KadCodec.encode(message), message.type()));
    }

    @Test
    void keysAndValuesHaveALimit() throws FormatException {
        taken(KadMessage.of(KadType.FIND_NODE, new Octets(new byte[KadCodec.MAX_KEY])));
        refused(KadMessage.of(KadType.FIND_NODE, new Octets(new byte[KadCodec.MAX_KEY + 1])));
        taken(KadMessage.put(new KadRecord(KEY, new Octets(new byte[KadCodec.MAX_VALUE]))));
        refused(KadMessage.put(new KadRecord(KEY, new Octets(new byte[KadCodec.MAX_VALUE + 1]))));
    }

    @Test
    void ofTooManyPeersTheFirstAreKept() throws FormatException {
        List<KadPeer> closer = new ArrayList<>(Collections.nCopies(KadCodec.MAX_CLOSER, PEER));
        List<KadPeer> providers = new ArrayList<>(Collections.nCopies(KadCodec.MAX_PROVIDERS, PEER));
        var most = new KadMessage(KadType.GET_PROVIDERS, KEY, null, closer, providers);
        taken(most);
        var one = new KadPeer(peer(2), List.of());
        closer.add(one);
        providers.add(one);
        var more = new KadMessage(KadType.GET_PROVIDERS, KEY, null, closer, providers);
        assertEquals(most, KadCodec.decodeAnswer(KadCodec.encode(more), KadType.GET_PROVIDERS));
    }

    /** As peers of other makes send it: 3,000 providers with seven addresses each. */
    @Test
    void aLongAnswerThatTellsOfProvidersIsTakenAndAnotherIsNot() throws FormatException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int port = 1; port <= 7; port++) {
            addresses.add(Multiaddr.of("/dns4/" + "a".repeat(50) + ".example/tcp/" + port));
        }
        List<KadPeer> many = Collections.nCopies(3000, new KadPeer(PEER.id(), addresses));
        var answer = new KadMessage(KadType.GET_PROVIDERS, KEY, null, List.of(), many);
        byte[] bytes = KadCodec.encode(answer);
        assertTrue(bytes.length > KadCodec.MAX_ANSWER);
        assertEquals(KadCodec.MAX_PROVIDERS, KadCodec.decodeAnswer(bytes, KadType.GET_PROVIDERS).providers().size());
        refused(new KadMessage(KadType.FIND_NODE, KEY, null, many, List.of()));
        assertThrows(FormatException.class,
                () -> KadCodec.decodeAnswer(new byte[KadCodec.MAX_PROVIDERS_ANSWER + 1], KadType.GET_PROVIDERS));
    }

    @Test
    void anAddressThatIsTooLongIsPassedOver() throws FormatException {
        byte[] id = PEER.id().toBytes();
        byte[] address = PEER.addresses().getFirst().toBytes();
        for (int length : List.of(KadCodec.MAX_ADDRESS + 1, Multiaddr.MAX_BYTES, Multiaddr.MAX_BYTES + 1)) {
            byte[] bytes = new ProtoWriter().uint(1, 4).message(8, new ProtoWriter().bytes(1, id)
                    .bytes(2, new byte[length]).bytes(2, address)).toBytes();
            assertEquals(List.of(PEER), KadCodec.decodeAnswer(bytes, KadType.FIND_NODE).closer());
        }
    }

    /** Whatever peers say of themselves, what is told of them stays within what others take. */
    @Test
    void ofManyAndLongAddressesNoMoreAreWrittenThanAreRead() throws FormatException {
        List<Multiaddr> addresses = new ArrayList<>();
        String name = "a".repeat(KadCodec.MAX_ADDRESS - 6);
        addresses.add(Multiaddr.of("/dns4/a" + name + "/tcp/1"));
        for (int port = 1; port <= 2 * KadCodec.MAX_ADDRESSES; port++) {
            addresses.add(Multiaddr.of("/dns4/" + name + "/tcp/" + port));
        }
        assertEquals(KadCodec.MAX_ADDRESS, addresses.get(1).toBytes().length);
        var peer = new KadPeer(PEER.id(), addresses);
        var most = new KadMessage(KadType.GET_VALUE, KEY, new KadRecord(KEY, new Octets(new byte[KadCodec.MAX_VALUE])),
                Collections.nCopies(21, peer), Collections.nCopies(101, peer));
        byte[] bytes = KadCodec.encode(most);
        assertTrue(bytes.length <= KadCodec.MAX_ANSWER, bytes.length + " bytes");
        assertEquals(addresses.subList(1, KadCodec.MAX_ADDRESSES + 1),
                KadCodec.decodeAnswer(bytes, KadType.GET_VALUE).closer().getFirst().addresses());
    }

    @Test
    void ofTooManyAddressesTheFirstAreKept() throws FormatException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int port = 1; port <= KadCodec.MAX_ADDRESSES + 1; port++) {
            addresses.add(Multiaddr.of("/ip4/192.0.2.1/tcp/" + port));
        }
        byte[] bytes = KadCodec.encode(KadMessage.announce(KEY, new KadPeer(PEER.id(), addresses)));
        assertEquals(addresses.subList(0, KadCodec.MAX_ADDRESSES),
                KadCodec.decodeRequest(bytes).providers().getFirst().addresses());
    }

    @Test
    void anUnknownAddressIsLeftOutAndThePeerInItsEndToo() throws FormatException {
        Multiaddr address = PEER.addresses().getFirst();
        byte[] bytes = new ProtoWriter().uint(1, 4).message(8, new ProtoWriter().bytes(1, PEER.id().toBytes())
                .bytes(2, new byte[] {(byte) 0xff, 0x7f, 1}).bytes(2, new byte[0])
                .bytes(2, new ProtoWriter().toBytes()).bytes(2, address.withPeer(PEER.id()).toBytes())
                .bytes(2, Multiaddr.of("/p2p/" + PEER.id()).toBytes())).toBytes();
        assertEquals(List.of(PEER), KadCodec.decodeRequest(bytes).closer());
    }

    @Test
    void aPeerWithoutAnIdIsRefused() {
        byte[] bytes = new ProtoWriter().uint(1, 4).message(8, new ProtoWriter()).toBytes();
        assertThrows(FormatException.class, () -> KadCodec.decodeRequest(bytes));
    }

    @Test
    void aMessageHasALimit() throws FormatException {
        byte[] padded = new ProtoWriter().uint(1, 5).bytes(99, new byte[KadCodec.MAX_REQUEST - 7]).toBytes();
        assertEquals(KadCodec.MAX_REQUEST, padded.length + 0);
        KadCodec.decodeRequest(padded);
        assertThrows(FormatException.class, () -> KadCodec.decodeRequest(new byte[KadCodec.MAX_REQUEST + 1]));
        assertThrows(FormatException.class, () -> KadCodec.decodeAnswer(new byte[KadCodec.MAX_ANSWER + 1], KadType.PING));
    }

    @Property
    void everyMessageComesOutAsItWentIn(@ForAll("messages") KadMessage message) throws FormatException {
        assertEquals(message, KadCodec.decodeAnswer(KadCodec.encode(message), message.type()));
    }

    @Provide
    static Arbitrary<KadMessage> messages() {
        Arbitrary<Octets> keys = octets(KadCodec.MAX_KEY);
        Arbitrary<KadRecord> records = Combinators.combine(keys, octets(500)).as(KadRecord::new)
                .filter(record -> !record.key().isEmpty());
        return Combinators.combine(Arbitraries.of(KadType.class), keys, records.injectNull(0.5),
                peers().list().ofMaxSize(5), peers().list().ofMaxSize(5)).as(KadMessage::new);
    }

    private static Arbitrary<Octets> octets(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).map(Octets::new);
    }

    private static Arbitrary<KadPeer> peers() {
        Arbitrary<Multiaddr> addresses = Arbitraries.integers().between(1, 65535)
                .flatMap(port -> Arbitraries.of("/ip4/192.0.2.1/tcp/", "/ip6/2001:db8::1/udp/", "/dns4/a.example/tcp/")
                        .map(head -> Multiaddr.of(head + port)));
        return Combinators.combine(Arbitraries.integers().between(0, 127).map(KadCodecTest::peer),
                addresses.set().ofMaxSize(4).map(List::copyOf)).as(KadPeer::new);
    }
}
