// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class AutonatFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aVersionOneMessageThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws FormatException {
        V1Message message;
        try {
            message = V1Message.parse(input);
        } catch (FormatException refused) {
            return;
        }
        if (message instanceof V1Message.Dial dial) {
            assertTrue(dial.addresses().size() <= V1Message.MAX_ADDRESSES);
        }
        assertEquals(message, V1Message.parse(message.toBytes()));
    }

    @FuzzTest(maxDuration = "5m")
    void aVersionTwoMessageThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws FormatException {
        V2Message message;
        try {
            message = V2Message.parse(input);
        } catch (FormatException refused) {
            return;
        }
        V2Message again = V2Message.parse(message.toBytes());
        switch (message) {
            case V2Message.DialRequest request -> {
                assertTrue(request.addresses().size() <= V2Message.MAX_ADDRESSES);
                assertEquals(request, again);
            }
            case V2Message.DialDataResponse data ->
                assertArrayEquals(data.data(), ((V2Message.DialDataResponse) again).data());
            case V2Message.DialDataRequest wanted -> assertTrue(wanted.bytes() >= 0 && wanted.index() >= 0);
            case V2Message.DialResponse response -> assertTrue(response.index() >= 0);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aDialBackIsANonceOrIsRefused(byte[] input) throws FormatException {
        DialBack back;
        try {
            back = DialBack.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertEquals(back, DialBack.parse(back.toBytes()));
    }
}
