// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;

class RelayFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aHopMessageThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        HopMessage message;
        try {
            message = HopMessage.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertEquals(message, HopMessage.parse(message.toBytes()));
        if (message instanceof HopMessage.Answer answer) {
            answer.reservation().ifPresent(r -> assertTrue(r.addresses().size() <= Reservation.MAX_ADDRESSES));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void aStopMessageThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        StopMessage message;
        try {
            message = StopMessage.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertEquals(message, StopMessage.parse(message.toBytes()));
    }

    @FuzzTest(maxDuration = "5m")
    void aVoucherThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        Voucher voucher;
        try {
            voucher = Voucher.parse(input);
        } catch (FormatException refused) {
            return;
        }
        assertEquals(voucher, Voucher.parse(voucher.toBytes()));
    }
}
