// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class IdentityRoundTripTest {

    @Property
    void everyKeyComesBack(@ForAll("keys") PublicKey key) throws FormatException {
        assertEquals(key, PublicKey.parse(key.toBytes()));
    }

    @Property
    void everyIdComesBackFromBytesTextAndCid(@ForAll("keys") PublicKey key) throws FormatException {
        PeerId id = key.toPeerId();
        assertEquals(id, PeerId.read(id.toBytes()));
        assertEquals(id, PeerId.parse(id.toString()));
        assertEquals(id, PeerId.parse(id.toCid().toString()));
        boolean isShort = key.toBytes().length <= PeerId.MAX_INLINE_KEY;
        assertEquals(isShort ? Optional.of(key) : Optional.empty(), id.inlineKey());
    }

    @Property(tries = 50)
    void everyIdentityComesBackAndSignsTheSame(@ForAll byte[] message) throws FormatException {
        try (Identity identity = Identity.generate(new SecureRandom());
                Identity same = Identity.parse(identity.toBytes())) {
            assertEquals(identity.id(), same.id());
            assertArrayEquals(identity.sign(message), same.sign(message));
            assertTrue(same.publicKey().verify(message, identity.sign(message)));
        }
    }

    @Property(tries = 100)
    void everyEnvelopeComesBack(@ForAll @Size(max = 64) byte[] type, @ForAll @Size(max = 8192) byte[] payload,
            @ForAll String domain) throws FormatException {
        try (Identity identity = Identity.generate(new SecureRandom())) {
            Envelope sealed = Envelope.seal(identity, domain, type, payload);
            Envelope opened = Envelope.open(sealed.toBytes(), domain);
            assertEquals(sealed, opened);
            assertEquals(identity.publicKey(), opened.key());
            assertArrayEquals(type, opened.payloadType());
            assertArrayEquals(payload, opened.payload());
        }
    }

    @Property(tries = 100)
    void everyPeerRecordComesBack(@ForAll long sequence,
            @ForAll @Size(max = 64) @UniqueElements List<@IntRange(max = 65535) Integer> ports) throws FormatException {
        try (Identity identity = Identity.generate(new SecureRandom())) {
            List<Multiaddr> addresses = ports.stream().map(p -> Multiaddr.of("/dns4/peer.example/tcp/" + p)).toList();
            var record = new PeerRecord(identity.id(), sequence, addresses);
            assertEquals(record, PeerRecord.open(record.seal(identity).toBytes()));
        }
    }

    @Provide
    Arbitrary<PublicKey> keys() {
        return Arbitraries.of(KeyType.class).flatMap(type -> {
            int min = type == KeyType.ED25519 ? 32 : type == KeyType.SECP256K1 ? 33 : 1;
            int max = min > 1 ? min : PublicKey.MAX_DATA;
            return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max)
                    .map(data -> new PublicKey(type, data));
        });
    }
}
