// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.erasure.ErasureCode;
import io.peerwerk.storage.internal.erasure.Shard;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.seal.ChunkSeal;

/** The memory of one chunk in a put: used again for the next one when the last shard is with its holder. */
final class ChunkBuffers {

    /** Bytes of every chunk but the last; the tag makes it what a manifest counts. */
    static final int PLAIN_BYTES = Manifest.CHUNK_BYTES - ChunkSeal.OVERHEAD;

    /** What is read. */
    final byte[] plain = new byte[PLAIN_BYTES];
    private final ErasureCode code;
    /** The sealed chunk, which is the data shards one after the other. */
    private final byte[] data;
    private final byte[] parity;

    ChunkBuffers(ErasureCode code) {
        this.code = code;
        int shardBytes = code.shardBytes(Manifest.CHUNK_BYTES);
        data = new byte[shardBytes * code.dataShards()];
        parity = new byte[shardBytes * (code.totalShards() - code.dataShards())];
    }

    /** Seals the first {@code length} bytes of {@link #plain} with the key, codes them and names the shards. */
    List<Block> shards(byte[] key, int length) {
        ChunkSeal.seal(key, plain, length, data);
        Arrays.fill(plain, 0, length, (byte) 0);
        int sealed = length + ChunkSeal.OVERHEAD;
        int shardBytes = code.shardBytes(sealed);
        int k = code.dataShards();
        Arrays.fill(data, sealed, shardBytes * k, (byte) 0);
        Shard[] pieces = Shard.cut(data, k, shardBytes);
        Shard[] sums = Shard.cut(parity, code.totalShards() - k, shardBytes);
        code.encode(pieces, sums, shardBytes);
        List<Block> blocks = new ArrayList<>(code.totalShards());
        for (Shard piece : pieces) {
            blocks.add(block(piece, shardBytes));
        }
        for (Shard sum : sums) {
            blocks.add(block(sum, shardBytes));
        }
        return blocks;
    }

    private static Block block(Shard shard, int bytes) {
        ByteBuffer data = ByteBuffer.wrap(shard.array(), shard.offset(), bytes);
        return new Block(Cid.v1(Cid.RAW, Multihash.sha256(data)), data);
    }
}
