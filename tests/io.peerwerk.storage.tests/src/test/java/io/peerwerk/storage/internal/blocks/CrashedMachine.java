// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.blocks.Faults.Operation;

/**
 * A machine with a log on a disk that fails, used by several writers at once, which stops again and again and is started
 * anew. All happens on one thread and follows from the seed. Remembers what was acknowledged.
 */
final class CrashedMachine {

    private static final int KEYS = 60;
    private static final int WRITERS = 4;
    private static final int MOST_OPERATIONS = 70;
    private static final LogOptions OPTIONS = new LogOptions(1 << 20, 9_000);
    private static final List<Block> BLOCKS = IntStream.range(0, KEYS)
            .mapToObj(key -> TestBlocks.block(77, key, 60 + key * key % 2900)).toList();

    /** What is known of a block: what was acknowledged last, or nothing after a call that failed. */
    private enum State { THERE, GONE, UNSURE }

    private record Asked(List<Integer> keys, boolean put, CompletableFuture<Void> done) {
    }

    private final String name;
    private final Random random;
    private final Faults faults;
    private final State[] states = new State[KEYS];
    private final List<LogWriter> writer = new ArrayList<>();
    private MemoryDisk disk;
    private LogBlockStore store;
    private int acknowledged;
    private int failed;

    CrashedMachine(long seed) throws IOException {
        name = "seed " + seed;
        random = new Random(seed);
        faults = new Faults(seed + 1);
        disk = new MemoryDisk(faults);
        Arrays.fill(states, State.GONE);
        store = open();
    }

    int acknowledged() {
        return acknowledged;
    }

    int failed() {
        return failed;
    }

    private LogBlockStore open() throws IOException {
        writer.clear();
        return new LogBlockStore(disk, OPTIONS, writer::add);
    }

    /** Works until the machine stops, starts it again and compares. */
    void liveOnce() throws IOException {
        breakThings();
        faults.crashAfter(random.nextInt(MOST_OPERATIONS));
        while (!disk.stopped()) {
            work();
        }
        disk = random.nextBoolean() ? disk.crash(random) : disk.kill();
        startAgain();
        check();
    }

    private void breakThings() {
        faults.end();
        for (Operation operation : Operation.values()) {
            if (random.nextInt(4) == 0) {
                faults.fail(operation, 2 + random.nextInt(20));
            }
        }
        disk.capacity(random.nextInt(4) == 0 ? disk.used() + random.nextInt(8_000) : Long.MAX_VALUE);
        store.quota(random.nextInt(4) == 0 ? store.used() + random.nextInt(8_000) : 1 << 20);
    }

    /** Several writers ask at once; what they ask shares a batch. */
    private void work() throws IOException {
        List<Integer> keys = new ArrayList<>(IntStream.range(0, KEYS).boxed().toList());
        Collections.shuffle(keys, random);
        List<Asked> asked = new ArrayList<>();
        int at = 0;
        for (int w = 1 + random.nextInt(WRITERS); w > 0; w--) {
            int count = 1 + random.nextInt(3);
            asked.add(ask(keys.subList(at, at + count)));
            at += count;
        }
        if (random.nextInt(20) == 0) {
            store.quota(store.used() + random.nextInt(20_000));
        }
        if (asked.stream().anyMatch(a -> !a.done().isDone())) {
            writer.getFirst().turn(new ArrayList<>());
        }
        asked.forEach(this::note);
        read(random.nextInt(KEYS));
    }

    private Asked ask(List<Integer> keys) throws IOException {
        if (random.nextInt(30) == 0) {
            return new Asked(List.of(), true, store.compacting());
        }
        if (random.nextInt(3) == 0) {
            return new Asked(keys.subList(0, 1), false, store.removing(BLOCKS.get(keys.getFirst()).cid()));
        }
        return new Asked(keys, true, store.putting(keys.stream().map(BLOCKS::get).toList()));
    }

    private void note(Asked asked) {
        assertTrue(asked.done().isDone(), name);
        boolean done = !asked.done().isCompletedExceptionally();
        acknowledged += done ? 1 : 0;
        failed += done ? 0 : 1;
        for (int key : asked.keys()) {
            if (done) {
                states[key] = asked.put() ? State.THERE : State.GONE;
            } else if (!asked.put() || states[key] == State.GONE) {
                // A put that fails harms no block that is there.
                states[key] = State.UNSURE;
            }
        }
    }

    /** Reads while the disk fails: an error is allowed, wrong bytes and a loss are not. */
    private void read(int key) {
        boolean wasStopped = disk.stopped();
        try {
            compare(key, store.get(BLOCKS.get(key).cid()));
        } catch (IOException e) {
            assertTrue(wasStopped || disk.stopped() || "Input/output error".equals(e.getMessage()), e::toString);
        }
    }

    private void startAgain() throws IOException {
        boolean breaks = random.nextInt(3) == 0;
        faults.end();
        if (breaks) {
            faults.crashAfter(random.nextInt(4));
            faults.fail(Operation.SYNC, random.nextInt(3));
        }
        disk.capacity(random.nextInt(3) == 0 ? disk.used() : Long.MAX_VALUE);
        try {
            store = open();
        } catch (IOException e) {
            assertTrue(breaks, () -> name + ": " + e);
            disk = random.nextBoolean() ? disk.crash(random) : disk.kill();
            faults.end();
            store = open();
        }
        faults.end();
    }

    private void check() throws IOException {
        int there = 0;
        for (int key = 0; key < KEYS; key++) {
            Block block = BLOCKS.get(key);
            Optional<ByteBuffer> got = store.get(block.cid());
            compare(key, got);
            assertEquals(got.isPresent(), store.has(block.cid()), name);
            // From now on it stays so: the store has made durable what it believes.
            states[key] = got.isPresent() ? State.THERE : State.GONE;
            there += got.isPresent() ? 1 : 0;
        }
        assertEquals(there, store.blockCount(), name);
    }

    private void compare(int key, Optional<ByteBuffer> got) {
        String what = name + ": block " + key + " was " + states[key];
        switch (states[key]) {
            case THERE -> assertTrue(got.isPresent(), what);
            case GONE -> assertFalse(got.isPresent(), what);
            case UNSURE -> { }
        }
        got.ifPresent(bytes -> assertEquals(BLOCKS.get(key).data(), bytes, what));
    }
}
