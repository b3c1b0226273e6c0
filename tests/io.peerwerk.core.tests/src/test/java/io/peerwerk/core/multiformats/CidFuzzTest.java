// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class CidFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anIdInBytesHasOneSpelling(byte[] input) throws IOException {
        Optional<Cid> id = Untrusted.read(() -> Cid.read(input));
        if (id.isPresent()) {
            assertArrayEquals(input, id.get().toBytes());
            assertEquals(id.get(), Cid.parse(id.get().toString()));
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anIdAsTextIsReadTheSameFromWhatItWrites(byte[] input) throws IOException {
        Optional<Cid> id = Untrusted.read(() -> Cid.parse(new String(input, UTF_8)));
        if (id.isPresent()) {
            assertEquals(id.get(), Cid.parse(id.get().toString()));
            assertEquals(id.get(), Cid.read(id.get().toBytes()));
        }
    }
}
