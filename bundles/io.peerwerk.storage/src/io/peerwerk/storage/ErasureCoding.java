// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Arrays;
import java.util.BitSet;

import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;
import org.jspecify.annotations.Nullable;

/**
 * The Reed-Solomon code of a put by itself, for those who measure or explain it. The shards are the chunk's own bytes
 * cut into {@code k} equal parts (the last ones padded with zeros), followed by {@code n - k} parity shards. Immutable;
 * may be used by any number of threads.
 */
public final class ErasureCoding {

    private final ErasureCode code;

    /** The code with these numbers of shards. */
    public ErasureCoding(PutOptions shards) {
        code = new ErasureCode(shards.dataShards(), shards.totalShards());
    }

    /**
     * Whether shards are coded by vectors in this process rather than by tables. Waits until that is known, up to a
     * minute; what is measured before tells nothing.
     */
    public static boolean usesVectors() throws InterruptedException {
        return ErasureCode.usesVectors();
    }

    /** How long a shard of so many bytes is. */
    public int shardBytes(int bytes) {
        return code.shardBytes(bytes);
    }

    /** All shards of a chunk, one after the other, in an array of the caller's own. */
    public byte[] encode(byte[] chunk) {
        int bytes = code.shardBytes(chunk.length);
        byte[] shards = Arrays.copyOf(chunk, Math.multiplyExact(bytes, code.totalShards()));
        encode(shards, bytes);
        return shards;
    }

    /**
     * Computes the parity shards in place.
     *
     * @param shards all n, one after the other; the first k are read, the others written
     */
    public void encode(byte[] shards, int shardBytes) {
        Shard[] all = Shard.cut(shards, code.totalShards(), shardBytes);
        code.encode(Arrays.copyOf(all, code.dataShards()),
                Arrays.copyOfRange(all, code.dataShards(), code.totalShards()), shardBytes);
    }

    /**
     * Computes lost shards in place.
     *
     * @param shards all n, one after the other
     * @param lost the numbers of those that are written and not read
     * @throws IllegalArgumentException where fewer than k are left
     */
    public void restore(byte[] shards, int shardBytes, BitSet lost) {
        @Nullable Shard[] there = Shard.cut(shards, code.totalShards(), shardBytes);
        @Nullable Shard[] wanted = new Shard[there.length];
        lost.stream().forEach(number -> {
            wanted[number] = there[number];
            there[number] = null;
        });
        code.restore(there, wanted, shardBytes);
    }
}
