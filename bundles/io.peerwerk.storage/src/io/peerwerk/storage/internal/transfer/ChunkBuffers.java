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

    /** What is read; the tag makes it one chunk. */
    final byte[] plain = new byte[Manifest.CHUNK_BYTES - ChunkSeal.OVERHEAD];
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

    /** Seals the first {@code length} bytes of {@link #plain}, codes them and names the shards. */
    List<Block> shards(ChunkSeal seal, long chunk, boolean last, int length) {
        seal.seal(chunk, last, plain, length, data);
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
