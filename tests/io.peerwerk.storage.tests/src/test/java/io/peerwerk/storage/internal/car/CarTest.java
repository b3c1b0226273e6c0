// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.car;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.ipld.DagWalk;
import io.peerwerk.storage.internal.ipld.MemoryBlocks;
import io.peerwerk.storage.internal.unixfs.Attributes;
import io.peerwerk.storage.internal.unixfs.Profile;
import io.peerwerk.storage.internal.unixfs.ReadLimits;
import io.peerwerk.storage.internal.unixfs.UnixFsImporter;
import io.peerwerk.storage.internal.unixfs.UnixFsReader;

class CarTest {

    private static final Block BLOCK = Block.raw(new byte[] {1, 2, 3});

    static byte[] car(List<Cid> roots, List<Block> blocks) throws IOException {
        var out = new ByteArrayOutputStream();
        var car = new CarWriter(out, roots);
        for (Block block : blocks) {
            car.put(block);
        }
        return out.toByteArray();
    }

    static List<Block> read(byte[] car) throws IOException {
        var reader = new CarReader(new ByteArrayInputStream(car));
        List<Block> blocks = new ArrayList<>();
        for (Optional<Block> block = reader.next(); block.isPresent(); block = reader.next()) {
            blocks.add(block.get());
        }
        return blocks;
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Version 2: something before the archive, something after it. */
    static byte[] wrapped(byte[] inside, int before, long size) {
        return concat(front(51 + before, size), new byte[before], inside, new byte[] {1, 2, 3});
    }

    private static byte[] front(long offset, long size) {
        byte[] header = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).position(16).putLong(offset)
                .putLong(size).putLong(offset + size).array();
        return concat(HexFormat.of().parseHex("0aa16776657273696f6e02"), header);
    }

    @Test
    void anArchiveHasTheBytesThatTheSpecificationGivesIt() throws IOException {
        byte[] car = car(List.of(BLOCK.cid()), List.of(BLOCK));
        String cid = HexFormat.of().formatHex(BLOCK.cid().toBytes());
        assertEquals("3a" + "a265726f6f747381d82a582500" + cid + "6776657273696f6e01" + "27" + cid + "010203",
                HexFormat.of().formatHex(car));
        assertEquals(List.of(BLOCK), read(car));
        assertEquals(List.of(BLOCK.cid()), new CarReader(new ByteArrayInputStream(car)).roots());
    }

    @Test
    void aBlockIsWrittenTheSameFromAnyBuffer() throws IOException {
        ByteBuffer part = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        byte[] expected = car(List.of(), List.of(BLOCK));
        assertArrayEquals(expected, car(List.of(), List.of(new Block(BLOCK.cid(), part))));
        assertArrayEquals(expected, car(List.of(), List.of(new Block(BLOCK.cid(), part.asReadOnlyBuffer()))));
    }

    @Property(tries = 200)
    void blocksAreReadAsTheyWereWritten(@ForAll @Size(max = 30) List<byte[]> contents, @ForAll boolean wrapped)
            throws IOException {
        List<Block> blocks = contents.stream().map(Block::raw).toList();
        List<Cid> roots = blocks.stream().map(Block::cid).toList();
        byte[] car = car(roots, blocks);
        byte[] file = wrapped ? wrapped(car, contents.size(), car.length) : car;
        assertEquals(blocks, read(file));
        assertEquals(roots, new CarReader(new ByteArrayInputStream(file)).roots());
    }

    @Test
    void aTreeOfFilesGoesThroughAnArchive() throws IOException {
        MemoryBlocks source = new MemoryBlocks();
        for (Profile profile : List.of(Profile.UNIXFS_V0_2015, Profile.UNIXFS_V1_2025)) {
            var importer = new UnixFsImporter(profile, source);
            byte[] content = new byte[3_000_000];
            Arrays.fill(content, 1 << 20, 2 << 20, (byte) 1);
            Cid root = importer.folder(Attributes.NONE)
                    .add("file", importer.file(new ByteArrayInputStream(content), Attributes.NONE)).finish().cid();
            var out = new ByteArrayOutputStream();
            int count = new DagWalk(source, 100).copy(root, new CarWriter(out, List.of(root)));
            MemoryBlocks target = new MemoryBlocks();
            List<Block> blocks = read(out.toByteArray());
            blocks.forEach(target::put);
            assertEquals(count, blocks.size());
            assertEquals(root, blocks.getFirst().cid());
            var reader = new UnixFsReader(target, ReadLimits.STANDARD);
            assertArrayEquals(content, reader.read(reader.resolve(root, "file").cid()).readAllBytes());
        }
    }

    @Test
    void anArchiveThatIsCutOffIsRefusedAnywhereButBetweenSections() throws IOException {
        byte[] car = car(List.of(BLOCK.cid()), List.of(BLOCK, BLOCK));
        int header = 59;
        for (int length = 0; length < car.length; length++) {
            byte[] cut = Arrays.copyOf(car, length);
            if (length == header || length == header + 40) {
                assertEquals((length - header) / 40, read(cut).size());
            } else {
                assertThrows(EOFException.class, () -> read(cut), "cut off after " + length + " bytes");
            }
        }
        byte[] wrapped = wrapped(car, 0, car.length);
        for (int length = 0; length < wrapped.length - 3; length++) {
            byte[] cut = Arrays.copyOf(wrapped, length);
            assertThrows(EOFException.class, () -> read(cut), "cut off after " + length + " bytes");
        }
    }

    @Test
    void aBlockWithAnyBitFlippedIsRefused() throws IOException {
        byte[] car = car(List.of(), List.of(BLOCK));
        int section = car.length - 39;
        for (int bit = section * 8; bit < car.length * 8; bit++) {
            byte[] spoilt = car.clone();
            spoilt[bit / 8] ^= (byte) (1 << bit % 8);
            if (spoilt[section + 1] == Cid.RAW) {
                assertThrows(FormatException.class, () -> read(spoilt), "bit " + bit);
            }
        }
    }

    @Test
    void aBlockIsAsLargeAsABlockMayBeAndNoLarger() throws IOException {
        assertEquals(1, read(car(List.of(), List.of(Block.raw(new byte[Block.MAX_BYTES])))).size());
        byte[] more = new byte[Block.MAX_BYTES + 1];
        byte[] cid = Cid.raw(more).toBytes();
        byte[] car = concat(car(List.of(), List.of()), Varint.encode(cid.length + more.length), cid, more);
        assertThrows(FormatException.class, () -> read(car));
    }

    @Test
    void aSectionThatPromisesMuchCostsNothing() throws IOException {
        for (long promise : new long[] {Block.MAX_BYTES + 200, 1L << 31, Long.MAX_VALUE}) {
            byte[] car = concat(car(List.of(), List.of()), Varint.encode(promise));
            assertThrows(FormatException.class, () -> read(car));
        }
        byte[] car = concat(car(List.of(), List.of()), new byte[] {0});
        assertThrows(FormatException.class, () -> read(car), "an empty section");
    }

    @Test
    void anArchiveHasAsManyRootsAsTheLimitSaysAndNotOneMore() throws IOException {
        List<Cid> most = Collections.nCopies(CarHeader.MAX_ROOTS,
                Cid.v1(1L << 60, Multihash.identity(new byte[Multihash.MAX_DIGEST])));
        assertEquals(most, new CarReader(new ByteArrayInputStream(car(most, List.of()))).roots());
        assertThrows(IllegalArgumentException.class, () -> new CarHeader(1, Collections.nCopies(1001, BLOCK.cid())));
        byte[] header = new CarHeader(1, most).toBytes();
        header[8]++; // the low byte of the number of roots
        assertThrows(FormatException.class, () -> CarHeader.parse(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", // nothing
        "a0", // an empty map
        "a16776657273696f6e01", // version 1 without roots
        "a165726f6f747380", // roots without a version
        "a265726f6f7473806776657273696f6e00", // version 0
        "a265726f6f7473806776657273696f6e02", // version 2 with roots
        "a265726f6f7473806776657273696f6e03", // version 3
        "a265726f6f7473806776657273696f6e1801", // version spelled too long
        "a26776657273696f6e0165726f6f747380", // the wrong order
        "a265726f6f747381016776657273696f6e01", // a root that is a number
        "a265726f6f747381d82b41006776657273696f6e01", // a root of another tag
        "a265726f6f747381d82a406776657273696f6e01", // a root of no bytes
        "a265726f6f747381d82a41006776657273696f6e01", // an empty CID
        "a265726f6f747381d82a4601015500006776657273696f6e01", // not marked as binary
        "a265726f6f74739fff6776657273696f6e01", // a list without a length
        "a265726f6f74739affffffff6776657273696f6e01", // a list of four billion
        "a265726f6f7473806776657273696f6e0100", // a byte more
        "a265726f6f7473806776657273696f", // cut off
    })
    void aMalformedHeaderIsRefused(String hex) {
        var out = new ByteArrayOutputStream();
        assertThrows(FormatException.class, () -> {
            Frames.write(out, HexFormat.of().parseHex(hex));
            read(out.toByteArray());
        });
    }

    @Test
    void aHeaderOfSecondVersionThatLiesIsRefused() throws IOException {
        byte[] car = car(List.of(), List.of(BLOCK));
        for (long offset : new long[] {50, 0, -1, Long.MIN_VALUE}) {
            assertThrows(FormatException.class, () -> read(concat(front(offset, car.length), car)));
        }
        assertThrows(EOFException.class, () -> read(concat(front(Long.MAX_VALUE, car.length), car)));
        assertThrows(FormatException.class, () -> read(wrapped(car, 0, 0)));
        assertThrows(FormatException.class, () -> read(wrapped(car, 0, -1)));
        assertThrows(EOFException.class, () -> read(wrapped(car, 0, car.length - 1)));
        assertThrows(FormatException.class, () -> read(wrapped(wrapped(car, 0, car.length), 0, 500)));
    }

    @Test
    void whoseHashCannotBeCheckedIsRefused() throws IOException {
        var block = new Block(Cid.v1(Cid.RAW, new Multihash(0x1E, new byte[32])), ByteBuffer.wrap(new byte[3]));
        byte[] car = car(List.of(), List.of(block));
        assertTrue(assertThrows(FormatException.class, () -> read(car)).getMessage().contains("CID"));
    }
}
