// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class IdentityFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aPublicKeyHasOneSpelling(byte[] input) throws IOException {
        Optional<PublicKey> key = Untrusted.read(() -> PublicKey.parse(input));
        if (key.isPresent()) {
            assertArrayEquals(input, key.get().toBytes());
            assertEquals(key.get().toPeerId(), PeerId.read(key.get().toPeerId().toBytes()));
            key.get().verify(input, input);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aPeerIdInBytesHasOneSpelling(byte[] input) throws IOException {
        Optional<PeerId> id = Untrusted.read(() -> PeerId.read(input));
        if (id.isPresent()) {
            assertArrayEquals(input, id.get().toBytes());
            assertEquals(id.get(), PeerId.parse(id.get().toString()));
            id.get().inlineKey().ifPresent(key -> assertEquals(id.get(), key.toPeerId()));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aPeerIdAsTextIsReadTheSameFromWhatItWrites(byte[] input) throws IOException {
        Optional<PeerId> id = Untrusted.read(() -> PeerId.parse(new String(input, UTF_8)));
        if (id.isPresent()) {
            assertEquals(id.get(), PeerId.parse(id.get().toString()));
            assertEquals(id.get(), PeerId.parse(id.get().toCid().toString()));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anIdentityThatIsAcceptedCanSign(byte[] input) throws IOException {
        Optional<Identity> identity = Untrusted.read(() -> Identity.parse(input));
        if (identity.isPresent()) {
            assertEquals(identity.get().id(), Identity.parse(identity.get().toBytes()).id());
            assertTrue(identity.get().publicKey().verify(input, identity.get().sign(input)));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anEnvelopeThatIsOpenedIsTheSameWrittenAndOpenedAgain(byte[] input) throws IOException {
        Optional<Envelope> envelope = Untrusted.read(() -> Envelope.open(input, PeerRecord.DOMAIN));
        if (envelope.isPresent()) {
            assertEquals(envelope.get(), Envelope.open(envelope.get().toBytes(), PeerRecord.DOMAIN));
        }
        Optional<PeerRecord> record = Untrusted.read(() -> PeerRecord.open(input));
        if (record.isPresent()) {
            assertEquals(record.get().peer(), envelope.orElseThrow().key().toPeerId());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aPeerRecordThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<PeerRecord> record = Untrusted.read(() -> PeerRecord.parse(input));
        if (record.isPresent()) {
            assertEquals(record.get(), PeerRecord.parse(record.get().toBytes()));
        }
    }
}
