// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.sun.management.OperatingSystemMXBean;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.internal.blocks.LogBlockStore;
import io.peerwerk.storage.internal.blocks.LogOptions;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;

/** Measures; no test. Arguments: megabytes of the file (128), rounds (3). */
public final class StorageBench {

    private static final double MB = 1e6;

    private StorageBench() {
    }

    /** Prints MB/s for each part, and for put and get over eight nodes in this one process. */
    public static void main(String[] arguments) throws IOException {
        int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 128;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Files.createTempDirectory("peerwerk-bench");
        byte[] content = new byte[megabytes * 1_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        for (int round = 0; round < rounds; round++) {
            code();
            hash(content);
            store(folder.resolve("store" + round), content);
            eightNodes(folder.resolve("round" + round), file, content.length);
        }
    }

    private static void code() {
        ErasureCode code = new ErasureCode(10, 30);
        int bytes = code.shardBytes(1 << 20);
        Shard[] data = Shard.cut(new byte[10 * bytes], 10, bytes);
        Shard[] parity = Shard.cut(new byte[20 * bytes], 20, bytes);
        int chunks = 100;
        print("encode 10/30, one core", chunks * 10.0 * bytes, () -> {
            for (int i = 0; i < chunks; i++) {
                code.encode(data, parity, bytes);
            }
        });
        Shard[] there = new Shard[30];
        Shard[] wanted = new Shard[30];
        for (int i = 0; i < 10; i++) {
            there[10 + i] = parity[i];
            wanted[i] = data[i];
        }
        print("decode 10/30, all data shards lost", chunks * 10.0 * bytes, () -> {
            for (int i = 0; i < chunks; i++) {
                code.restore(there, wanted, bytes);
            }
        });
    }

    private static void hash(byte[] content) {
        print("SHA-256", content.length, () -> Multihash.sha256(ByteBuffer.wrap(content)));
    }

    private static void store(Path folder, byte[] content) throws IOException {
        int bytes = 104_858;
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at + bytes <= content.length; at += bytes) {
            ByteBuffer data = ByteBuffer.wrap(content, at, bytes);
            blocks.add(new Block(Cid.v1(Cid.RAW, Multihash.sha256(data)), data));
        }
        try (LogBlockStore store = new LogBlockStore(folder, LogOptions.quota(1L << 40))) {
            print("block store: put, 16 blocks a call", (double) blocks.size() * bytes, () -> {
                for (int i = 0; i < blocks.size(); i += 16) {
                    store.put(blocks.subList(i, Math.min(blocks.size(), i + 16)));
                }
            });
            print("block store: get", (double) blocks.size() * bytes, () -> {
                for (Block block : blocks) {
                    store.get(block.cid());
                }
            });
        }
    }

    private static void eightNodes(Path folder, Path file, int bytes) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            StoredItem[] item = new StoredItem[1];
            print("put over 8 nodes in one process", bytes,
                    () -> item[0] = there.node(0).storage.put(file, PutOptions.standard(), Progress.NONE));
            print("get over 8 nodes in one process", bytes,
                    () -> there.node(5).storage.get(item[0].link(), folder.resolve("got"), Progress.NONE));
            for (int i = 1; i < 4; i++) {
                there.kill(there.node(i));
            }
            print("get after the loss of 3", bytes,
                    () -> there.node(5).storage.get(item[0].link(), folder.resolve("again"), Progress.NONE));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void print(String what, double bytes, Work work) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (system.getProcessCpuTime() - cpu) / 1e6;
        System.out.printf("%-40s %8.0f MB/s %8.2f ms of CPU a MB%n", what, bytes / MB / seconds,
                cpuMillis * MB / bytes);
    }
}
