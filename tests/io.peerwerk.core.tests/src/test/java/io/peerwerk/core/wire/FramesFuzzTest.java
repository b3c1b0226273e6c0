// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class FramesFuzzTest {

    private static final int MAX = 64;

    @FuzzTest(maxDuration = "5m")
    void framesThatAreReadAreWrittenAsTheyWere(byte[] input) throws IOException {
        var in = new ByteArrayInputStream(input);
        var out = new ByteArrayOutputStream();
        Optional<byte[]> message = Untrusted.read(() -> Frames.read(in, MAX));
        while (message.isPresent()) {
            assertTrue(message.get().length <= MAX);
            Frames.write(out, message.get());
            assertArrayEquals(Arrays.copyOf(input, input.length - in.available()), out.toByteArray());
            message = Untrusted.read(() -> Frames.read(in, MAX));
        }
    }
}
