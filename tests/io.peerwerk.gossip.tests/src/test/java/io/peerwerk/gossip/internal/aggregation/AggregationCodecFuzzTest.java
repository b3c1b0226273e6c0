// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;

class AggregationCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<AggregationMessage> message = Untrusted.read(() -> AggregationCodec.decode(input));
        if (message.isPresent()) {
            assertEquals(message.get(), AggregationCodec.decode(AggregationCodec.encode(message.get())));
        }
    }
}
