// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.Objects;

/** A fixed matrix over GF(2^8), ready to be multiplied with many rows of bytes. */
interface Product {

    /**
     * Writes {@code out[r][i] = sum over c of matrix[r][c] * in[c][i]} for all i below {@code length}. No output may
     * share bytes with an input.
     */
    void apply(Shard[] in, Shard[] out, int length);

    /** The shards must be as many as the matrix says and have so many bytes. */
    static void check(Shard[] in, int inputs, Shard[] out, int outputs, int length) {
        if (in.length != inputs || out.length != outputs) {
            throw new IllegalArgumentException(inputs + " inputs and " + outputs + " outputs are wanted, not "
                    + in.length + " and " + out.length);
        }
        check(in, length);
        check(out, length);
    }

    private static void check(Shard[] shards, int length) {
        for (Shard shard : shards) {
            Objects.checkFromIndexSize(shard.offset(), length, shard.array().length);
        }
    }
}
