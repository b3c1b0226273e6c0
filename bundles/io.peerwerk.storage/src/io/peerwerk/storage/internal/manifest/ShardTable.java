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
import io.peerwerk.storage.internal.seal.KeySeal;
import io.peerwerk.storage.internal.seal.SealBrokenException;

/**
 * A run of chunks: the digests of all their shards, which is what a repair needs, and their sealed keys, which is what a
 * reader needs. Part of a manifest that is a block of its own. Immutable.
 */
public final class ShardTable {

    private static final int VERSION = 2;
    private static final int DIGEST = 32;
    private static final int MAX_CHUNKS = 256;
    private static final int MAX_DIGEST_BYTES = 1 << 20;

    private final long firstChunk;
    private final int shards;
    /** n digests for each chunk, one after the other. */
    private final byte[] digests;
    /** One for each chunk. */
    private final byte[] keys;

    /**
     * Takes the arrays over.
     *
     * @param shards how many a chunk has
     * @param digests {@code shards} of 32 bytes for each chunk
     * @param keys of {@value KeySeal#SEALED_BYTES} bytes for each chunk
     */
    public ShardTable(long firstChunk, int shards, byte[] digests, byte[] keys) {
        if (digests.length % (DIGEST * shards) != 0
                || keys.length != digests.length / (DIGEST * shards) * KeySeal.SEALED_BYTES) {
            throw new IllegalArgumentException("digests and keys are not of the same chunks");
        }
        this.firstChunk = firstChunk;
        this.shards = shards;
        this.digests = digests;
        this.keys = keys;
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
        return keys.length / KeySeal.SEALED_BYTES;
    }

    /** The CID of shard {@code shard} of chunk {@code chunk}, which must stand in this table. */
    public Cid shard(long chunk, int shard) {
        int at = (at(chunk) * shards + shard) * DIGEST;
        return Cid.v1(Cid.RAW, new Multihash(Multihash.SHA2_256, Arrays.copyOfRange(digests, at, at + DIGEST)));
    }

    /**
     * The key of a chunk in this table; the caller wipes it.
     *
     * @throws SealBrokenException where the seal is of another file, or the table was put together from others
     */
    public byte[] key(long chunk, KeySeal seal) throws SealBrokenException {
        int at = at(chunk) * KeySeal.SEALED_BYTES;
        int from = at(chunk) * shards * DIGEST;
        return seal.open(chunk, Arrays.copyOfRange(keys, at, at + KeySeal.SEALED_BYTES),
                Arrays.copyOfRange(digests, from, from + shards * DIGEST));
    }

    private int at(long chunk) {
        return Math.toIntExact(chunk - firstChunk);
    }

    private byte[] toBytes() {
        return new ProtoWriter().uint(1, VERSION).uint(2, firstChunk).bytes(3, digests).bytes(4, keys).toBytes();
    }

    /** The table as a block. */
    public Block toBlock() {
        return Block.raw(toBytes());
    }

    /** Reads table {@code number} of the manifest, which says how long it must be. */
    public static ShardTable parse(byte[] bytes, Manifest manifest, int number) throws FormatException {
        int perTable = chunksPerTable(manifest.shards());
        int total = manifest.shards().totalShards();
        long wantedFirst = (long) number * perTable;
        int chunks = (int) Math.min(perTable, manifest.chunks() - wantedFirst);
        long version = 0;
        long first = -1;
        byte[] digests = new byte[0];
        byte[] keys = new byte[0];
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = in.uint();
                case 2 -> first = in.uint();
                case 3 -> digests = in.bytes(chunks * total * DIGEST);
                case 4 -> keys = in.bytes(chunks * KeySeal.SEALED_BYTES);
                default -> in.skip();
            }
        }
        if (version != VERSION || first != wantedFirst || digests.length != chunks * total * DIGEST
                || keys.length != chunks * KeySeal.SEALED_BYTES) {
            throw new FormatException("shard table " + number + " is not what its manifest says");
        }
        ShardTable table = new ShardTable(first, total, digests, keys);
        // Copies are made of what was read, so it must be all that was there.
        if (!Arrays.equals(table.toBytes(), bytes)) {
            throw new FormatException("shard table " + number + " is not in its one canonical form");
        }
        return table;
    }
}
