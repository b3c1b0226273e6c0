// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.blocks.BlockStoreContract;
import io.peerwerk.storage.internal.blocks.TestBlocks;
import org.junit.jupiter.api.Test;

class MvBlockStoreTest extends BlockStoreContract {

    @Override
    protected BlockStore open(long quota) throws IOException {
        return new MvBlockStores().open(folder, quota);
    }

    @Override
    protected int blockBytes() {
        // The file grows in pieces of 4 KiB, a few for each commit.
        return 200_000;
    }

    @Test
    void bitRotIsNeverServed() throws IOException {
        List<Block> blocks = List.of(TestBlocks.block(1, 1, 100_000), TestBlocks.block(1, 2, 100_000));
        try (BlockStore store = open(1 << 30)) {
            store.put(blocks);
        }
        Path file = folder.resolve("blocks.mv.db");
        byte[] bytes = Files.readAllBytes(file);
        byte[] wanted = new byte[16];
        blocks.getFirst().data().get(50_000, wanted);
        bytes[indexOf(bytes, wanted)] ^= 1;
        Files.write(file, bytes);
        try (BlockStore store = open(1 << 30)) {
            assertTrue(store.get(blocks.getFirst().cid()).isEmpty());
            assertFalse(store.has(blocks.getFirst().cid()));
            assertEquals(1, ((MvBlockStore) store).damaged());
            assertAllThere(store, blocks.subList(1, 2));
            store.put(blocks);
            assertAllThere(store, blocks);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("the block is not in the file as it is");
    }

    @Test
    void spaceOfRemovedBlocksIsUsedAgain() throws IOException {
        try (BlockStore store = open(3_000_000)) {
            for (int round = 0; round < 20; round++) {
                Block block = TestBlocks.block(1, round, 1_000_000);
                store.put(List.of(block));
                store.remove(block.cid());
            }
            assertTrue(store.used() <= 3_000_000, () -> store.used() + " bytes are used");
        }
    }
}
