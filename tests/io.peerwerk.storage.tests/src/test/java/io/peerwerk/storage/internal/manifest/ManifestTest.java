// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.internal.seal.FileKeys;
import io.peerwerk.storage.internal.seal.KeySeal;
import io.peerwerk.storage.internal.seal.SealBrokenException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final PutOptions CODE = PutOptions.standard();

    static byte[] bytes(Block block) {
        byte[] bytes = new byte[block.size()];
        block.data().get(bytes);
        return bytes;
    }

    static Manifest manifest(PutOptions code, long chunks, int last) {
        List<byte[]> tables = new ArrayList<>();
        for (int i = 0; i < ShardTable.count(chunks, code); i++) {
            byte[] digest = new byte[32];
            new Random(i).nextBytes(digest);
            tables.add(digest);
        }
        return new Manifest(code, Manifest.CHUNK_BYTES, chunks, last, tables, new byte[] {1, 2});
    }

    static ShardTable table(long first, int chunks, int shards, long seed) {
        byte[] digests = new byte[chunks * shards * 32];
        byte[] keys = new byte[chunks * KeySeal.SEALED_BYTES];
        new Random(seed).nextBytes(digests);
        new Random(~seed).nextBytes(keys);
        return new ShardTable(first, shards, digests, keys);
    }

    @Property(tries = 200)
    void aManifestIsReadAsItWasWritten(@ForAll @IntRange(min = 1, max = 255) int n,
            @ForAll @LongRange(min = 1, max = 3000) long chunks,
            @ForAll @IntRange(min = 17, max = Manifest.CHUNK_BYTES) int last) throws FormatException {
        Manifest manifest = manifest(new PutOptions(1 + n / 3, n), chunks, last);
        Manifest read = Manifest.parse(bytes(manifest.toBlock()));
        assertEquals(manifest, read);
        assertEquals(manifest.toBlock().cid(), read.toBlock().cid());
        assertEquals(last, read.bytes(chunks - 1));
        assertTrue(Manifest.isManifest(read.toBlock().cid()));
    }

    @Property(tries = 500)
    void anyBytesAreAManifestOrAreRefused(@ForAll byte[] bytes) {
        Untrusted.read(() -> Manifest.parse(bytes));
        Untrusted.read(() -> SealedPart.parse(bytes));
        Untrusted.read(() -> ShardTable.parse(bytes, manifest(CODE, 300, 17), 1));
        Untrusted.read(() -> Directory.parse(bytes, 10));
    }

    @Property(tries = 500)
    void aManifestWithAFewWrongBytesIsReadOrRefused(@ForAll Random random) {
        byte[] bytes = bytes(manifest(CODE, 300, 5000).toBlock());
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Untrusted.read(() -> Manifest.parse(bytes)).ifPresent(m -> assertTrue(m.shardBytes(0) <= Block.MAX_BYTES));
    }

    @Test
    void aManifestThatClaimsMoreChunksThanItHasTablesForIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Manifest(CODE, 100, 257, 100,
                List.of(new byte[32]), new byte[0]));
        byte[] huge = new ProtoWriter().uint(1, 2).uint(2, 10).uint(3, 30).uint(4, 1 << 20).uint(5, Long.MAX_VALUE)
                .uint(6, 100).uint(7, 20).toBytes();
        assertThrows(FormatException.class, () -> Manifest.parse(huge));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 255})
    void aManifestOfAnotherVersionIsNamedAsSuch(int version) {
        byte[] other = new ProtoWriter().uint(1, version).toBytes();
        FormatException e = assertThrows(FormatException.class, () -> Manifest.parse(other));
        assertTrue(e.getMessage().contains("version " + version), e::getMessage);
        assertEquals(version == 1, e.getMessage().contains("stored again"));
    }

    private static byte[] manifest(long k, long n, long threshold) {
        return new ProtoWriter().uint(1, 2).uint(2, k).uint(3, n).uint(4, 1 << 20).uint(5, 1).uint(6, 100)
                .uint(7, threshold).bytes(8, new byte[32]).bytes(9, new byte[0]).toBytes();
    }

    @Test
    void aCodeThatDoesNotExistIsRefused() throws FormatException {
        Manifest.parse(manifest(10, 30, 20));
        for (long[] kn : new long[][] {{0, 30}, {31, 30}, {10, 256}, {-1, 30}, {1L << 40, 30}}) {
            assertThrows(FormatException.class, () -> Manifest.parse(manifest(kn[0], kn[1], 20)));
        }
    }

    @Test
    void aThresholdThatNoRepairCanKeepIsRefused() throws FormatException {
        assertEquals(10, Manifest.parse(manifest(10, 30, 10)).shards().threshold());
        assertEquals(30, Manifest.parse(manifest(10, 30, 30)).shards().threshold());
        for (long threshold : new long[] {0, 9, 31, -1, 1L << 40}) {
            assertThrows(FormatException.class, () -> Manifest.parse(manifest(10, 30, threshold)));
        }
    }

    @Test
    void aManifestOrTableThatIsWrittenInAnotherWayIsRefused() {
        byte[] good = manifest(10, 30, 20);
        byte[] withMore = Arrays.copyOf(good, good.length + 2);
        withMore[good.length] = 13 << 3;
        assertThrows(FormatException.class, () -> Manifest.parse(withMore));
        assertThrows(FormatException.class, () -> Manifest.parse(Arrays.copyOf(good, good.length - 1)));

        Manifest manifest = manifest(new PutOptions(2, 3), 258, 100);
        byte[] table = bytes(table(256, 2, 3, 1).toBlock());
        byte[] twice = Arrays.copyOf(table, table.length * 2);
        System.arraycopy(table, 0, twice, table.length, table.length);
        assertThrows(FormatException.class, () -> ShardTable.parse(twice, manifest, 1));
    }

    @Test
    void aTableGivesTheCidOfEachShard() throws FormatException {
        Manifest manifest = manifest(new PutOptions(2, 3), 258, 100);
        byte[] digests = new byte[2 * 3 * 32];
        new Random(3).nextBytes(digests);
        ShardTable table = ShardTable.parse(bytes(table(256, 2, 3, 3).toBlock()), manifest, 1);
        byte[] digest = table.shard(257, 2).hash().digest();
        assertArrayEquals(Arrays.copyOfRange(digests, 5 * 32, 6 * 32), digest);
        assertEquals(Cid.RAW, table.shard(256, 0).codec());
        assertEquals(2, table.chunks());
    }

    @Property(tries = 100)
    void aTableIsReadAsItWasWritten(@ForAll @IntRange(min = 1, max = 255) int n,
            @ForAll @IntRange(min = 1, max = 300) int chunks, @ForAll long seed) throws FormatException {
        PutOptions code = new PutOptions(1 + n / 3, n);
        Manifest manifest = manifest(code, chunks, 100);
        int number = ShardTable.number(chunks - 1, code);
        int first = number * ShardTable.chunksPerTable(code);
        Block block = table(first, chunks - first, n, seed).toBlock();
        assertEquals(block.cid(), ShardTable.parse(bytes(block), manifest, number).toBlock().cid());
    }

    @Test
    void aChunksKeyOpensInItsPlaceWithItsShardsOnly() throws IOException {
        try (FileKeys keys = new FileKeys(Secret.of(new byte[32]))) {
            byte[] digests = new byte[2 * 3 * 32];
            new Random(5).nextBytes(digests);
            byte[] sealed = new byte[2 * KeySeal.SEALED_BYTES];
            for (int i = 0; i < 2; i++) {
                byte[] key = new byte[32];
                key[0] = (byte) (i + 1);
                System.arraycopy(keys.chunkKeys().seal(256 + i, key, Arrays.copyOfRange(digests, i * 96, i * 96 + 96)),
                        0, sealed, i * KeySeal.SEALED_BYTES, KeySeal.SEALED_BYTES);
            }
            ShardTable table = new ShardTable(256, 3, digests, sealed);
            assertEquals(1, table.key(256, keys.chunkKeys())[0]);
            assertEquals(2, table.key(257, keys.chunkKeys())[0]);
            ShardTable moved = new ShardTable(0, 3, digests, sealed);
            assertThrows(SealBrokenException.class, () -> moved.key(0, keys.chunkKeys()));
            byte[] other = digests.clone();
            other[0] ^= 1;
            ShardTable changed = new ShardTable(256, 3, other, sealed);
            assertThrows(SealBrokenException.class, () -> changed.key(256, keys.chunkKeys()));
        }
    }

    @Test
    void aTableOfAnotherLengthThanTheManifestSaysIsRefused() {
        Manifest manifest = manifest(new PutOptions(2, 3), 258, 100);
        for (Block wrong : List.of(table(256, 1, 3, 1).toBlock(), table(256, 3, 3, 1).toBlock(),
                table(0, 2, 3, 1).toBlock(), table(256, 2, 2, 1).toBlock())) {
            assertThrows(FormatException.class, () -> ShardTable.parse(bytes(wrong), manifest, 1));
        }
        byte[] noKeys = new ProtoWriter().uint(1, 2).uint(2, 256).bytes(3, new byte[192]).toBytes();
        assertThrows(FormatException.class, () -> ShardTable.parse(noKeys, manifest, 1));
    }

    @Test
    void tablesOfEveryCodeFitABlock() {
        for (int n = 1; n <= 255; n++) {
            int perTable = ShardTable.chunksPerTable(new PutOptions(1, n));
            Block table = table(0, perTable, n, 1).toBlock();
            assertTrue(perTable >= 1 && table.size() <= Block.MAX_BYTES);
        }
        assertEquals(256, ShardTable.chunksPerTable(CODE));
        assertEquals(21, Manifest.replicas(CODE));
    }

    @Test
    void anImpossibleContentIsRefused() throws FormatException {
        SealedPart part = new SealedPart(1L << 50, 1234);
        assertEquals(part, SealedPart.parse(part.toBytes()));
        assertEquals(part.toBytes().length, new SealedPart(0, 1).toBytes().length);
        assertThrows(FormatException.class, () -> SealedPart.parse(new SealedPart(-1, 10).toBytes()));
        assertThrows(FormatException.class, () -> SealedPart.parse(new SealedPart(1, 0).toBytes()));
        byte[] over = new SealedPart(1, Directory.MAX_BYTES + 1).toBytes();
        assertThrows(FormatException.class, () -> SealedPart.parse(over));
        assertThrows(FormatException.class, () -> SealedPart.parse(new SealedPart(Long.MAX_VALUE, 1).toBytes()));
        byte[] limit = new SealedPart(1, Directory.MAX_BYTES).toBytes();
        assertEquals(Directory.MAX_BYTES, SealedPart.parse(limit).directoryBytes());
    }
}
