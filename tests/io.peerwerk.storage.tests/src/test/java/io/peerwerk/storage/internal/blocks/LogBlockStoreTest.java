// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import org.junit.jupiter.api.Test;

class LogBlockStoreTest extends BlockStoreContract {

    private static final LogOptions SMALL = new LogOptions(1 << 30, 10_000);
    private static final String FIRST = Segment.name(1);

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected BlockStore open(long quota) throws IOException {
        return new LogBlockStore(folder, LogOptions.quota(quota));
    }

    private LogBlockStore small() throws IOException {
        return new LogBlockStore(disk, SMALL);
    }

    private static List<Block> blocks(int from, int to) {
        return IntStream.range(from, to).mapToObj(TestBlocks::block).toList();
    }

    @Test
    void aLogThatIsCutAtAnyByteOfItsLastRecordLosesThatRecordOnly() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 3));
        }
        byte[] whole = disk.content(FIRST);
        int record = LogFormat.recordLength(TestBlocks.block(2).cid(), 1000);
        for (int cut = 1; cut <= record; cut++) {
            disk.content(FIRST, Arrays.copyOf(whole, whole.length - cut));
            try (LogBlockStore store = small()) {
                assertEquals(2, store.blockCount(), "cut by " + cut);
                assertEquals(0, store.damaged(), "cut by " + cut);
                assertEquals(whole.length - record, disk.size(FIRST));
                if (cut % 97 == 0) {
                    store.put(blocks(5, 6));
                    assertAllThere(store, List.of(TestBlocks.block(0), TestBlocks.block(1), TestBlocks.block(5)));
                }
            }
        }
    }

    @Test
    void aFlippedByteAnywhereCostsAtMostOneBlock() throws IOException {
        List<Block> all = blocks(0, 4);
        try (LogBlockStore store = small()) {
            store.put(all);
        }
        byte[] whole = disk.content(FIRST);
        for (int at = 0; at < whole.length; at += 13) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            disk.content(FIRST, flipped);
            try (LogBlockStore store = small()) {
                List<Block> there = new ArrayList<>();
                for (Block block : all) {
                    if (store.get(block.cid()).isPresent()) {
                        there.add(block);
                    }
                }
                int from = at;
                assertTrue(there.size() >= 3, () -> "byte " + from + " costs " + (4 - there.size()) + " blocks");
                assertAllThere(store, there);
            }
        }
    }

    @Test
    void bitRotAtAnyByteOfASealedRecordIsNoticedAndNeverServed() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 12));
        }
        byte[] whole = disk.content(FIRST);
        int record = LogFormat.recordLength(TestBlocks.block(0).cid(), 1000);
        for (int at = 0; at < record; at++) {
            byte[] rotten = whole.clone();
            rotten[LogFormat.SEGMENT_HEADER + at] ^= 0x40;
            disk.content(FIRST, rotten);
            try (LogBlockStore store = small()) {
                assertTrue(store.get(TestBlocks.block(0).cid()).isEmpty(), "byte " + at);
                assertEquals(1, store.damaged(), "byte " + at);
                assertEquals(11, store.blockCount(), "byte " + at);
            }
        }
        disk.content(FIRST, whole);
    }

    @Test
    void aSectorThatCannotBeReadCostsWhatLiesInItAndTheStoreOpens() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 30));
        }
        disk.badSector(FIRST, 4096);
        try (LogBlockStore store = small()) {
            assertEquals(1, store.damaged());
            // Four begin in the sector; the one before reaches into it: it is there, and cannot be read.
            assertEquals(26, store.blockCount());
            assertThrows(IOException.class, () -> store.get(TestBlocks.block(3).cid()));
            assertAllThere(store, blocks(0, 3));
            assertAllThere(store, blocks(8, 30));
            store.remove(TestBlocks.block(0).cid());
            store.compact();
        }
        disk.badSector(FIRST, -1);
        try (LogBlockStore store = small()) {
            assertAllThere(store, blocks(1, 30));
        }
    }

    @Test
    void aRecordThatAFailedFsyncLeftBehindIsNotBelieved() throws IOException {
        Block block = TestBlocks.block(0);
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 2));
            disk.failSync(true);
            disk.failTruncate(true);
            // The tombstone is in the file, and the file cannot be cut back.
            assertThrows(StorageException.class, () -> store.remove(block.cid()));
            assertThrows(StorageException.class, () -> store.put(List.of(block)));
            disk.failSync(false);
            store.put(List.of(block));
            disk.failTruncate(false);
        }
        try (LogBlockStore store = small()) {
            assertAllThere(store, List.of(block));
        }
    }

    @Test
    void aWholeCopyCountsMoreThanALaterTornOne() throws IOException {
        Block block = TestBlocks.block(0);
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 12));
        }
        String newest = disk.list().getLast();
        byte[] log = disk.content(newest);
        byte[] copy = LogFormat.recordHeader(LogFormat.Kind.PUT, block.cid(), 1000, LogFormat.crc(block.data()));
        System.arraycopy(log, 16, copy, 0, LogFormat.MARKER_BYTES);
        byte[] torn = Arrays.copyOf(log, log.length + copy.length + 1000);
        System.arraycopy(copy, 0, torn, log.length, copy.length);
        // Behind it a whole one, so that it is not cut off; the next segment seals them.
        byte[] last = Arrays.copyOf(torn, torn.length + log.length - LogFormat.SEGMENT_HEADER);
        System.arraycopy(log, LogFormat.SEGMENT_HEADER, last, torn.length, log.length - LogFormat.SEGMENT_HEADER);
        disk.content(newest, last);
        try (LogBlockStore store = small()) {
            store.put(blocks(20, 40));
            assertAllThere(store, List.of(block));
        }
        try (LogBlockStore store = small()) {
            assertAllThere(store, List.of(block));
        }
    }

    @Test
    void bitRotInASealedSegmentIsNoticedWhenTheBlockIsRead() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 30));
            byte[] rotten = disk.content(FIRST);
            rotten[LogFormat.SEGMENT_HEADER + 100] ^= 1;
            disk.content(FIRST, rotten);
            assertTrue(store.get(TestBlocks.block(0).cid()).isEmpty());
            assertFalse(store.has(TestBlocks.block(0).cid()));
            assertEquals(1, store.damaged());
            store.put(blocks(0, 1));
            assertAllThere(store, blocks(0, 30));
        }
    }

    @Test
    void aBlockThatLooksLikeARecordIsNotTakenForOne() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 1));
        }
        // A stranger may know the format, but not the marker of the segment that the block will lie in.
        byte[] tombstone = LogFormat.recordHeader(LogFormat.Kind.REMOVE, TestBlocks.block(0).cid(), 0, 0);
        byte[] evil = new byte[1000];
        System.arraycopy(tombstone, 0, evil, 400, tombstone.length);
        try (LogBlockStore store = small()) {
            store.put(List.of(Block.raw(evil)));
        }
        byte[] log = disk.content(FIRST);
        int second = LogFormat.SEGMENT_HEADER + LogFormat.recordLength(TestBlocks.block(0).cid(), 1000);
        log[second + LogFormat.MARKER_BYTES] ^= 1;
        disk.content(FIRST, log);
        try (LogBlockStore store = small()) {
            assertAllThere(store, blocks(0, 1));
        }
    }

    @Test
    void aFullDiskFailsThePutAndLeavesTheStoreReadableAndUsable() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 12));
            disk.capacity(disk.used() + 1500);
            StorageException e = assertThrows(StorageException.class, () -> store.put(blocks(20, 25)));
            assertTrue(e.getMessage().contains("full"), e::getMessage);
            assertAllThere(store, blocks(0, 12));
            store.put(blocks(20, 21));
            disk.capacity(Long.MAX_VALUE);
            store.put(blocks(21, 25));
            assertAllThere(store, blocks(20, 25));
        }
        try (LogBlockStore store = small()) {
            assertAllThere(store, blocks(0, 12));
            assertAllThere(store, blocks(20, 25));
            assertEquals(0, store.damaged());
        }
    }

    @Test
    void afterAFailedFsyncTheFileIsNeverAppendedToAgain() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 2));
            disk.failSync(true);
            assertThrows(StorageException.class, () -> store.put(blocks(2, 3)));
            assertFalse(store.has(TestBlocks.block(2).cid()));
            disk.failSync(false);
            long first = disk.size(FIRST);
            store.put(blocks(3, 5));
            assertEquals(first, disk.size(FIRST));
            assertAllThere(store, blocks(3, 5));
            assertEquals(disk.used(), store.used());
        }
        try (LogBlockStore store = small()) {
            assertAllThere(store, blocks(0, 2));
            assertAllThere(store, blocks(3, 5));
        }
    }

    @Test
    void aHeadThatCannotBeCutBackIsLeftAlone() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 2));
            disk.capacity(disk.used() + 300);
            disk.failTruncate(true);
            assertThrows(StorageException.class, () -> store.put(blocks(2, 3)));
            disk.capacity(Long.MAX_VALUE);
            disk.failTruncate(false);
            store.put(blocks(3, 4));
        }
        try (LogBlockStore store = small()) {
            assertAllThere(store, blocks(0, 2));
            assertAllThere(store, blocks(3, 4));
        }
    }

    @Test
    void segmentsThatAreMostlyDeadGiveTheirSpaceBackByThemselves() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 60));
            long before = store.used();
            for (int i = 0; i < 60; i++) {
                if (i % 10 != 0) {
                    store.remove(TestBlocks.block(i).cid());
                }
            }
            await().until(() -> store.used() < before / 2);
            assertAllThere(store, blocks(0, 60).stream().filter(b -> store.has(b.cid())).toList());
            assertEquals(6, store.blockCount());
        }
        try (LogBlockStore store = small()) {
            assertEquals(6, store.blockCount());
        }
    }

    @Test
    void aRemovedBlockStaysRemovedWhicheverSegmentIsCompactedFirst() throws IOException {
        try (LogBlockStore store = small()) {
            store.put(blocks(0, 9));
            store.remove(TestBlocks.block(1).cid());
            store.put(blocks(10, 30));
            store.remove(TestBlocks.block(12).cid());
            store.put(blocks(12, 13));
            store.compact();
            assertFalse(store.has(TestBlocks.block(1).cid()));
            assertTrue(store.has(TestBlocks.block(12).cid()));
        }
        try (LogBlockStore store = small()) {
            assertFalse(store.has(TestBlocks.block(1).cid()));
            assertAllThere(store, blocks(10, 30));
        }
    }

    @Test
    void spaceOfRemovedBlocksIsFoundBeforeThePutIsRefused() throws IOException {
        try (LogBlockStore store = new LogBlockStore(disk, new LogOptions(50_000, 10_000))) {
            for (int round = 0; round < 20; round++) {
                List<Block> some = blocks(round * 40, round * 40 + 40);
                store.put(some);
                assertThrows(QuotaExceededException.class, () -> store.put(blocks(5000, 5040)));
                for (Block block : some) {
                    store.remove(block.cid());
                }
            }
            assertTrue(disk.used() <= 60_000, () -> disk.used() + " bytes on disk");
        }
    }

    @Test
    void aStoreOfANewerVersionIsRefusedAndNotTouched() throws IOException {
        small().close();
        byte[] header = LogFormat.segmentHeader(new byte[LogFormat.MARKER_BYTES]);
        ByteBuffer.wrap(header).putInt(8, 99);
        CRC32C crc = new CRC32C();
        crc.update(header, 0, 12);
        crc.update(header, 16, 16);
        ByteBuffer.wrap(header).putInt(12, (int) crc.getValue());
        disk.content(FIRST, header);
        IOException e = assertThrows(IOException.class, this::small);
        assertTrue(e.getMessage().contains("newer version"), e::getMessage);
        assertEquals(header.length, disk.size(FIRST));
    }
}
