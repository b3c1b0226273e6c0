// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.slicing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;

class SlicingCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<SlicingMessage> message = Untrusted.read(() -> SlicingCodec.decode(input));
        if (message.isPresent()) {
            assertEquals(message.get(), SlicingCodec.decode(SlicingCodec.encode(message.get())));
        }
    }
}
