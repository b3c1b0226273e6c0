// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CardTest {

    @Property(tries = 200)
    void everyCardComesOutAsItWentIn(@ForAll("cards") Card card) throws IOException {
        Card opened = Card.open(new SealedCard(card.sealed().bytes())); // one that nobody here has read
        assertEquals(card, opened);
        assertEquals(card.id(), opened.id());
        assertEquals(card.content(), opened.content());
        assertTrue(card.sealed().length() <= Card.MAX_BYTES);
    }

    @Property(tries = 200)
    void aCardWithOneBitChangedIsNoCardOfThatPeer(@ForAll("cards") Card card, @ForAll int place) {
        byte[] bytes = card.sealed().bytes().clone();
        int bit = Math.floorMod(place, 8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        try {
            Card opened = Card.open(new SealedCard(bytes));
            assertEquals(card.content(), opened.content(), "it was changed and is taken");
        } catch (FormatException expected) {
            return;
        }
    }

    @Test
    void whatWasSignedForSomethingElseIsNoCard() {
        byte[] payload = new ProtoWriter().uint(1, 5).toBytes();
        Envelope otherDomain = Envelope.seal(Peers.identity(1), PeerRecord.DOMAIN, Card.PAYLOAD_TYPE, payload);
        Envelope otherType = Envelope.seal(Peers.identity(1), Card.DOMAIN, new byte[] {3, 1}, payload);
        assertThrows(FormatException.class, () -> Card.open(new SealedCard(otherDomain.toBytes())));
        assertThrows(FormatException.class, () -> Card.open(new SealedCard(otherType.toBytes())));
    }

    @Test
    void aCardWithOneAddressTooManyIsRefused() throws IOException {
        assertEquals(Member.MAX_ADDRESSES, open(withAddresses(Member.MAX_ADDRESSES)).addresses().size());
        assertThrows(FormatException.class, () -> open(withAddresses(Member.MAX_ADDRESSES + 1)));
        assertThrows(FormatException.class, () -> open(new ProtoWriter().bytes(2, new byte[129])));
    }

    @Test
    void numbersThatNobodyCanHaveAreRefused() throws IOException {
        assertEquals(Card.MAX_INCARNATION, open(new ProtoWriter().uint(1, Card.MAX_INCARNATION)).incarnation());
        assertThrows(FormatException.class, () -> open(new ProtoWriter().uint(1, Card.MAX_INCARNATION + 1)));
        assertThrows(FormatException.class, () -> open(new ProtoWriter().uint(3, -1)));
    }

    @Test
    void fieldsFromTheFutureTravelOn() throws IOException {
        var later = new ProtoWriter().uint(1, 5).string(50, "roles");
        Card card = open(later);
        assertEquals(5, card.incarnation());
        assertEquals(card, Card.open(card.sealed()));
        assertTrue(new String(card.sealed().bytes(), StandardCharsets.ISO_8859_1).contains("roles"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dns4/example.org/tcp/4001", "/ip4/169.254.169.254/tcp/80", "/ip4/224.0.0.1/tcp/1",
        "/ip4/0.0.0.0/tcp/4001", "/ip6/fe80::1/tcp/4001", "/ip6/::/tcp/4001", "/ip6/ff02::1/tcp/4001",
        "/ip6/::ffff:169.254.169.254/tcp/80"})
    void anAddressThatNoPeerListensOnIsLeftOut(String address) throws IOException {
        var payload = new ProtoWriter().bytes(2, Multiaddr.of(address).toBytes())
                .bytes(2, Peers.address(3).toBytes());
        assertEquals(List.of(Peers.address(3)), open(payload).addresses());
    }

    @Test
    void anAddressOfAKindFromTheFutureIsLeftOut() throws IOException {
        byte[] unknown = {(byte) 0xff, 0x7f, 1};
        var payload = new ProtoWriter().bytes(2, unknown).bytes(2, Peers.address(3).toBytes());
        assertEquals(List.of(Peers.address(3)), open(payload).addresses());
    }

    private static ProtoWriter withAddresses(int count) {
        var payload = new ProtoWriter();
        IntStream.range(0, count).forEach(i -> payload.bytes(2, Peers.address(i).toBytes()));
        return payload;
    }

    private static Card open(ProtoWriter payload) throws IOException {
        return Card.open(new SealedCard(Envelope
                .seal(Peers.identity(1), Card.DOMAIN, Card.PAYLOAD_TYPE, payload.toBytes()).toBytes()));
    }

    @Provide
    static Arbitrary<Card> cards() {
        return SwimArbitraries.cards(Arbitraries.integers().between(0, 50),
                Arbitraries.longs().between(0, Card.MAX_INCARNATION));
    }
}
