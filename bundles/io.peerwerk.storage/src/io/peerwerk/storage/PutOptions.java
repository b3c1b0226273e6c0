// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.core.wire.FormatException;

/**
 * The erasure code of a put: any {@code dataShards} of {@code totalShards} shards bring a chunk back. More total shards
 * survive more losses and cost more disk ({@code totalShards / dataShards} times the file); more data shards make
 * shards smaller and cost more requests.
 *
 * @param dataShards k, at least 1
 * @param totalShards n, at least k and at most {@value #MAX_SHARDS}
 * @param threshold how many reachable shards a chunk must have, from k to n: a put is acknowledged from here on and
 *            repair begins below it
 */
public record PutOptions(int dataShards, int totalShards, int threshold) {

    /** The number of non-zero elements of GF(2^8): no code over it has more shards. */
    public static final int MAX_SHARDS = 255;

    /** The numbers must make a code. */
    public PutOptions {
        if (dataShards < 1 || totalShards < dataShards || totalShards > MAX_SHARDS) {
            throw new IllegalArgumentException("no erasure code has " + dataShards + " data shards of " + totalShards
                    + " shards: 1 <= K <= N <= " + MAX_SHARDS);
        }
        if (threshold < dataShards || threshold > totalShards) {
            throw new IllegalArgumentException("a threshold of " + threshold + " is not within " + dataShards + " and "
                    + totalShards);
        }
    }

    /**
     * With the threshold half way between too few and all, so that a chunk has equally far to fall before and after the
     * repair begins.
     */
    public PutOptions(int dataShards, int totalShards) {
        this(dataShards, totalShards, (int) (((long) dataShards + totalShards) / 2));
    }

    /** 10 of 30: where a small network starts. */
    public static PutOptions standard() {
        return new PutOptions(10, 30);
    }

    /**
     * Reads {@code "10/30"}.
     *
     * @throws FormatException says what is wrong
     */
    public static PutOptions parse(String text) throws FormatException {
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                return new PutOptions(Integer.parseInt(text.substring(0, slash).strip()),
                        Integer.parseInt(text.substring(slash + 1).strip()));
            }
        } catch (NumberFormatException e) {
            // Not numbers: falls through to the message that shows how it is written.
        } catch (IllegalArgumentException e) {
            throw new FormatException(e.getMessage());
        }
        throw new FormatException("shards are given as K/N, like 10/30, not \"" + text + "\"");
    }

    /** The same code with another threshold. */
    public PutOptions withThreshold(int other) {
        return new PutOptions(dataShards, totalShards, other);
    }

    /** How many of so many peers that hold the shards evenly may vanish at once, the fullest ones first. */
    public int survivable(int holders) {
        int left = totalShards;
        for (int lost = 0; lost < holders; lost++) {
            // Holder i has shards i, i + m, i + 2m, ...
            left -= Math.ceilDiv(totalShards - lost, holders);
            if (left < dataShards) {
                return lost;
            }
        }
        return holders;
    }

    /** {@code 10/30}. */
    @Override
    public String toString() {
        return dataShards + "/" + totalShards;
    }
}
