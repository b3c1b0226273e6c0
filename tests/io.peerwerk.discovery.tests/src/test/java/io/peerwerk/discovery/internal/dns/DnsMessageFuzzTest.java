// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import io.peerwerk.fixtures.Untrusted;
import com.code_intelligence.jazzer.junit.FuzzTest;


class DnsMessageFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aMessageThatIsReadIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<DnsMessage> message = Untrusted.read(() -> DnsMessage.parse(input));
        if (message.isPresent()) {
            byte[] written = message.get().toBytes();
            assertTrue(message.get().answers().size() + message.get().additionals().size() <= DnsMessage.MAX_RECORDS);
            if (written.length <= DnsMessage.MAX_BYTES) { // pointers into the middle of other things save more
                assertEquals(message.get(), DnsMessage.parse(written));
            }
        }
    }
}
