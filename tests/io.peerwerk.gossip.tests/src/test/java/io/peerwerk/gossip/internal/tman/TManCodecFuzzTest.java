// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.tman;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;

class TManCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<List<Node>> message = Untrusted.read(() -> TManCodec.decode(input));
        if (message.isPresent()) {
            assertEquals(message.get(), TManCodec.decode(TManCodec.encode(message.get())));
        }
    }
}
