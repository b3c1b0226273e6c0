// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Arrays;

import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;

/**
 * The Reed-Solomon code of a put by itself, for those who measure or explain it. The shards are the chunk's own bytes
 * cut into {@code k} equal parts (the last ones padded with zeros), followed by {@code n - k} parity shards. Immutable;
 * may be used by any number of threads.
 */
public final class ErasureCoding {

    private final ErasureCode code;

    /** The code with these numbers of shards. */
    public ErasureCoding(PutOptions shards) {
        code = new ErasureCode(shards.dataShards(), shards.totalShards());
    }

    /** All shards of a chunk, one after the other, in an array of the caller's own. */
    public byte[] encode(byte[] chunk) {
        int bytes = code.shardBytes(chunk.length);
        byte[] shards = Arrays.copyOf(chunk, Math.multiplyExact(bytes, code.totalShards()));
        Shard[] all = Shard.cut(shards, code.totalShards(), bytes);
        code.encode(Arrays.copyOf(all, code.dataShards()),
                Arrays.copyOfRange(all, code.dataShards(), code.totalShards()), bytes);
        return shards;
    }
}
