// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class MultihashFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aHashHasOneSpelling(byte[] input) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(input);
        Untrusted.read(() -> Multihash.parse(buffer)).ifPresent(hash -> {
            assertArrayEquals(Arrays.copyOf(input, buffer.position()), hash.toBytes());
            hash.matches(ByteBuffer.wrap(input));
        });
        Untrusted.read(() -> Multihash.parse(input)).ifPresent(hash -> assertEquals(0, buffer.remaining()));
    }
}
