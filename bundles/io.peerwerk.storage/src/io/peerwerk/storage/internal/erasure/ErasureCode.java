// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.Arrays;
import java.util.Objects;

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

    /** Whether vectors prove faster than tables in this process; waits until that is known, up to a minute. */
    public static boolean usesVectors() throws InterruptedException {
        VectorRace.await();
        return VectorRace.won();
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
     * Computes shards from others.
     *
     * @param shards n places, null where a shard is missing; at least k must be there
     * @param wanted n places: where one is not null, the bytes of that shard are written to it
     * @throws IllegalArgumentException where fewer than k shards are there
     */
    public void restore(@Nullable Shard[] shards, @Nullable Shard[] wanted, int shardBytes) {
        int[] targets = there(wanted, totalShards);
        int[] present = there(shards, dataShards);
        if (targets.length == 0) {
            return;
        }
        if (present.length < dataShards) {
            throw new IllegalArgumentException("only " + present.length + " of " + dataShards + " shards are there");
        }
        int[][] inverse = Matrix.invert(Matrix.systematicRows(dataShards, present));
        int[][] rows = Matrix.multiply(Matrix.systematicRows(dataShards, targets), inverse);
        new MatrixProduct(rows).apply(pick(shards, present), pick(wanted, targets), shardBytes);
    }

    /** The numbers of the first shards that are there; data shards come first, as they make the simplest matrix. */
    private int[] there(@Nullable Shard[] shards, int most) {
        if (shards.length != totalShards) {
            throw new IllegalArgumentException(totalShards + " places are wanted, not " + shards.length);
        }
        int[] found = new int[most];
        int count = 0;
        for (int i = 0; i < totalShards && count < most; i++) {
            if (shards[i] != null) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static Shard[] pick(@Nullable Shard[] shards, int[] numbers) {
        Shard[] picked = new Shard[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            picked[i] = Objects.requireNonNull(shards[numbers[i]]);
        }
        return picked;
    }

    private static int[] numbers(int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }
}
