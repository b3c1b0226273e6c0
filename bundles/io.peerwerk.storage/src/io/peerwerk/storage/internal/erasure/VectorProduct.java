// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product by nibble tables in vector registers: a byte is its lower and its upper four bits, each of the two has 16
 * products with a coefficient, and one shuffle looks up a whole register of them (VPERMB, PSHUFB, TBL). Four outputs are
 * computed together, so that an input is read and split once for all four. Immutable and so usable by many threads.
 *
 * <p>Loaded only where the JVM was started with the module {@code jdk.incubator.vector}. Until the optimising compiler
 * has been here it is slower than anything else; see {@link VectorRace}.
 */
final class VectorProduct implements Product {

    private static final VectorSpecies<Byte> SPECIES = Processor.shufflesBytes512()
            && ByteVector.SPECIES_PREFERRED.length() == 64 ? ByteVector.SPECIES_512 : ByteVector.SPECIES_128;
    private static final int LENGTH = SPECIES.length();
    private static final int NIBBLES = 16;
    private static final int TOGETHER = 4;
    /** Bytes of each input that are used for all outputs before the next ones: those of 30 inputs fit the second cache. */
    private static final int STRIP = 8192;

    private final int[][] matrix;
    /** For each four outputs and each input: two tables for each of the four, one register long. */
    private final byte[][] tables;

    VectorProduct(int[][] matrix) {
        this.matrix = matrix;
        tables = new byte[Math.ceilDiv(matrix.length, TOGETHER)][];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = tables(i * TOGETHER);
        }
    }

    /** The last four are filled up with the last output once more. */
    private int row(int number) {
        return Math.min(number, matrix.length - 1);
    }

    private byte[] tables(int first) {
        int inputs = matrix[0].length;
        byte[] table = new byte[inputs * TOGETHER * 2 * LENGTH];
        int at = 0;
        for (int input = 0; input < inputs; input++) {
            for (int output = 0; output < TOGETHER; output++) {
                int factor = matrix[row(first + output)][input];
                for (int nibble = 0; nibble < NIBBLES; nibble++) {
                    table[at + nibble] = (byte) GaloisField.multiply(factor, nibble);
                    table[at + LENGTH + nibble] = (byte) GaloisField.multiply(factor, nibble << 4);
                }
                at += 2 * LENGTH;
            }
        }
        return table;
    }

    @Override
    public void apply(Shard[] in, Shard[] out, int length) {
        Product.check(in, matrix[0].length, out, matrix.length, length);
        if (length < LENGTH) {
            few(in, out, length);
            return;
        }
        byte[][] arrays = new byte[in.length][];
        int[] offsets = new int[in.length];
        for (int i = 0; i < in.length; i++) {
            arrays[i] = in[i].array();
            offsets[i] = in[i].offset();
        }
        int whole = length / LENGTH * LENGTH;
        for (int from = 0; from < whole; from += STRIP) {
            all(arrays, offsets, out, from, Math.min(whole, from + STRIP));
        }
        if (whole < length) {
            // The last register overlaps the one before; what both compute is the same.
            all(arrays, offsets, out, length - LENGTH, length);
        }
    }

    private void all(byte[][] arrays, int[] offsets, Shard[] out, int from, int to) {
        for (int i = 0; i < tables.length; i++) {
            Shard[] four = new Shard[TOGETHER];
            for (int output = 0; output < TOGETHER; output++) {
                four[output] = out[row(i * TOGETHER + output)];
            }
            for (int at = from; at < to; at += LENGTH) {
                four(arrays, offsets, tables[i], four, at);
            }
        }
    }

    private static void four(byte[][] arrays, int[] offsets, byte[] tables, Shard[] out, int at) {
        ByteVector a = ByteVector.zero(SPECIES);
        ByteVector b = a;
        ByteVector c = a;
        ByteVector d = a;
        int table = 0;
        for (int i = 0; i < arrays.length; i++) {
            ByteVector bytes = ByteVector.fromArray(SPECIES, arrays[i], offsets[i] + at);
            ByteVector low = bytes.and((byte) 0x0F);
            ByteVector high = bytes.reinterpretAsInts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes()
                    .and((byte) 0x0F);
            a = add(a, low, high, tables, table);
            b = add(b, low, high, tables, table + 2 * LENGTH);
            c = add(c, low, high, tables, table + 4 * LENGTH);
            d = add(d, low, high, tables, table + 6 * LENGTH);
            table += 2 * TOGETHER * LENGTH;
        }
        a.intoArray(out[0].array(), out[0].offset() + at);
        b.intoArray(out[1].array(), out[1].offset() + at);
        c.intoArray(out[2].array(), out[2].offset() + at);
        d.intoArray(out[3].array(), out[3].offset() + at);
    }

    private static ByteVector add(ByteVector sum, ByteVector low, ByteVector high, byte[] tables, int table) {
        return sum.lanewise(VectorOperators.XOR, low.selectFrom(ByteVector.fromArray(SPECIES, tables, table)))
                .lanewise(VectorOperators.XOR, high.selectFrom(ByteVector.fromArray(SPECIES, tables, table + LENGTH)));
    }

    /** Less than a register. */
    private void few(Shard[] in, Shard[] out, int length) {
        for (int r = 0; r < out.length; r++) {
            for (int i = 0; i < length; i++) {
                int sum = 0;
                for (int c = 0; c < in.length; c++) {
                    sum ^= GaloisField.multiply(matrix[r][c], in[c].array()[in[c].offset() + i] & 0xFF);
                }
                out[r].array()[out[r].offset() + i] = (byte) sum;
            }
        }
    }
}
