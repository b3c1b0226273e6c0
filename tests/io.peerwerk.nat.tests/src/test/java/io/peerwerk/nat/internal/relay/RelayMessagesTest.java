// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RelayMessagesTest {

    private final Identity relay = Identity.generate(new SecureRandom());
    private final Identity peer = Identity.generate(new SecureRandom());

    @Provide
    Arbitrary<HopMessage> hopMessages() {
        Arbitrary<Limit> limits = Combinators.combine(Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.longs().greaterOrEqual(0)).as(Limit::new);
        Arbitrary<Multiaddr> addresses = Arbitraries.integers().between(0, 65535).map(p -> Multiaddr.of("/ip4/192.0.2.1/tcp/" + p));
        Arbitrary<Reservation> reservations = Combinators.combine(Arbitraries.longs().greaterOrEqual(0),
                addresses.list().ofMaxSize(Reservation.MAX_ADDRESSES),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(500).map(ByteBuffer::wrap)).as(Reservation::new);
        Arbitrary<HopMessage> answers = Combinators.combine(Arbitraries.of(RelayStatus.class), reservations.optional(),
                limits.optional()).as(HopMessage.Answer::new);
        return Arbitraries.oneOf(Arbitraries.just(new HopMessage.Reserve()), peers().map(HopMessage.Connect::new),
                answers);
    }

    @Provide
    Arbitrary<StopMessage> stopMessages() {
        return Arbitraries.oneOf(Arbitraries.of(RelayStatus.class).map(StopMessage.Answer::new),
                Combinators.combine(peers(), Arbitraries.longs().greaterOrEqual(0).map(n -> new Limit(n, n)).optional())
                        .as(StopMessage.Connect::new));
    }

    private static Arbitrary<PeerId> peers() {
        return Arbitraries.bytes().array(byte[].class).ofSize(32).map(hash -> {
            byte[] multihash = new byte[34];
            multihash[0] = 0x12;
            multihash[1] = 32;
            System.arraycopy(hash, 0, multihash, 2, 32);
            try {
                return PeerId.read(multihash);
            } catch (FormatException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Property
    void aHopMessageIsTheSameReadAgain(@ForAll("hopMessages") HopMessage message) throws FormatException {
        assertEquals(message, HopMessage.parse(message.toBytes()));
    }

    @Property
    void aStopMessageIsTheSameReadAgain(@ForAll("stopMessages") StopMessage message) throws FormatException {
        assertEquals(message, StopMessage.parse(message.toBytes()));
    }

    @Test
    void theNumbersAreThoseOfTheSpecification() throws FormatException {
        assertEquals("0800", HexFormat.of().formatHex(new HopMessage.Reserve().toBytes()));
        assertEquals("080228cc01",
                HexFormat.of().formatHex(HopMessage.Answer.refused(RelayStatus.NO_RESERVATION).toBytes()));
        assertEquals("08012064",
                HexFormat.of().formatHex(new StopMessage.Answer(RelayStatus.OK).toBytes()));
        for (RelayStatus status : RelayStatus.values()) {
            assertEquals(status, RelayStatus.of(status.code()));
            assertTrue(!status.words().isEmpty());
        }
        assertEquals(RelayStatus.UNUSED, RelayStatus.of(205));
    }

    @Test
    void messagesWithoutATypeOrAPeerAreRefused() {
        assertThrows(FormatException.class, () -> HopMessage.parse(new byte[0]));
        assertThrows(FormatException.class, () -> StopMessage.parse(new byte[0]));
        assertThrows(FormatException.class, () -> HopMessage.parse(new ProtoWriter().uint(1, 1).toBytes()));
        assertThrows(FormatException.class, () -> StopMessage.parse(new ProtoWriter().uint(1, 0).toBytes()));
        assertThrows(FormatException.class, () -> HopMessage.parse(new ProtoWriter().uint(1, 3).toBytes()));
        assertThrows(FormatException.class, () -> HopMessage.parse(
                new ProtoWriter().uint(1, 1).message(2, new ProtoWriter()).toBytes()));
    }

    @Test
    void addressesBeyondTheLimitAndOfUnknownKindsAreLeftOut() throws FormatException {
        var reservation = new ProtoWriter().uint(1, 5);
        reservation.bytes(2, new byte[] {(byte) 0xff, 0x7f, 1});
        for (int i = 0; i < 100; i++) {
            reservation.bytes(2, Multiaddr.of("/ip4/192.0.2.1/tcp/" + i).toBytes());
        }
        byte[] bytes = new ProtoWriter().uint(1, 2).message(3, reservation).uint(5, 100).toBytes();
        var answer = (HopMessage.Answer) HopMessage.parse(bytes);
        assertEquals(Reservation.MAX_ADDRESSES, answer.reservation().orElseThrow().addresses().size());
    }

    @Test
    void aVoucherHoldsForTheRelayThatSignedIt() throws FormatException {
        var voucher = new Voucher(relay.id(), peer.id(), 1_700_000_000);
        assertEquals(voucher, Voucher.open(voucher.seal(relay)));
        assertThrows(FormatException.class, () -> Voucher.open(voucher.seal(peer)), "signed by another");
        byte[] changed = voucher.seal(relay);
        changed[changed.length - 1] ^= 1;
        assertThrows(FormatException.class, () -> Voucher.open(changed), "a signature that is wrong");
        byte[] elsewhere = Envelope.seal(relay, "libp2p-peer-record", new byte[] {3, 2}, voucher.toBytes()).toBytes();
        assertThrows(FormatException.class, () -> Voucher.open(elsewhere), "signed for another purpose");
        assertThrows(FormatException.class, () -> Voucher.parse(new byte[0]));
    }

    @Test
    void circuitAddressesAreTakenApartAndChainsAreNot() {
        String way = "/ip4/192.0.2.1/tcp/4001/p2p/" + relay.id() + "/p2p-circuit";
        CircuitAddress listen = CircuitAddress.of(Multiaddr.of(way)).orElseThrow();
        assertEquals(relay.id(), listen.relayId());
        assertEquals(Optional.empty(), listen.target());
        assertEquals(Multiaddr.of(way), listen.way());
        CircuitAddress dial = CircuitAddress.of(Multiaddr.of(way + "/p2p/" + peer.id())).orElseThrow();
        assertEquals(Optional.of(peer.id()), dial.target());
        assertEquals(Multiaddr.of("/ip4/192.0.2.1/tcp/4001/p2p/" + relay.id()), dial.relay());
        for (String none : List.of("/p2p-circuit", "/ip4/192.0.2.1/tcp/4001/p2p-circuit", "/ip4/192.0.2.1/tcp/1",
                way + "/p2p/" + peer.id() + "/p2p-circuit", way + "/ip4/192.0.2.9/tcp/1", "/p2p/" + relay.id())) {
            assertEquals(Optional.empty(), CircuitAddress.of(Multiaddr.of(none)), none);
        }
        assertTrue(CircuitAddress.of(Multiaddr.of("/p2p/" + relay.id() + "/p2p-circuit")).isPresent());
    }

    @Test
    void anAddressThatIsTooLongForAWayIsNone() {
        Multiaddr longOne = Multiaddr.of("/ip4/192.0.2.1" + "/tcp/1".repeat(310));
        assertEquals(Optional.empty(), CircuitAddress.way(longOne, relay.id()));
        assertTrue(CircuitAddress.way(Multiaddr.of("/dns4/a.example/tcp/1"), relay.id()).isPresent());
    }
}
