// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.core.Untrusted;

class VarintFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aNumberIsReadTheSameFromBothSourcesAndHasOneSpelling(byte[] input) throws IOException {
        var stream = new ByteArrayInputStream(input);
        Optional<Long> value = Untrusted.read(() -> Varint.read(ByteBuffer.wrap(input)));
        assertEquals(value, Untrusted.read(() -> Varint.read(stream)));
        byte[] taken = Arrays.copyOf(input, input.length - stream.available());
        value.ifPresent(v -> assertArrayEquals(Varint.encode(v), taken));
    }
}
