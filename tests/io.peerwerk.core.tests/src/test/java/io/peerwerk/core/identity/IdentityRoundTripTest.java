// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
