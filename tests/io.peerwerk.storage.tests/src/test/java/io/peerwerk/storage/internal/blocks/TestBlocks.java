// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.Random;

import io.peerwerk.storage.Block;

/** Blocks that follow from two numbers, so that another process can make the same ones. */
public final class TestBlocks {

    private TestBlocks() {
    }

    public static Block block(long seed, int number, int bytes) {
        byte[] data = new byte[bytes];
        new Random(seed * 1_000_003 + number).nextBytes(data);
        return Block.raw(data);
    }

    public static Block block(int number) {
        return block(0, number, 1000);
    }
}
