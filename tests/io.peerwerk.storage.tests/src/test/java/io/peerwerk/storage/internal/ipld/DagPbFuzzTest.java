// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;

class DagPbFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aNodeThatIsReadIsWrittenAsLongAndReadTheSame(byte[] input) throws FormatException {
        var read = Untrusted.read(() -> DagPbNode.parse(ByteBuffer.wrap(input)));
        if (read.isPresent()) {
            byte[] written = read.get().toBytes();
            assertEquals(input.length, written.length);
            assertEquals(read.get(), DagPbNode.parse(ByteBuffer.wrap(written)));
        }
    }
}
