// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class IdentifyFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        IdentifyMessage message;
        try {
            message = IdentifyMessage.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertTrue(message.listenAddresses().size() <= IdentifyMessage.MAX_ADDRESSES);
        assertTrue(message.protocols().size() <= IdentifyMessage.MAX_PROTOCOLS);
        assertEquals(message, IdentifyMessage.parse(message.toBytes()));
        assertEquals(message, message.with(message));
        for (IdentifyMessage part : message.split()) {
            assertEquals(part, IdentifyMessage.parse(part.toBytes()));
        }
    }
}
