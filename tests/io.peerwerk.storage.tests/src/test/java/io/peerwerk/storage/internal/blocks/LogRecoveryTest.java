// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.StorageException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The log against the simplest model of it, a map, through crashes, full disks and compactions. */
class LogRecoveryTest {

    private enum Step { PUT, REMOVE, CRASH, REOPEN, COMPACT, FILL_UP, MAKE_ROOM }

    @Provide
    Arbitrary<List<Tuple2<Step, Integer>>> stories() {
        Arbitrary<Step> steps = Arbitraries.frequency(Tuple.of(10, Step.PUT), Tuple.of(5, Step.REMOVE),
                Tuple.of(2, Step.CRASH), Tuple.of(1, Step.REOPEN), Tuple.of(1, Step.COMPACT), Tuple.of(1, Step.FILL_UP),
                Tuple.of(2, Step.MAKE_ROOM));
        return Combinators.combine(steps, Arbitraries.integers().between(0, 40)).as(Tuple::of).list()
                .ofMinSize(1).ofMaxSize(60);
    }

    @Property(tries = 200)
    void whateverHappensTheStoreHoldsWhatWasAcknowledged(@ForAll("stories") List<Tuple2<Step, Integer>> story,
            @ForAll Random random) throws IOException {
        LogOptions options = new LogOptions(1 << 20, 4_000);
        MemoryDisk disk = new MemoryDisk();
        LogBlockStore store = new LogBlockStore(disk, options);
        Map<Cid, Block> model = new HashMap<>();
        // Of a call that failed nobody knows the outcome.
        Map<Cid, Block> unsure = new HashMap<>();
        for (Tuple2<Step, Integer> step : story) {
            Block block = TestBlocks.block(1, step.get2(), 300 + step.get2());
            try {
                switch (step.get1()) {
                    case PUT -> {
                        store.put(List.of(block));
                        model.put(block.cid(), block);
                        unsure.remove(block.cid());
                    }
                    case REMOVE -> {
                        store.remove(block.cid());
                        model.remove(block.cid());
                        unsure.remove(block.cid());
                    }
                    case CRASH -> {
                        disk = disk.crash(random);
                        store.close();
                        store = new LogBlockStore(disk, options);
                    }
                    case REOPEN -> {
                        store.close();
                        store = new LogBlockStore(disk, options);
                    }
                    case COMPACT -> store.compact();
                    case FILL_UP -> disk.capacity(disk.used() + 200);
                    case MAKE_ROOM -> disk.capacity(Long.MAX_VALUE);
                }
            } catch (StorageException e) {
                if (step.get1() == Step.PUT || step.get1() == Step.REMOVE) {
                    model.remove(block.cid());
                    unsure.put(block.cid(), block);
                }
            }
            check(store, model, unsure);
        }
        store.close();
    }

    private static void check(LogBlockStore store, Map<Cid, Block> model, Map<Cid, Block> unsure) throws IOException {
        for (Block block : model.values()) {
            assertEquals(block.data(), store.get(block.cid()).orElseThrow());
        }
        long extra = unsure.keySet().stream().filter(store::has).count();
        assertEquals(model.size() + extra, store.blockCount());
    }

    @Property(tries = 500)
    void arbitraryBytesInPlaceOfALogAreSurvived(@ForAll byte[] bytes, @ForAll boolean withHeader) throws IOException {
        survive(bytes, withHeader);
    }

    /** Opens a store over these bytes, which must not fail but with the exception for a newer version. */
    static void survive(byte[] bytes, boolean withHeader) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        byte[] header = LogFormat.segmentHeader(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        byte[] log = new byte[(withHeader ? header.length : 0) + bytes.length];
        if (withHeader) {
            System.arraycopy(header, 0, log, 0, header.length);
        }
        System.arraycopy(bytes, 0, log, log.length - bytes.length, bytes.length);
        disk.content(Segment.name(1), log);
        disk.content(Segment.name(2), log);
        try (LogBlockStore store = new LogBlockStore(disk, LogOptions.quota(1 << 20))) {
            store.put(List.of(TestBlocks.block(1)));
            for (Cid cid : store.cids().toList()) {
                store.get(cid);
            }
            store.compact();
        } catch (FormatException e) {
            assertEquals(false, withHeader, e.getMessage());
        }
    }
}
