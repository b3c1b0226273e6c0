// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class MessagesFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aRequestThatIsReadIsWrittenTheSame(byte[] input) throws FormatException {
        var request = Untrusted.read(() -> BlockRequest.parse(input));
        if (request.isPresent()) {
            assertEquals(request.get(), BlockRequest.parse(request.get().toBytes()));
            assertTrue(request.get().totalBytes() <= Limits.MAX_PUT_BYTES);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anAnswerIsReadOrRefused(byte[] input) {
        Untrusted.read(() -> Answers.parseResults(input, 5)).ifPresent(results -> assertEquals(5, results.size()));
        Untrusted.read(() -> Answers.parseBits(input, 11)).ifPresent(bits -> assertTrue(bits.length() <= 11));
        Untrusted.read(() -> Answers.parseBlockHead(input)).ifPresent(length -> assertTrue(length <= Limits.MAX_BLOCK));
    }
}
