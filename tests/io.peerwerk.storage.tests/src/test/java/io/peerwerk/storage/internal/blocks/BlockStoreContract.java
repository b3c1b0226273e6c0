// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockMismatchException;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every block store promises; a test of an implementation inherits it. */
public abstract class BlockStoreContract {

    @TempDir
    protected Path folder;

    /** Opens the store in {@link #folder}. */
    protected abstract BlockStore open(long quota) throws IOException;

    /** How large a block is so that what the store needs beside it is little; of twenty such, sixteen fit into a quota. */
    protected int blockBytes() {
        return 1000;
    }

    private Block large(int number) {
        return TestBlocks.block(3, number, blockBytes());
    }

    @Test
    void whatWasPutIsThereNowAndAfterReopening() throws IOException {
        List<Block> blocks = IntStream.range(0, 50).mapToObj(TestBlocks::block).toList();
        try (BlockStore store = open(1 << 30)) {
            store.put(blocks);
            assertAllThere(store, blocks);
        }
        try (BlockStore store = open(1 << 30)) {
            assertAllThere(store, blocks);
            assertEquals(50, store.blockCount());
            assertEquals(blocks.stream().map(Block::cid).collect(Collectors.toSet()),
                    store.cids().collect(Collectors.toSet()));
        }
    }

    @Test
    void blocksOfTheLeastAndTheLargestSizeAreKept() throws IOException {
        List<Block> blocks = List.of(Block.raw(new byte[0]), Block.raw(new byte[] {1}),
                Block.raw(new byte[Block.MAX_BYTES]));
        try (BlockStore store = open(1 << 30)) {
            store.put(blocks);
            assertAllThere(store, blocks);
        }
        assertThrows(IllegalArgumentException.class, () -> Block.raw(new byte[Block.MAX_BYTES + 1]));
    }

    @Test
    void aBlockThatIsNotThereIsNotThere() throws IOException {
        try (BlockStore store = open(1 << 30)) {
            Cid cid = TestBlocks.block(1).cid();
            assertFalse(store.has(cid));
            assertEquals(Optional.empty(), store.get(cid));
            store.remove(cid);
            assertEquals(0, store.blockCount());
        }
    }

    @Test
    void theSizeOfABlockIsKnownAsLongAsItIsThere() throws IOException {
        Block block = TestBlocks.block(7, 1, 1234);
        try (BlockStore store = open(1 << 30)) {
            assertEquals(BlockStore.ABSENT, store.size(block.cid()));
            store.put(List.of(block, Block.raw(new byte[0])));
            assertEquals(1234, store.size(block.cid()));
            assertEquals(0, store.size(Block.raw(new byte[0]).cid()));
        }
        try (BlockStore store = open(1 << 30)) {
            assertEquals(1234, store.size(block.cid()));
            store.remove(block.cid());
            assertEquals(BlockStore.ABSENT, store.size(block.cid()));
        }
    }

    @Test
    void puttingABlockTwiceCostsItsSpaceOnce() throws IOException {
        try (BlockStore store = open(1 << 30)) {
            store.put(List.of(TestBlocks.block(1), TestBlocks.block(1)));
            long used = store.used();
            store.put(List.of(TestBlocks.block(1)));
            assertEquals(used, store.used());
            assertEquals(1, store.blockCount());
        }
    }

    @Test
    void aRemovedBlockIsGoneNowAndAfterReopeningAndCanBePutAgain() throws IOException {
        Block block = TestBlocks.block(1);
        try (BlockStore store = open(1 << 30)) {
            store.put(List.of(block, TestBlocks.block(2)));
            store.remove(block.cid());
            assertFalse(store.has(block.cid()));
        }
        try (BlockStore store = open(1 << 30)) {
            assertFalse(store.has(block.cid()));
            assertEquals(1, store.blockCount());
            store.put(List.of(block));
        }
        try (BlockStore store = open(1 << 30)) {
            assertAllThere(store, List.of(block, TestBlocks.block(2)));
        }
    }

    @Test
    void aBlockWhoseBytesAreNotWhatItsCidSaysIsRefusedAndNothingWithIt() throws IOException {
        try (BlockStore store = open(1 << 30)) {
            Block lie = new Block(TestBlocks.block(1).cid(), ByteBuffer.wrap(new byte[1000]));
            assertThrows(BlockMismatchException.class, () -> store.put(List.of(TestBlocks.block(2), lie)));
            assertEquals(0, store.blockCount());
        }
    }

    @Test
    void aCidThatIsItsOwnDataIsRefused() throws IOException {
        try (BlockStore store = open(1 << 30)) {
            byte[] data = new byte[100];
            Block identity = new Block(Cid.v1(Cid.RAW, Multihash.identity(data)), ByteBuffer.wrap(data));
            assertThrows(BlockMismatchException.class, () -> store.put(List.of(identity)));
        }
    }

    @Test
    void theQuotaRefusesNewBlocksAndHarmsNoOldOne() throws IOException {
        long quota = 20L * blockBytes();
        try (BlockStore store = open(quota)) {
            List<Block> kept = new ArrayList<>();
            assertThrows(QuotaExceededException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    store.put(List.of(large(i)));
                    kept.add(large(i));
                }
            });
            assertTrue(kept.size() > 15, () -> "only " + kept.size() + " of " + blockBytes() + " bytes fit");
            assertTrue(store.used() <= quota, () -> store.used() + " bytes are used");
            assertAllThere(store, kept);
            store.put(kept);
            store.remove(kept.getFirst().cid());
            store.remove(kept.get(1).cid());
            store.put(List.of(large(200)));
            assertTrue(store.used() <= quota, () -> store.used() + " bytes are used");
        }
    }

    @Test
    void aSmallerQuotaTakesNothingAwayAndALargerOneTakesMoreAtOnce() throws IOException {
        long quota = 20L * blockBytes();
        try (BlockStore store = open(quota)) {
            store.put(List.of(TestBlocks.block(1), TestBlocks.block(2)));
            store.quota(100);
            assertEquals(100, store.quota());
            assertThrows(QuotaExceededException.class, () -> store.put(List.of(TestBlocks.block(3))));
            assertAllThere(store, List.of(TestBlocks.block(1), TestBlocks.block(2)));
            store.quota(quota);
            store.put(List.of(TestBlocks.block(3)));
        }
    }

    @Test
    void manyCallersAtOnceAllGetTheirBlocksStored() throws Exception {
        try (BlockStore store = open(1 << 30); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                // Every block is put by two callers.
                Block block = TestBlocks.block(i / 2);
                calls.add(() -> {
                    store.put(List.of(block));
                    return store.get(block.cid()).orElseThrow().equals(block.data());
                });
            }
            for (Future<Boolean> call : callers.invokeAll(calls)) {
                assertTrue(call.get());
            }
            assertEquals(100, store.blockCount());
        }
    }

    @Test
    void anInterruptedCallerHarmsNobody() throws Exception {
        try (BlockStore store = open(1 << 30)) {
            store.put(List.of(TestBlocks.block(1)));
            Thread.currentThread().interrupt();
            store.put(List.of(TestBlocks.block(2)));
            store.get(TestBlocks.block(1).cid());
            assertTrue(Thread.interrupted());
            store.put(List.of(TestBlocks.block(3)));
            assertAllThere(store, List.of(TestBlocks.block(1), TestBlocks.block(2), TestBlocks.block(3)));
        }
    }

    @Test
    void aSecondStoreOnTheSameFolderIsRefused() throws IOException {
        try (BlockStore first = open(1 << 20)) {
            StorageException e = assertThrows(StorageException.class, () -> open(1 << 20));
            assertTrue(e.getMessage().contains("in use by another node"), e::getMessage);
            first.put(List.of(TestBlocks.block(0)));
        }
        open(1 << 20).close();
    }

    @Test
    void usedIsTheSizeOfTheFiles() throws IOException {
        try (BlockStore store = open(1 << 30)) {
            store.put(IntStream.range(0, 20).mapToObj(TestBlocks::block).toList());
            store.remove(TestBlocks.block(3).cid());
            try (var files = Files.list(folder)) {
                assertEquals(files.mapToLong(f -> f.toFile().length()).sum(), store.used());
            }
        }
    }

    @Test
    void aClosedStoreSaysSo() throws IOException {
        BlockStore store = open(1 << 30);
        store.close();
        store.close();
        IOException e = assertThrows(IOException.class, () -> store.put(List.of(TestBlocks.block(1))));
        assertTrue(e.getMessage().contains("closed"), e::getMessage);
    }

    protected static void assertAllThere(BlockStore store, Iterable<Block> blocks) throws IOException {
        for (Block block : blocks) {
            assertTrue(store.has(block.cid()));
            ByteBuffer got = store.get(block.cid()).orElseThrow();
            byte[] bytes = new byte[got.remaining()];
            got.get(bytes);
            byte[] wanted = new byte[block.size()];
            block.data().get(wanted);
            assertArrayEquals(wanted, bytes);
        }
    }

    static Set<Cid> cids(BlockStore store) {
        return store.cids().collect(Collectors.toSet());
    }
}
