// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.mvstore.internal.MvBlockStores;

/**
 * Puts blocks, and removes some, until it is killed; says each one's number when the store has acknowledged it. Runs in
 * a process of its own. Arguments: folder; kind of store, seed
 * and first number in one.
 */
public final class CrashingWriter {

    private static final int CALLERS = 4;

    private CrashingWriter() {
    }

    static int bytes(int number) {
        return 500 + number % 7 * 3000;
    }

    static boolean isRemoved(int number) {
        return number % 5 == 2;
    }

    /** Never returns. */
    public static void main(String[] arguments) throws Exception {
        String[] words = arguments[1].split(" ");
        BlockStore store = open(words[0], Path.of(arguments[0]));
        long seed = Long.parseLong(words[1]);
        AtomicInteger next = new AtomicInteger(Integer.parseInt(words[2]));
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> work(store, seed, next)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** Opens a store; the log with small segments, so that many begin. */
    static BlockStore open(String kind, Path folder) throws IOException {
        return kind.equals(BlockStores.LOG) ? new LogBlockStore(folder, new LogOptions(1L << 30, 200_000))
                : new MvBlockStores().open(folder, 1L << 30);
    }

    private static void work(BlockStore store, long seed, AtomicInteger next) {
        PrintStream out = System.out;
        try {
            while (true) {
                int number = next.getAndIncrement();
                Block block = TestBlocks.block(seed, number, bytes(number));
                store.put(List.of(block));
                out.println("put " + number);
                if (isRemoved(number)) {
                    out.println("removing " + number);
                    store.remove(block.cid());
                    out.println("removed " + number);
                }
            }
        } catch (IOException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }
}
