// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.car;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.Block;

class CarFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anArchiveHasGoodBlocksOnlyOrIsRefused(byte[] input) throws IOException {
        List<Block> blocks;
        try {
            blocks = CarTest.read(input);
        } catch (FormatException | EOFException refused) {
            return;
        }
        assertTrue(blocks.stream().allMatch(Block::verified));
        assertEquals(blocks, CarTest.read(CarTest.car(List.of(), blocks)));
    }

    @FuzzTest(maxDuration = "5m")
    void aHeaderThatIsReadIsWrittenTheSame(byte[] input) {
        Untrusted.read(() -> CarHeader.parse(input)).ifPresent(header -> assertArrayEquals(input, header.toBytes()));
    }
}
