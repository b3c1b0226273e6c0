// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.fixtures.Untrusted;

class EnvelopeFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aTextThatIsReadIsWrittenTheSame(byte[] input) {
        String text = new String(input, UTF_8);
        Untrusted.read(() -> Envelope.parse(text)).ifPresent(envelope -> assertEquals(
                text.strip().substring("peerwerk-share:".length()),
                envelope.toString().substring("peerwerk-share:".length())));
    }

    @FuzzTest(maxDuration = "5m")
    void aRecordThatIsReadIsWrittenTheSame(byte[] input) {
        String text = "peerwerk-share:" + Base64.getUrlEncoder().withoutPadding().encodeToString(input);
        Untrusted.read(() -> Envelope.parse(text)).ifPresent(envelope -> assertEquals(text, envelope.toString()));
    }
}
