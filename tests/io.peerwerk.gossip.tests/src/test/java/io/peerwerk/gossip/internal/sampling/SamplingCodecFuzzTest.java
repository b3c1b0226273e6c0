// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;

class SamplingCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<SamplingMessage> message = Untrusted.read(() -> SamplingCodec.decode(input));
        if (message.isPresent()) {
            assertEquals(message.get(), SamplingCodec.decode(SamplingCodec.encode(message.get())));
        }
    }
}
