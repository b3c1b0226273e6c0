// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.internal.manifest.ShardTable;
import io.peerwerk.storage.internal.seal.KeySeal;

/** Gathers the digests of chunks that are coded in any order into shard tables, and hands each on when it is full. */
final class TableWriter {

    private static final int DIGEST = 32;

    private final PutOptions shards;
    private final KeySeal seal;
    private final Consumer<Block> full;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Partial> partial = new TreeMap<>();
    private final Map<Integer, byte[]> digests = new TreeMap<>();

    private static final class Partial {
        private final byte[] digests;
        private final byte[] keys;
        private int chunks;

        Partial(int chunks, int shards) {
            digests = new byte[chunks * shards * DIGEST];
            keys = new byte[chunks * KeySeal.SEALED_BYTES];
        }
    }

    /**
     * @param seal of this file, for the chunks' keys
     * @param full takes each table as a block, on the thread that completed it
     */
    TableWriter(PutOptions shards, KeySeal seal, Consumer<Block> full) {
        this.shards = shards;
        this.seal = seal;
        this.full = full;
    }

    /** Notes the shards of a chunk, and its key. */
    void add(long chunk, byte[] key, List<Block> blocks) {
        byte[] digests = digests(blocks);
        byte[] sealed = seal.seal(chunk, key, digests);
        int perTable = ShardTable.chunksPerTable(shards);
        int number = ShardTable.number(chunk, shards);
        int at = (int) (chunk % perTable);
        Block table = null;
        lock.lock();
        try {
            Partial part = partial.computeIfAbsent(number, n -> new Partial(perTable, shards.totalShards()));
            System.arraycopy(digests, 0, part.digests, at * digests.length, digests.length);
            System.arraycopy(sealed, 0, part.keys, at * sealed.length, sealed.length);
            if (++part.chunks == perTable) {
                table = close(number, part);
            }
        } finally {
            lock.unlock();
        }
        if (table != null) {
            full.accept(table);
        }
    }

    private static byte[] digests(List<Block> blocks) {
        byte[] digests = new byte[blocks.size() * DIGEST];
        for (int i = 0; i < blocks.size(); i++) {
            System.arraycopy(blocks.get(i).cid().hash().digest(), 0, digests, i * DIGEST, DIGEST);
        }
        return digests;
    }

    private Block close(int number, Partial part) {
        partial.remove(number);
        int used = part.chunks * DIGEST * shards.totalShards();
        Block table = new ShardTable((long) number * ShardTable.chunksPerTable(shards), shards.totalShards(),
                Arrays.copyOf(part.digests, used), Arrays.copyOf(part.keys, part.chunks * KeySeal.SEALED_BYTES))
                .toBlock();
        digests.put(number, table.cid().hash().digest());
        return table;
    }

    /** Hands on the last table; all chunks were added. Gives the digests of all tables in order. */
    List<byte[]> finish() {
        Block last = null;
        lock.lock();
        try {
            for (Map.Entry<Integer, Partial> rest : Map.copyOf(partial).entrySet()) {
                last = close(rest.getKey(), rest.getValue());
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            full.accept(last);
        }
        return List.copyOf(digests.values());
    }
}
