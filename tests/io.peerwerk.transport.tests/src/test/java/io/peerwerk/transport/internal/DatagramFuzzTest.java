// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.core.wire.FormatException;

class DatagramFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aDatagramThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) {
        DatagramMessage message;
        try {
            message = DatagramMessage.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertTrue(message.payload().length < input.length);
        assertArrayEquals(input, message.toBytes());
    }
}
