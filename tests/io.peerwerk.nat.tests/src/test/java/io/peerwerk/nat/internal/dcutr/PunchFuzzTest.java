// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class PunchFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        PunchMessage message;
        try {
            message = PunchMessage.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertTrue(message.addresses().size() <= PunchMessage.MAX_ADDRESSES);
        assertEquals(message, PunchMessage.parse(message.toBytes()));
        new Candidates(false).usable(message.addresses(), false);
    }
}
