// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns longs that hold one byte for each of eight outputs into the outputs' own bytes. Has memory of its own for one
 * strip and so belongs to one thread.
 */
final class Lanes {

    private static final int LANES = Long.BYTES;
    private static final long EVEN_PAIRS = 0x0000FFFF0000FFFFL;
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;

    /** For each of eight outputs its bytes, eight in a long, the first one lowest. */
    private final long[][] rows;

    Lanes(int maxPositions) {
        rows = new long[LANES][maxPositions / LANES];
    }

    /**
     * Writes {@code count} bytes of up to eight outputs.
     *
     * @param sum a long for each position
     * @param out the outputs, of which the first one in the longs' lowest byte has the index {@code first}
     * @param at the position of {@code sum[0]}
     */
    void write(long[] sum, int count, Shard[] out, int first, int at) {
        int lanes = Math.min(LANES, out.length - first);
        int words = count / LANES;
        turn(sum, words);
        for (int lane = 0; lane < lanes; lane++) {
            Shard shard = out[first + lane];
            int from = shard.offset() + at;
            ByteBuffer.wrap(shard.array(), from, count).slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer()
                    .put(rows[lane], 0, words);
            for (int i = words * LANES; i < count; i++) {
                shard.array()[from + i] = (byte) (sum[i] >>> (8 * lane));
            }
        }
    }

    /** Each square of eight positions by eight outputs is turned over in three steps: words, pairs, bytes. */
    private void turn(long[] sum, int words) {
        for (int word = 0; word < words; word++) {
            int i = word * LANES;
            half(rows[0], rows[1], rows[2], rows[3], word, low(sum[i], sum[i + 4]), low(sum[i + 1], sum[i + 5]),
                    low(sum[i + 2], sum[i + 6]), low(sum[i + 3], sum[i + 7]));
            half(rows[4], rows[5], rows[6], rows[7], word, high(sum[i], sum[i + 4]), high(sum[i + 1], sum[i + 5]),
                    high(sum[i + 2], sum[i + 6]), high(sum[i + 3], sum[i + 7]));
        }
    }

    private static long low(long a, long b) {
        return a & 0xFFFFFFFFL | b << 32;
    }

    private static long high(long a, long b) {
        return a >>> 32 | b & 0xFFFFFFFF00000000L;
    }

    /** Four outputs: {@code b0} has their bytes of position 0 and above them those of position 4, and so on. */
    private static void half(long[] r0, long[] r1, long[] r2, long[] r3, int word, long b0, long b1, long b2, long b3) {
        long c0 = b0 & EVEN_PAIRS | (b2 & EVEN_PAIRS) << 16;
        long c1 = b1 & EVEN_PAIRS | (b3 & EVEN_PAIRS) << 16;
        long c2 = b0 >>> 16 & EVEN_PAIRS | b2 & ~EVEN_PAIRS;
        long c3 = b1 >>> 16 & EVEN_PAIRS | b3 & ~EVEN_PAIRS;
        r0[word] = c0 & EVEN_BYTES | (c1 & EVEN_BYTES) << 8;
        r1[word] = c0 >>> 8 & EVEN_BYTES | c1 & ~EVEN_BYTES;
        r2[word] = c2 & EVEN_BYTES | (c3 & EVEN_BYTES) << 8;
        r3[word] = c2 >>> 8 & EVEN_BYTES | c3 & ~EVEN_BYTES;
    }
}
