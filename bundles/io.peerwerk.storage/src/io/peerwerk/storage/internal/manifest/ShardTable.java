// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.util.Arrays;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.PutOptions;

/** The digests of all shards of a run of chunks: part of a manifest that is a block of its own. */
public final class ShardTable {

    private static final int VERSION = 1;
    private static final int DIGEST = 32;
    private static final int MAX_CHUNKS = 256;
    private static final int MAX_DIGEST_BYTES = 1 << 20;

    private final long firstChunk;
    private final int shards;
    /** n digests for each chunk, one after the other. */
    private final byte[] digests;

    /** Takes the array over. */
    public ShardTable(long firstChunk, int shards, byte[] digests) {
        this.firstChunk = firstChunk;
        this.shards = shards;
        this.digests = digests;
    }

    /** How many chunks one table covers (the last table may cover fewer). */
    public static int chunksPerTable(PutOptions shards) {
        return Math.min(MAX_CHUNKS, MAX_DIGEST_BYTES / (DIGEST * shards.totalShards()));
    }

    /** How many tables so many chunks have. */
    public static long count(long chunks, PutOptions shards) {
        return Math.ceilDiv(chunks, (long) chunksPerTable(shards));
    }

    /** Which table chunk {@code chunk} stands in. */
    public static int number(long chunk, PutOptions shards) {
        return (int) (chunk / chunksPerTable(shards));
    }

    /** The first chunk that this table covers. */
    public long firstChunk() {
        return firstChunk;
    }

    /** How many chunks it covers. */
    public int chunks() {
        return digests.length / (DIGEST * shards);
    }

    /** The CID of shard {@code shard} of chunk {@code chunk}, which must stand in this table. */
    public Cid shard(long chunk, int shard) {
        int at = Math.toIntExact(((chunk - firstChunk) * shards + shard) * DIGEST);
        return Cid.v1(Cid.RAW, new Multihash(Multihash.SHA2_256, Arrays.copyOfRange(digests, at, at + DIGEST)));
    }

    /** The table as a block. */
    public Block toBlock() {
        return Block.raw(new ProtoWriter().uint(1, VERSION).uint(2, firstChunk).bytes(3, digests).toBytes());
    }

    /** Reads table {@code number} of the manifest, which says how long it must be. */
    public static ShardTable parse(byte[] bytes, Manifest manifest, int number) throws FormatException {
        long version = 0;
        long first = -1;
        byte[] digests = new byte[0];
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> first = in.uint();
                case 3 -> digests = in.bytes(MAX_DIGEST_BYTES);
                default -> in.skip();
            }
        }
        int perTable = chunksPerTable(manifest.shards());
        int total = manifest.shards().totalShards();
        long wantedFirst = (long) number * perTable;
        long chunks = Math.min(perTable, manifest.chunks() - wantedFirst);
        if (version != VERSION || first != wantedFirst || digests.length != chunks * total * DIGEST) {
            throw new FormatException("shard table " + number + " is not what its manifest says");
        }
        return new ShardTable(first, total, digests);
    }
}
