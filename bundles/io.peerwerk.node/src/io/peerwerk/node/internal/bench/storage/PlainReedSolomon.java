// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.storage;

/**
 * Reed-Solomon as it is commonly written in Java: a table of all products of two bytes, and for each input and each
 * output a loop over the bytes that looks up one product and adds it. The order of the loops is the one that Backblaze's
 * JavaReedSolomon takes by default; that library is not on Maven Central, so this stands for it. It is here to be
 * measured beside ours and makes the same shards: the matrix is the same.
 */
final class PlainReedSolomon {

    private static final int POLYNOMIAL = 0x11D;

    private final byte[][] products = new byte[256][256];
    private final int[] inverses = new int[256];
    private final int dataShards;
    private final int[][] parity;

    PlainReedSolomon(int dataShards, int totalShards) {
        for (int a = 1; a < 256; a++) {
            for (int b = 1; b < 256; b++) {
                int product = product(a, b);
                products[a][b] = (byte) product;
                if (product == 1) {
                    inverses[a] = b;
                }
            }
        }
        this.dataShards = dataShards;
        parity = new int[totalShards - dataShards][dataShards];
        for (int row = 0; row < parity.length; row++) {
            for (int column = 0; column < dataShards; column++) {
                parity[row][column] = inverses[(dataShards + row) ^ column];
            }
        }
    }

    private static int product(int a, int b) {
        int product = 0;
        int power = a;
        for (int rest = b; rest != 0; rest >>= 1) {
            product ^= (rest & 1) * power;
            power <<= 1;
            power ^= (power >> 8) * POLYNOMIAL;
        }
        return product;
    }

    /** Computes the parity shards of data shards. */
    void encode(byte[][] data, byte[][] parityShards) {
        code(parity, data, parityShards);
    }

    /** Computes all data shards from the first k parity shards; so many there must be. */
    void decode(byte[][] parityShards, byte[][] data) {
        code(inverse(), parityShards, data);
    }

    private void code(int[][] matrix, byte[][] inputs, byte[][] outputs) {
        for (int i = 0; i < dataShards; i++) {
            byte[] input = inputs[i];
            for (int o = 0; o < outputs.length; o++) {
                byte[] output = outputs[o];
                byte[] row = products[matrix[o][i]];
                if (i == 0) {
                    for (int at = 0; at < output.length; at++) {
                        output[at] = row[input[at] & 0xFF];
                    }
                } else {
                    for (int at = 0; at < output.length; at++) {
                        output[at] ^= row[input[at] & 0xFF];
                    }
                }
            }
        }
    }

    /** Gauss and Jordan, on the first k rows of the parity with the identity beside them; no pivot of theirs is 0. */
    private int[][] inverse() {
        int[][] rows = new int[dataShards][2 * dataShards];
        for (int r = 0; r < dataShards; r++) {
            System.arraycopy(parity[r], 0, rows[r], 0, dataShards);
            rows[r][dataShards + r] = 1;
        }
        for (int column = 0; column < dataShards; column++) {
            add(rows[column], rows[column], inverses[rows[column][column]] ^ 1);
            for (int r = 0; r < dataShards; r++) {
                if (r != column) {
                    add(rows[r], rows[column], rows[r][column]);
                }
            }
        }
        int[][] inverse = new int[dataShards][dataShards];
        for (int r = 0; r < dataShards; r++) {
            System.arraycopy(rows[r], dataShards, inverse[r], 0, dataShards);
        }
        return inverse;
    }

    private void add(int[] row, int[] other, int factor) {
        for (int i = 0; i < row.length; i++) {
            row[i] ^= products[factor][other[i]] & 0xFF;
        }
    }
}
