// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.Arrays;

/**
 * The product by tables of longs, which runs on every JVM; see the package for how it works. Immutable and so usable by
 * many threads at once.
 *
 * <p>Up to {@value #MAX_GROUPS} groups of eight outputs are computed together, so that a source byte is read and its
 * place in the table computed once for all of them; the entries of the groups lie side by side.
 */
final class TableProduct implements Product {

    /** Outputs that one look-up serves: the bytes of a long. */
    private static final int LANES = Long.BYTES;
    private static final int MAX_GROUPS = 4;
    private static final int VALUES = 256;
    /** Positions that are summed up before they are written: 8 KiB for each group stay in the first cache. */
    private static final int STRIP = 1024;

    private final int inputs;
    private final int outputs;
    private final Band[] bands;

    TableProduct(int[][] matrix) {
        outputs = matrix.length;
        inputs = outputs == 0 ? 0 : matrix[0].length;
        bands = new Band[Math.ceilDiv(outputs, LANES * MAX_GROUPS)];
        for (int i = 0; i < bands.length; i++) {
            bands[i] = Band.of(matrix, i * LANES * MAX_GROUPS);
        }
    }

    @Override
    public void apply(Shard[] in, Shard[] out, int length) {
        if (outputs == 0 && out.length == 0) {
            return;
        }
        Product.check(in, inputs, out, outputs, length);
        long[][] sums = new long[MAX_GROUPS][STRIP];
        Lanes lanes = new Lanes(STRIP);
        for (int at = 0; at < length; at += STRIP) {
            int count = Math.min(STRIP, length - at);
            for (Band band : bands) {
                band.sum(in, at, sums, count);
                band.write(sums, count, lanes, out, at);
            }
        }
    }

    /**
     * Up to 32 outputs of the product, from {@code first} on.
     *
     * @param groups how many longs hold a byte for each of them
     * @param stride longs from one entry of a table to the next: 1, 2 or 4
     * @param tables for each input, and one of zeros where their number is odd: what each value of its byte adds
     */
    private record Band(int first, int groups, int stride, long[][] tables) {

        static Band of(int[][] matrix, int first) {
            int count = Math.min(matrix.length - first, LANES * MAX_GROUPS);
            int groups = Math.ceilDiv(count, LANES);
            int stride = groups == 3 ? 4 : groups;
            int inputs = matrix[0].length;
            long[][] tables = new long[inputs + inputs % 2][VALUES * stride];
            for (int input = 0; input < inputs; input++) {
                for (int group = 0; group < groups; group++) {
                    fill(tables[input], group, stride, matrix, first + group * LANES, input);
                }
            }
            return new Band(first, groups, stride, tables);
        }

        private static void fill(long[] table, int group, int stride, int[][] matrix, int first, int input) {
            for (int bit = 1; bit < VALUES; bit <<= 1) {
                long packed = 0;
                for (int lane = 0; lane < LANES && first + lane < matrix.length; lane++) {
                    packed |= (long) GaloisField.multiply(matrix[first + lane][input], bit) << (8 * lane);
                }
                // Multiplication distributes over xor: the rest follows from the powers of two.
                for (int lower = 0; lower < bit; lower++) {
                    table[(bit | lower) * stride + group] = packed ^ table[lower * stride + group];
                }
            }
        }

        void sum(Shard[] in, int at, long[][] sums, int count) {
            for (int group = 0; group < groups; group++) {
                Arrays.fill(sums[group], 0, count, 0);
            }
            for (int i = 0; i < in.length; i += 2) {
                // An odd last input meets the table of zeros.
                Shard a = in[i];
                Shard b = i + 1 < in.length ? in[i + 1] : a;
                long[] s = tables[i];
                long[] t = tables[i + 1];
                switch (groups) {
                    case 1 -> one(a.array(), a.offset() + at, b.array(), b.offset() + at, s, t, sums, count);
                    case 2 -> two(a.array(), a.offset() + at, b.array(), b.offset() + at, s, t, sums, count);
                    case 3 -> three(a.array(), a.offset() + at, b.array(), b.offset() + at, s, t, sums, count);
                    default -> four(a.array(), a.offset() + at, b.array(), b.offset() + at, s, t, sums, count);
                }
            }
        }

        void write(long[][] sums, int count, Lanes lanes, Shard[] out, int at) {
            for (int group = 0; group < groups; group++) {
                lanes.write(sums[group], count, out, first + group * LANES, at);
            }
        }

        // The four loops differ in the number of longs for each position only. They are written out because the
        // compiler keeps each one's sums and tables in registers; with a loop over the groups it does not.

        private static void one(byte[] a, int ao, byte[] b, int bo, long[] s, long[] t, long[][] sums, int count) {
            long[] p = sums[0];
            for (int i = 0; i < count; i++) {
                p[i] ^= s[a[ao + i] & 0xFF] ^ t[b[bo + i] & 0xFF];
            }
        }

        private static void two(byte[] a, int ao, byte[] b, int bo, long[] s, long[] t, long[][] sums, int count) {
            long[] p = sums[0];
            long[] q = sums[1];
            for (int i = 0; i < count; i++) {
                int x = (a[ao + i] & 0xFF) << 1;
                int y = (b[bo + i] & 0xFF) << 1;
                p[i] ^= s[x] ^ t[y];
                q[i] ^= s[x + 1] ^ t[y + 1];
            }
        }

        private static void three(byte[] a, int ao, byte[] b, int bo, long[] s, long[] t, long[][] sums, int count) {
            long[] p = sums[0];
            long[] q = sums[1];
            long[] r = sums[2];
            for (int i = 0; i < count; i++) {
                int x = (a[ao + i] & 0xFF) << 2;
                int y = (b[bo + i] & 0xFF) << 2;
                p[i] ^= s[x] ^ t[y];
                q[i] ^= s[x + 1] ^ t[y + 1];
                r[i] ^= s[x + 2] ^ t[y + 2];
            }
        }

        private static void four(byte[] a, int ao, byte[] b, int bo, long[] s, long[] t, long[][] sums, int count) {
            long[] p = sums[0];
            long[] q = sums[1];
            long[] r = sums[2];
            long[] u = sums[3];
            for (int i = 0; i < count; i++) {
                int x = (a[ao + i] & 0xFF) << 2;
                int y = (b[bo + i] & 0xFF) << 2;
                p[i] ^= s[x] ^ t[y];
                q[i] ^= s[x + 1] ^ t[y + 1];
                r[i] ^= s[x + 2] ^ t[y + 2];
                u[i] ^= s[x + 3] ^ t[y + 3];
            }
        }
    }
}
