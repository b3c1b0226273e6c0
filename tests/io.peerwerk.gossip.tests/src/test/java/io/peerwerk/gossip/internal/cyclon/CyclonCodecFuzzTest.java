// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.peerwerk.fixtures.Untrusted;
import com.code_intelligence.jazzer.junit.FuzzTest;


class CyclonCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aShuffleThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<List<Entry>> entries = Untrusted.read(() -> CyclonCodec.decode(input));
        if (entries.isPresent()) {
            assertTrue(entries.get().size() <= CyclonOptions.MAX_ENTRIES);
            assertEquals(entries.get(), CyclonCodec.decode(CyclonCodec.encode(entries.get())));
        }
    }
}
