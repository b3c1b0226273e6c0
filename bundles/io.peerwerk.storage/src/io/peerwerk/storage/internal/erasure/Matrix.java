// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

/** Small matrices over GF(2^8) as {@code int[row][column]}. */
final class Matrix {

    private Matrix() {
    }

    /** The rows with these numbers of the matrix that is the identity over a Cauchy matrix. */
    static int[][] systematicRows(int columns, int[] rowNumbers) {
        int[][] rows = new int[rowNumbers.length][columns];
        for (int r = 0; r < rows.length; r++) {
            int number = rowNumbers[r];
            if (number < columns) {
                rows[r][number] = 1;
            } else {
                for (int c = 0; c < columns; c++) {
                    rows[r][c] = GaloisField.invert(number ^ c);
                }
            }
        }
        return rows;
    }

    /** The product {@code a * b}. */
    static int[][] multiply(int[][] a, int[][] b) {
        int[][] product = new int[a.length][b[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < b[0].length; c++) {
                int sum = 0;
                for (int i = 0; i < b.length; i++) {
                    sum ^= GaloisField.multiply(a[r][i], b[i][c]);
                }
                product[r][c] = sum;
            }
        }
        return product;
    }

    /**
     * The inverse by Gauss and Jordan's elimination.
     *
     * @throws ArithmeticException where there is none
     */
    static int[][] invert(int[][] square) {
        int size = square.length;
        int[][] left = new int[size][];
        int[][] right = new int[size][size];
        for (int r = 0; r < size; r++) {
            left[r] = square[r].clone();
            right[r][r] = 1;
        }
        for (int column = 0; column < size; column++) {
            int pivot = pivotRow(left, column);
            swap(left, pivot, column);
            swap(right, pivot, column);
            int inverse = GaloisField.invert(left[column][column]);
            scale(left[column], inverse);
            scale(right[column], inverse);
            for (int r = 0; r < size; r++) {
                int factor = left[r][column];
                if (r != column && factor != 0) {
                    addScaled(left[r], left[column], factor);
                    addScaled(right[r], right[column], factor);
                }
            }
        }
        return right;
    }

    private static int pivotRow(int[][] rows, int column) {
        for (int r = column; r < rows.length; r++) {
            if (rows[r][column] != 0) {
                return r;
            }
        }
        throw new ArithmeticException("the matrix has no inverse");
    }

    private static void swap(int[][] rows, int a, int b) {
        int[] row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
    }

    private static void scale(int[] row, int factor) {
        for (int c = 0; c < row.length; c++) {
            row[c] = GaloisField.multiply(row[c], factor);
        }
    }

    private static void addScaled(int[] row, int[] other, int factor) {
        for (int c = 0; c < row.length; c++) {
            row[c] ^= GaloisField.multiply(other[c], factor);
        }
    }
}
