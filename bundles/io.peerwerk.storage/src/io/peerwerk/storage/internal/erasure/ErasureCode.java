// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The code with {@code k} data shards of {@code n}. Immutable; one object serves any number of threads.
 *
 * <p>Shards are numbered 0 to n-1, the data shards first. All shards of a call have the same length; the caller pads.
 */
public final class ErasureCode {

    /** The most shards: the field has 255 elements that are not 0. */
    public static final int MAX_SHARDS = 255;

    private final int dataShards;
    private final int totalShards;
    private final MatrixProduct parity;

    /**
     * @throws IllegalArgumentException unless {@code 1 <= dataShards <= totalShards <= 255}
     */
    public ErasureCode(int dataShards, int totalShards) {
        if (dataShards < 1 || totalShards < dataShards || totalShards > MAX_SHARDS) {
            throw new IllegalArgumentException("no code has " + dataShards + " of " + totalShards + " shards");
        }
        this.dataShards = dataShards;
        this.totalShards = totalShards;
        parity = new MatrixProduct(Matrix.systematicRows(dataShards, numbers(dataShards, totalShards)));
    }

    /** k. */
    public int dataShards() {
        return dataShards;
    }

    /** n. */
    public int totalShards() {
        return totalShards;
    }

    /** How long a shard is when {@code bytes} of data are shared out: the last ones are padded with zeros. */
    public int shardBytes(int bytes) {
        return Math.ceilDiv(bytes, dataShards);
    }

    /** Computes the n-k parity shards of k data shards. */
    public void encode(Shard[] data, Shard[] parityShards, int shardBytes) {
        parity.apply(data, parityShards, shardBytes);
    }

    /**
     * Computes data shards that are missing.
     *
     * @param shards n places, null where a shard is missing; at least k must be there
     * @param restored k places: where {@code shards[i]} is null for a data shard i, its bytes are written to {@code
     *            restored[i]}; the other places are not looked at
     * @throws IllegalArgumentException where fewer than k shards are there
     */
    public void decode(@Nullable Shard[] shards, @Nullable Shard[] restored, int shardBytes) {
        int[] present = present(shards);
        int[] missing = missing(shards);
        if (missing.length == 0) {
            return;
        }
        int[][] inverse = Matrix.invert(Matrix.systematicRows(dataShards, present));
        int[][] wanted = new int[missing.length][];
        Shard[] out = new Shard[missing.length];
        for (int i = 0; i < missing.length; i++) {
            wanted[i] = inverse[missing[i]];
            out[i] = need(restored[missing[i]]);
        }
        Shard[] in = new Shard[dataShards];
        for (int i = 0; i < dataShards; i++) {
            in[i] = need(shards[present[i]]);
        }
        new MatrixProduct(wanted).apply(in, out, shardBytes);
    }

    private static Shard need(@Nullable Shard shard) {
        if (shard == null) {
            throw new IllegalArgumentException("a missing data shard has no place to be restored to");
        }
        return shard;
    }

    /** The first k shards that are there; data shards come first, as they cost nothing. */
    private int[] present(@Nullable Shard[] shards) {
        if (shards.length != totalShards) {
            throw new IllegalArgumentException(totalShards + " places are wanted, not " + shards.length);
        }
        int[] found = new int[dataShards];
        int count = 0;
        for (int i = 0; i < totalShards && count < dataShards; i++) {
            if (shards[i] != null) {
                found[count++] = i;
            }
        }
        if (count < dataShards) {
            throw new IllegalArgumentException("only " + count + " of " + dataShards + " shards are there");
        }
        return found;
    }

    private int[] missing(@Nullable Shard[] shards) {
        int[] missing = new int[dataShards];
        int count = 0;
        for (int i = 0; i < dataShards; i++) {
            if (shards[i] == null) {
                missing[count++] = i;
            }
        }
        return Arrays.copyOf(missing, count);
    }

    private static int[] numbers(int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }
}
