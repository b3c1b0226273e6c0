// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.erasure;

import java.util.Objects;

/**
 * Where the bytes of a shard are: a part of an array that others may own.
 *
 * @param array the array
 * @param offset where the shard begins in it
 */
public record Shard(byte[] array, int offset) {

    /** The offset must lie in the array. */
    public Shard {
        Objects.checkIndex(offset, array.length + 1);
    }

    /** A shard that is a whole array. */
    public static Shard of(byte[] array) {
        return new Shard(array, 0);
    }

    /** The shards that lie one after the other in an array. */
    public static Shard[] cut(byte[] array, int count, int bytes) {
        Objects.checkFromIndexSize(0, count * bytes, array.length);
        Shard[] shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = new Shard(array, i * bytes);
        }
        return shards;
    }
}
