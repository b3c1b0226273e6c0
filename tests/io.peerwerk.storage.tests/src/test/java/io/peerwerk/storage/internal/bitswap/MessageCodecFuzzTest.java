// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class MessageCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsReadIsWrittenTheSame(byte[] input) throws FormatException {
        var read = Untrusted.read(() -> MessageCodec.parse(input));
        if (read.isPresent()) {
            assertEquals(read.get(), MessageCodec.parse(MessageCodec.encode(read.get(), Version.V1_2_0)));
            Delivery delivery = Delivery.of(read.get());
            assertTrue(delivery.blocks().stream().allMatch(block -> block.verified()));
        }
    }
}
