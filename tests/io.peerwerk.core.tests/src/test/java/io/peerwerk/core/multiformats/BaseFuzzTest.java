// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class BaseFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aBase58TextHasOneSpelling(byte[] input) throws IOException {
        String text = new String(input, UTF_8);
        Untrusted.read(() -> Base58.decode(text)).ifPresent(bytes -> assertEquals(text, Base58.encode(bytes)));
    }

    @FuzzTest(maxDuration = "5m")
    void aBase32TextHasOneSpelling(byte[] input) throws IOException {
        String text = new String(input, UTF_8);
        Untrusted.read(() -> Base32.decode(text)).ifPresent(bytes -> assertEquals(text, Base32.encode(bytes)));
    }

    @FuzzTest(maxDuration = "5m")
    void aTextThatNamesItsBaseHasOneSpelling(byte[] input) throws IOException {
        String text = new String(input, UTF_8);
        Untrusted.read(() -> Multibase.decode(text))
                .ifPresent(bytes -> assertEquals(text, Multibase.encode(text.charAt(0), bytes)));
    }
}
