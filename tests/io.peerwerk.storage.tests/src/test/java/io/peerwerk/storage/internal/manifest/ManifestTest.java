// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

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
        return new Manifest(code, Manifest.CHUNK_BYTES, chunks, last, new byte[Manifest.LABEL_BYTES], tables,
                new byte[] {1, 2});
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
        assertThrows(IllegalArgumentException.class, () -> new Manifest(CODE, 100, 257, 100, new byte[16],
                List.of(new byte[32]), new byte[0]));
        byte[] huge = new ProtoWriter().uint(1, 1).uint(2, 10).uint(3, 30).uint(4, 1 << 20).uint(5, Long.MAX_VALUE)
                .uint(6, 100).bytes(7, new byte[16]).toBytes();
        assertThrows(FormatException.class, () -> Manifest.parse(huge));
    }

    @Test
    void aManifestOfANewerVersionIsNamedAsSuch() {
        byte[] newer = new ProtoWriter().uint(1, 2).toBytes();
        FormatException e = assertThrows(FormatException.class, () -> Manifest.parse(newer));
        assertTrue(e.getMessage().contains("version 2"), e::getMessage);
    }

    @Test
    void aCodeThatDoesNotExistIsRefused() {
        for (long[] kn : new long[][] {{0, 30}, {31, 30}, {10, 256}, {-1, 30}, {1L << 40, 30}}) {
            byte[] wrong = new ProtoWriter().uint(1, 1).uint(2, kn[0]).uint(3, kn[1]).uint(4, 1 << 20).uint(5, 1)
                    .uint(6, 100).bytes(7, new byte[16]).bytes(8, new byte[32]).toBytes();
            assertThrows(FormatException.class, () -> Manifest.parse(wrong));
        }
    }

    @Test
    void aTableGivesTheCidOfEachShard() throws FormatException {
        Manifest manifest = manifest(new PutOptions(2, 3), 258, 100);
        byte[] digests = new byte[2 * 3 * 32];
        new Random(3).nextBytes(digests);
        ShardTable table = ShardTable.parse(bytes(new ShardTable(256, 3, digests).toBlock()), manifest, 1);
        byte[] digest = table.shard(257, 2).hash().digest();
        assertArrayEquals(Arrays.copyOfRange(digests, 5 * 32, 6 * 32), digest);
        assertEquals(Cid.RAW, table.shard(256, 0).codec());
        assertEquals(2, table.chunks());
    }

    @Test
    void aTableOfAnotherLengthThanTheManifestSaysIsRefused() {
        Manifest manifest = manifest(new PutOptions(2, 3), 258, 100);
        byte[] short1 = bytes(new ShardTable(256, 3, new byte[3 * 32]).toBlock());
        byte[] wrongPlace = bytes(new ShardTable(0, 3, new byte[2 * 3 * 32]).toBlock());
        assertThrows(FormatException.class, () -> ShardTable.parse(short1, manifest, 1));
        assertThrows(FormatException.class, () -> ShardTable.parse(wrongPlace, manifest, 1));
    }

    @Test
    void tablesOfEveryCodeFitABlock() {
        for (int n = 1; n <= 255; n++) {
            int perTable = ShardTable.chunksPerTable(new PutOptions(1, n));
            Block table = new ShardTable(0, n, new byte[perTable * n * 32]).toBlock();
            assertTrue(perTable >= 1 && table.size() <= Block.MAX_BYTES);
        }
        assertEquals(256, ShardTable.chunksPerTable(CODE));
        assertEquals(21, Manifest.replicas(CODE));
    }

    @Test
    void anImpossibleContentIsRefused() throws FormatException {
        SealedPart part = new SealedPart(1L << 50, 1234);
        assertEquals(part, SealedPart.parse(part.toBytes()));
        assertThrows(FormatException.class, () -> SealedPart.parse(new SealedPart(-1, 10).toBytes()));
        assertThrows(FormatException.class, () -> SealedPart.parse(new SealedPart(1, 0).toBytes()));
        byte[] over = new SealedPart(1, Directory.MAX_BYTES + 1).toBytes();
        assertThrows(FormatException.class, () -> SealedPart.parse(over));
        byte[] limit = new SealedPart(1, Directory.MAX_BYTES).toBytes();
        assertEquals(Directory.MAX_BYTES, SealedPart.parse(limit).directoryBytes());
    }
}
