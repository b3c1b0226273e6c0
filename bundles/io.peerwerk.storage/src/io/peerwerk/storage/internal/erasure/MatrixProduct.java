// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import org.jspecify.annotations.Nullable;

/**
 * The product by what is fastest here at the time of the call; both ways give the same bytes. Usable by many threads at
 * once: what they make at the same time is alike.
 */
final class MatrixProduct implements Product {

    private final int[][] matrix;
    private volatile @Nullable Product table;
    private volatile @Nullable Product vectors;

    /** @param matrix is kept and must not be changed */
    MatrixProduct(int[][] matrix) {
        this.matrix = matrix;
    }

    @Override
    public void apply(Shard[] in, Shard[] out, int length) {
        if (matrix.length == 0 && out.length == 0) {
            return;
        }
        chosen().apply(in, out, length);
    }

    private Product chosen() {
        if (VectorRace.won()) {
            Product product = vectors;
            if (product == null) {
                product = new VectorProduct(matrix);
                vectors = product;
            }
            return product;
        }
        Product product = table;
        if (product == null) {
            product = new TableProduct(matrix);
            table = product;
        }
        return product;
    }
}
