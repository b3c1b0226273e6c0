// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HexFormat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FolderData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.ShardData;
import io.peerwerk.storage.internal.unixfs.UnixFsData.SymlinkData;

class UnixFsDataTest {

    private static UnixFsData parse(String hex) throws FormatException {
        return UnixFsData.parse(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static void isRead(String hex, UnixFsData expected) throws FormatException {
        assertEquals(expected, parse(hex));
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(expected.toBytes()));
    }

    @Test
    void everyKindIsReadAndWritten() throws FormatException {
        isRead("0801", new FolderData(Attributes.NONE));
        isRead("0802 1800", FileData.ofBytes(new byte[0], Attributes.NONE));
        isRead("0802 12020708 1802", FileData.ofBytes(new byte[] {7, 8}, Attributes.NONE));
        isRead("0802 18ac02 20ff01 202d", FileData.ofParts(new long[] {255, 45}, Attributes.NONE));
        isRead("0804 1203612f62", new SymlinkData("a/b", Attributes.NONE));
        isRead("0805 120180 2822 308002", new ShardData(new byte[] {(byte) 0x80}, 256, Attributes.NONE));
        isRead("0801 38c003 420708051501000000",
                new FolderData(new Attributes(0700, Instant.ofEpochSecond(5, 1))));
        isRead("0801 420b 08ffffffffffffffffff01", new FolderData(new Attributes(null, Instant.ofEpochSecond(-1))));
    }

    @Test
    void aRawLeafOfOldIsAFile() throws FormatException {
        assertEquals(FileData.ofBytes(new byte[] {7}, Attributes.NONE), parse("0800 120107 1801"));
    }

    @Test
    void aModeThatGoesWithoutSayingIsNotSaid() throws FormatException {
        assertEquals(new FolderData(Attributes.NONE), parse("0801 38ed03"));
        assertEquals(FileData.ofBytes(new byte[0], Attributes.NONE), parse("0802 1800 38a403"));
        assertEquals(new Attributes(0644, null), parse("0801 38a403").attributes());
        isRead("0801 38ffffffff0f", new FolderData(new Attributes(-1, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", // no type
        "1800", // no type either
        "0803", // metadata, out of use
        "0806", // a type that is none
        "08ffffffffffffffffff01", // a type that is not even a number
        "0802 1801", // size without data
        "0802 120107 1802", // size other than that of the data
        "0802 1803 2001 2001", // size other than that of the parts
        "0802 18ffffffffffffffffff01", // size above 2^63
        "0802 20ffffffffffffffff7f 2001", // sum of the parts above 2^63
        "0802 0802 1800", // type twice
        "0802 1800 1800", // size twice
        "0801 2001", // a folder with parts
        "0804 1201ff", // a target that is not UTF-8
        "0801 388080808010", // a mode of 33 bits
        "0801 4200", // a time without seconds
        "0801 420515 01000000", // nanoseconds only
        "0801 42070801 1500ca9a3b", // a billion nanoseconds
        "0801 420a 08ffffffffffffffff7f", // a time after the end of all
        "0801 420b 0880808080808080808001", // a time before the beginning
        "0801 42020801ff", // cut off
    })
    void whatContradictsItselfIsRefused(String hex) {
        assertThrows(FormatException.class, () -> parse(hex));
    }

    @Test
    void theLastNanosecondOfASecondIsRead() throws FormatException {
        assertEquals(Instant.ofEpochSecond(1, 999_999_999), parse("0801 42070801 15ffc99a3b").attributes().modified());
    }

    private static byte[] shard(long fanout, int bitBytes, long hash) {
        return new ProtoWriter().uint(1, 5).bytes(2, new byte[bitBytes]).uint(5, hash).uint(6, fanout).toBytes();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 16, 256, 1024})
    void aFanoutIsAPowerOfTwoFrom8To1024(long fanout) throws FormatException {
        int most = (int) fanout / 8;
        assertEquals(fanout, ((ShardData) UnixFsData.parse(shard(fanout, most, 0x22))).fanout());
        assertThrows(FormatException.class, () -> UnixFsData.parse(shard(fanout, most + 1, 0x22)));
        assertThrows(FormatException.class, () -> UnixFsData.parse(shard(fanout, most, 0x12)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4, 7, 9, 24, 255, 257, 1000, 2048, 1L << 32, 1L << 40, -8, Long.MIN_VALUE})
    void anyOtherFanoutIsRefused(long fanout) {
        assertThrows(FormatException.class, () -> UnixFsData.parse(shard(fanout, 0, 0x22)));
    }

    @Test
    void aShardWithoutAFanoutIsRefused() {
        assertThrows(FormatException.class, () -> parse("0805 2822"));
        assertThrows(FormatException.class, () -> parse("0805 308002"));
    }

    @Test
    void aFileHasAsManyPartsAsANodeHasLinks() throws FormatException {
        ProtoWriter out = new ProtoWriter().uint(1, 2);
        for (int i = 0; i < DagPbNode.MAX_LINKS; i++) {
            out.uint(4, 1);
        }
        assertEquals(DagPbNode.MAX_LINKS, ((FileData) UnixFsData.parse(out.toBytes())).size());
        assertThrows(FormatException.class, () -> UnixFsData.parse(out.uint(4, 1).toBytes()));
    }

    @Test
    void aSymbolicLinkIsAsLongAsTheLimitSaysAndNoLonger() throws FormatException {
        String longest = "x".repeat(SymlinkData.MAX_TARGET_BYTES);
        byte[] most = new ProtoWriter().uint(1, 4).string(2, longest).toBytes();
        assertEquals(longest, ((SymlinkData) UnixFsData.parse(most)).target());
        byte[] more = new ProtoWriter().uint(1, 4).string(2, longest + "x").toBytes();
        assertThrows(FormatException.class, () -> UnixFsData.parse(more));
    }

    @Provide
    Arbitrary<Attributes> attributes() {
        Arbitrary<Integer> modes = Arbitraries.integers().filter(m -> m != 0644 && m != 0755).injectNull(0.5);
        Arbitrary<Instant> times = Combinators.combine(
                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()), Arbitraries.integers().between(0, 999_999_999)).as(Instant::ofEpochSecond).injectNull(0.5);
        return Combinators.combine(modes, times).as(Attributes::new);
    }

    @Property(tries = 300)
    void filesAreReadAsTheyWereWritten(@ForAll byte[] data, @ForAll int[] sizes,
            @ForAll("attributes") Attributes attributes) throws FormatException {
        long[] parts = new long[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            parts[i] = Integer.toUnsignedLong(sizes[i]);
        }
        var file = new FileData(data, parts, attributes);
        assertEquals(file, UnixFsData.parse(file.toBytes()));
    }

    @Property(tries = 100)
    void foldersAreReadAsTheyWereWritten(@ForAll("attributes") Attributes attributes) throws FormatException {
        assertEquals(new FolderData(attributes), UnixFsData.parse(new FolderData(attributes).toBytes()));
    }
}
