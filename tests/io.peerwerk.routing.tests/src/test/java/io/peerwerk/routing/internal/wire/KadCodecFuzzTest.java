// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class KadCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws FormatException {
        Optional<KadMessage> message = Untrusted.read(() -> KadCodec.decodeRequest(input));
        if (message.isPresent()) {
            byte[] written = KadCodec.encode(message.get());
            assertTrue(written.length <= input.length + 16, "it grows from " + input.length + " to " + written.length);
            assertEquals(message.get(), KadCodec.decodeAnswer(written, message.get().type()));
        }
    }
}
