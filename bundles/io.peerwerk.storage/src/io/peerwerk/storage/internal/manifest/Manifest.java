// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.PutOptions;

/**
 * The root of a stored file.
 *
 * @param shards the code, and how many reachable shards each chunk should have: repair begins below its threshold
 * @param chunkBytes bytes of every sealed chunk but the last
 * @param chunks how many there are
 * @param lastBytes bytes of the last sealed chunk
 * @param tables the SHA-256 digests of the shard tables; not copied
 * @param sealed the part that only the link's key opens; not copied
 */
public record Manifest(PutOptions shards, int chunkBytes, long chunks, int lastBytes, List<byte[]> tables,
        byte[] sealed) {

    /** Bytes of a sealed chunk. */
    public static final int CHUNK_BYTES = 1 << 20;
    /** The longest manifest, a little below what a block may have. */
    public static final int MAX_BYTES = Block.MAX_BYTES - (1 << 12);

    private static final int VERSION = 2;
    private static final int DIGEST = 32;
    private static final int MIN_CHUNK = 17;
    private static final int MAX_SEALED = 1 << 12;
    private static final int MAX_TABLES = MAX_BYTES / (DIGEST + 2);

    /** Checks that the parts fit together. */
    public Manifest {
        if (chunkBytes < MIN_CHUNK || chunkBytes > CHUNK_BYTES || lastBytes < MIN_CHUNK || lastBytes > chunkBytes) {
            throw new IllegalArgumentException("no chunk has " + chunkBytes + " or " + lastBytes + " bytes");
        }
        if (chunks < 1 || tables.size() > MAX_TABLES || tables.size() != ShardTable.count(chunks, shards)) {
            throw new IllegalArgumentException(chunks + " chunks do not have " + tables.size() + " shard tables");
        }
        if (sealed.length > MAX_SEALED) {
            throw new IllegalArgumentException("a sealed part of " + sealed.length + " bytes");
        }
        tables = List.copyOf(tables);
    }

    /** How many bytes chunk {@code chunk} has when it is sealed. */
    public int bytes(long chunk) {
        return isLast(chunk) ? lastBytes : chunkBytes;
    }

    /** Whether it is the last one. */
    public boolean isLast(long chunk) {
        return chunk == chunks - 1;
    }

    /** How many bytes each shard of a chunk has. */
    public int shardBytes(long chunk) {
        return Math.ceilDiv(bytes(chunk), shards.dataShards());
    }

    /** The CID of shard table {@code number}. */
    public Cid table(int number) {
        return Cid.v1(Cid.RAW, new Multihash(Multihash.SHA2_256, tables.get(number)));
    }

    /** How many peers hold the manifest and its tables: one more than may vanish while a chunk can still be read. */
    public static int replicas(PutOptions shards) {
        return shards.totalShards() - shards.dataShards() + 1;
    }

    /** The part that any holder reads, which is also what the sealed part is bound to. */
    public byte[] publicPart() {
        return publicWriter(this).toBytes();
    }

    /** The same with another sealed part. */
    public Manifest withSealed(byte[] other) {
        return new Manifest(shards, chunkBytes, chunks, lastBytes, tables, other);
    }

    private static ProtoWriter publicWriter(Manifest m) {
        ProtoWriter out = new ProtoWriter().uint(1, VERSION).uint(2, m.shards.dataShards())
                .uint(3, m.shards.totalShards()).uint(4, m.chunkBytes).uint(5, m.chunks).uint(6, m.lastBytes)
                .uint(7, m.shards.threshold());
        m.tables.forEach(digest -> out.bytes(8, digest));
        return out;
    }

    private byte[] toBytes() {
        return publicWriter(this).bytes(9, sealed).toBytes();
    }

    /** The manifest as a block; its codec tells it from others. */
    public Block toBlock() {
        byte[] bytes = toBytes();
        return new Block(Cid.v1(Cid.PEERWERK, Multihash.sha256(bytes)), ByteBuffer.wrap(bytes));
    }

    /** Whether a block with this CID says that it is a manifest. */
    public static boolean isManifest(Cid cid) {
        return cid.codec() == Cid.PEERWERK;
    }

    /** Whoever writes a manifest has no choice in how: what is read here is just what is hashed and sealed. */
    private static Manifest canonical(Manifest manifest, byte[] bytes) throws FormatException {
        if (!Arrays.equals(manifest.toBytes(), bytes)) {
            throw new FormatException("a manifest is not in its one canonical form");
        }
        return manifest;
    }

    /** Reads a manifest. */
    public static Manifest parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a manifest of " + bytes.length + " bytes is too long");
        }
        long[] numbers = new long[8];
        byte[] sealed = new byte[0];
        List<byte[]> tables = new ArrayList<>();
        ProtoReader in = new ProtoReader(bytes);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1, 2, 3, 4, 5, 6, 7 -> numbers[field] = in.uint();
                case 8 -> tables.add(digest(in));
                case 9 -> sealed = in.bytes(MAX_SEALED);
                default -> in.skip();
            }
        }
        if (numbers[1] != VERSION) {
            throw new FormatException("a manifest of version " + numbers[1] + " is not understood by this version"
                    + (numbers[1] == 1 ? ": the file has to be stored again" : ""));
        }
        try {
            PutOptions shards = new PutOptions(Math.toIntExact(numbers[2]), Math.toIntExact(numbers[3]),
                    Math.toIntExact(numbers[7]));
            Manifest read = new Manifest(shards, Math.toIntExact(numbers[4]), numbers[5],
                    Math.toIntExact(numbers[6]), tables, sealed);
            return canonical(read, bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("not a manifest: " + e.getMessage(), e);
        }
    }

    private static byte[] digest(ProtoReader in) throws FormatException {
        byte[] digest = in.bytes(DIGEST);
        if (digest.length != DIGEST) {
            throw new FormatException("a digest of " + digest.length + " bytes");
        }
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that && toBlock().equals(that.toBlock());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicPart());
    }
}
