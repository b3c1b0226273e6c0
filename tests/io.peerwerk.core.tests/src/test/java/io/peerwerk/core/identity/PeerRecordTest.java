// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes and the records in them, against bytes that js-libp2p (@libp2p/peer-record) has made. */
class PeerRecordTest {

    private static final String ED25519_PEER = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";
    private static final String ED25519_RECORD =
            "0a240801122003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8120203011a560a260024"
            + "0801122003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b81080d095ffbc311a0a0a0804"
            + "c0000207060fa11a190a172920010db800000000000000000000000791020fa1cd032a402ff7b519936e95dbcdc1888d"
            + "b77c588f07394fcb9666a329f5fe2689f2f06ed77a28a5af5ad70d83b39e375877f100fcb9f8180601a642d0eab13e70"
            + "94ec4909";
    private static final String SECP256K1_PEER = "16Uiu2HAm2zE1QCsPcRAj88kH8Ajxs6n6CAKvv8sR9wsMe9bUZjqC";
    private static final String SECP256K1_RECORD =
            "0a25080212210270589bb4b1531ffb66e14c14dd4d29af2cfc20bd7c3d0b4bff7aac1a011cee43120203011a570a2700"
            + "25080212210270589bb4b1531ffb66e14c14dd4d29af2cfc20bd7c3d0b4bff7aac1a011cee431080d095ffbc311a0a0a"
            + "0804c0000207060fa11a190a172920010db800000000000000000000000791020fa1cd032a473045022100b36e2c55d8"
            + "13daa94420065c352b6cd512646d2a2a22eb6fe6c2bc550b750fe802203482003e89d0ab020310972c1ab337697a0c84"
            + "4dbb238058dce6e3159f4e3883";
    private static final String RSA_PEER = "QmVRoiczD6AkWBk2aGFCa3LC38MCDTpq3oXGxzYT2GirCx";
    private static final String RSA_RECORD =
            "0aab02080012a60230820122300d06092a864886f70d01010105000382010f003082010a0282010100b3c5214843134d"
            + "0dc807b9050f22e4db8e904138165ade42daea1404be3af44598c3febd84fedc4975b048547f8645740eb3adc926ee7a"
            + "f5aa8caae51d003b58bbf3e2cd9dc6b44f19bad040191fbf41d689966c16ddb86e3fdebbc0f3264c2442d6e6dca4b0a4"
            + "36ca50a4e14744eff8c2c91a7f7d9c051b0b4d081bc25260166c93174002752ac57b8b1df9314bd7b7fde58b58276226"
            + "b8975b2dcc9e3c5ec214b730fa388942a4f1b5e2ec115e7445c721b3020aae91f63fada394b08192c49655ac40c9dcc1"
            + "5b235944e606457b0c6b953b85e12c35da7f56af545d52ad1d934334ef37674042d5d98d6f9250e443c70e034dab7ae5"
            + "f5160960a48f8117c50203010001120203011a520a2212206953e61dfab59e3f17d4b3743959580154ade6496e70912d"
            + "f24e7737177373911080d095ffbc311a0a0a0804c0000207060fa11a190a172920010db8000000000000000000000007"
            + "91020fa1cd032a800244c2fdeca9c02c547ebe6e1a071d45813b74922cf389b33829022bd00cc12ba596bf7928f81553"
            + "6d54b243423bc468a4c34c6753526c906a1e492b2990bc05aab9f9115da86b64ecd11088ebfc72952e4bb27f3b56866b"
            + "cd7de5d274da77f337cbfccd54b77b7bf6eaa045bb19378dd6bab2bf08eaf0e6592aee36cc240a51ca99f06e4b5b15f3"
            + "cc0cfcec2858347fd0fa580077277e4d54f2ec9aa5a3cd7cec93fb9eacc4d5d597060b8ac0f4f840a2e35348034f37ad"
            + "f245a7bce22d07ed0d6931f8424278e6403453191a0216afba83f72057ecc24a0260a154a377f04949c0735054a6d05e"
            + "c5b2b0cf9981a5b4f0b1de23b0b1e340f13f367a047d647612";

    private static final byte[] TYPE = {3, 1};
    private static final List<Multiaddr> TWO = List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/4001"),
            Multiaddr.of("/ip6/2001:db8::7/udp/4001/quic-v1"));

    private final Identity alice = Identity.generate(new SecureRandom());
    private final Identity mallory = Identity.generate(new SecureRandom());

    @ParameterizedTest
    @CsvSource({ED25519_PEER + "," + ED25519_RECORD, SECP256K1_PEER + "," + SECP256K1_RECORD, RSA_PEER + "," + RSA_RECORD})
    void aRecordOfJsLibp2pIsOpened(String peer, String envelope) throws FormatException {
        PeerRecord record = PeerRecord.open(HexFormat.of().parseHex(envelope));
        assertEquals(new PeerRecord(PeerId.parse(peer), 1_700_000_000_000L, TWO), record);
    }

    @Test
    void theSameRecordIsSealedToTheSameBytesAsInJsLibp2p() throws FormatException {
        byte[] key = HexFormat.of().parseHex("08011240" + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                + "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
        try (Identity identity = Identity.parse(key)) {
            var record = new PeerRecord(identity.id(), 1_700_000_000_000L, TWO);
            assertEquals(ED25519_RECORD, HexFormat.of().formatHex(record.seal(identity).toBytes()));
        }
    }

    @Test
    void noBitOfASealedRecordCanBeChanged() throws FormatException {
        byte[] good = new PeerRecord(alice.id(), 7, TWO).seal(alice).toBytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            int flipped = bit;
            assertThrows(FormatException.class, () -> PeerRecord.open(bad), () -> "bit " + flipped);
        }
    }

    @Test
    void aRecordSignedByAnotherKeyIsRefused() {
        byte[] payload = new PeerRecord(alice.id(), 7, TWO).toBytes();
        byte[] forged = Envelope.seal(mallory, PeerRecord.DOMAIN, TYPE, payload).toBytes();
        var refusal = assertThrows(FormatException.class, () -> PeerRecord.open(forged));
        assertTrue(refusal.getMessage().contains(mallory.id().toString()), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new PeerRecord(alice.id(), 7, TWO).seal(mallory));
    }

    @Test
    void theKeyOfOnePeerWithTheSignatureOfAnotherIsRefused() {
        byte[] payload = new PeerRecord(alice.id(), 7, TWO).toBytes();
        byte[] signature = mallory.sign(payload);
        byte[] forged = envelope(alice.publicKey(), payload, signature);
        assertThrows(FormatException.class, () -> PeerRecord.open(forged));
        assertThrows(FormatException.class, () -> PeerRecord.open(envelope(alice.publicKey(), payload, new byte[0])));
        assertThrows(FormatException.class, () -> PeerRecord.open(envelope(alice.publicKey(), payload, new byte[64])));
    }

    @Test
    void whatWasSignedForOneDomainIsWorthNothingInAnother() throws FormatException {
        byte[] bytes = Envelope.seal(alice, "libp2p-relay-rsvp", TYPE, new byte[] {1}).toBytes();
        assertThrows(FormatException.class, () -> Envelope.open(bytes, PeerRecord.DOMAIN));
        assertThrows(FormatException.class, () -> Envelope.open(bytes, ""));
        assertArrayEquals(new byte[] {1}, Envelope.open(bytes, "libp2p-relay-rsvp").payload());
    }

    /** The lengths in what is signed keep apart what would be the same run of bytes. */
    @Test
    void noByteMovesFromOnePartOfWhatWasSignedToTheNext() {
        Envelope sealed = Envelope.seal(alice, "ab", "c".getBytes(UTF_8), "d".getBytes(UTF_8));
        byte[] moved = new ProtoWriter().bytes(1, alice.publicKey().toBytes()).bytes(2, "bc".getBytes(UTF_8))
                .bytes(3, "d".getBytes(UTF_8)).bytes(5, alice.sign("abcd".getBytes(UTF_8))).toBytes();
        assertThrows(FormatException.class, () -> Envelope.open(moved, "a"));
        assertThrows(FormatException.class, () -> Envelope.open(sealed.toBytes(), "a"));
    }

    @Test
    void anEnvelopeWithSomethingElseIsNoRecord() {
        byte[] payload = new PeerRecord(alice.id(), 7, TWO).toBytes();
        byte[] other = Envelope.seal(alice, PeerRecord.DOMAIN, new byte[] {3, 2}, payload).toBytes();
        assertThrows(FormatException.class, () -> PeerRecord.open(other));
        byte[] nobody = Envelope.seal(alice, PeerRecord.DOMAIN, TYPE, new byte[0]).toBytes();
        assertThrows(FormatException.class, () -> PeerRecord.open(nobody));
    }

    @Test
    void anEnvelopeIsTakenUpToItsLimitAndNoLonger() throws FormatException {
        byte[] longest = new byte[Envelope.MAX_PAYLOAD];
        byte[] bytes = Envelope.seal(alice, "d", new byte[Envelope.MAX_PAYLOAD_TYPE], longest).toBytes();
        assertArrayEquals(longest, Envelope.open(bytes, "d").payload());
        byte[] tooLong = new byte[Envelope.MAX_PAYLOAD + 1];
        assertThrows(IllegalArgumentException.class, () -> Envelope.seal(alice, "d", TYPE, tooLong));
        byte[] longType = new byte[Envelope.MAX_PAYLOAD_TYPE + 1];
        assertThrows(IllegalArgumentException.class, () -> Envelope.seal(alice, "d", longType, longest));
        byte[] lie = envelope(alice.publicKey(), tooLong, new byte[64]);
        assertThrows(FormatException.class, () -> Envelope.open(lie, "d"));
        assertThrows(FormatException.class, () -> Envelope.open(new byte[Envelope.MAX_BYTES + 1], "d"));
    }

    @Test
    void ofVeryManyAddressesTheFirstAreRead() throws FormatException {
        List<Multiaddr> many = IntStream.range(0, 200).mapToObj(i -> Multiaddr.of("/ip4/192.0.2.7/tcp/" + (1 + i)))
                .toList();
        PeerRecord record = PeerRecord.parse(payload(alice.id(), many));
        assertEquals(many.subList(0, PeerRecord.MAX_ADDRESSES), record.addresses());
        assertThrows(IllegalArgumentException.class, () -> new PeerRecord(alice.id(), 1, many));
    }

    @Test
    void anAddressOfAnotherPeerOrOfAnUnknownKindIsLeftOut() throws FormatException {
        List<Multiaddr> mixed = List.of(TWO.get(0).withPeer(mallory.id()), TWO.get(1).withPeer(alice.id()),
                Multiaddr.of("/p2p/" + alice.id()), TWO.get(1));
        assertEquals(List.of(TWO.get(1)), PeerRecord.parse(payload(alice.id(), mixed)).addresses());
        byte[] unknown = new ProtoWriter().bytes(1, alice.id().toBytes())
                .message(3, new ProtoWriter().bytes(1, new byte[] {(byte) 0xff, 0x7f, 1}))
                .message(3, new ProtoWriter()).toBytes();
        assertEquals(Collections.emptyList(), PeerRecord.parse(unknown).addresses());
    }

    @Test
    void aNewerRecordHasAHigherNumberUpToTheHighest() {
        var record = new PeerRecord(alice.id(), 8, TWO);
        assertTrue(record.isNewerThan(7));
        assertFalse(record.isNewerThan(8));
        assertFalse(record.isNewerThan(-1), "2^64 - 1");
    }

    private static byte[] payload(PeerId peer, List<Multiaddr> addresses) {
        var out = new ProtoWriter().bytes(1, peer.toBytes()).uint(2, 7);
        addresses.forEach(a -> out.message(3, new ProtoWriter().bytes(1, a.toBytes())));
        return out.toBytes();
    }

    private static byte[] envelope(PublicKey key, byte[] payload, byte[] signature) {
        return new ProtoWriter().bytes(1, key.toBytes()).bytes(2, TYPE).bytes(3, payload).bytes(5, signature).toBytes();
    }
}
