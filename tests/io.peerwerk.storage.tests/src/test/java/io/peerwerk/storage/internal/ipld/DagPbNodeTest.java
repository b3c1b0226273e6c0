// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;

class DagPbNodeTest {

    /** A CID that holds the bytes 0 to 4 itself. */
    private static final String CID = "015500050001020304";
    private static final Cid TARGET = Cid.v1(Cid.RAW, Multihash.identity(new byte[] {0, 1, 2, 3, 4}));

    private static DagPbNode parse(String hex) throws FormatException {
        return DagPbNode.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static void isRead(String hex, DagPbNode expected) throws FormatException {
        assertEquals(expected, parse(hex));
        assertEquals(hex, HexFormat.of().formatHex(expected.toBytes()));
        assertEquals(hex.length() / 2, expected.size());
    }

    @Test
    void theExamplesOfTheSpecificationAreReadAndWritten() throws FormatException {
        byte[] data = {0, 1, 2, 3, 4};
        isRead("", new DagPbNode(List.of(), null));
        isRead("0a00", new DagPbNode(List.of(), new byte[0]));
        isRead("0a050001020304", new DagPbNode(List.of(), data));
        isRead("120b0a09" + CID, new DagPbNode(List.of(new DagPbLink(TARGET, null, -1)), null));
        isRead("120b0a09" + CID + "0a050001020304", new DagPbNode(List.of(new DagPbLink(TARGET, null, -1)), data));
        isRead("120d0a09" + CID + "1200", new DagPbNode(List.of(new DagPbLink(TARGET, "", -1)), null));
        isRead("12160a09" + CID + "1209736f6d65206e616d65",
                new DagPbNode(List.of(new DagPbLink(TARGET, "some name", -1)), null));
        isRead("12140a09" + CID + "18ffffffffffffff0f",
                new DagPbNode(List.of(new DagPbLink(TARGET, null, (1L << 53) - 1)), null));
    }

    @Test
    void dataBeforeLinksIsReadAndWrittenAfterThem() throws FormatException {
        DagPbNode node = parse("0a0101" + "120b0a09" + CID);
        assertEquals("120b0a09" + CID + "0a0101", HexFormat.of().formatHex(node.toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "120b0a09" + CID + "0a0101" + "120b0a09" + CID, // links, data, links
        "0a01010a0101", // data twice
        "1a0101", // a field that a node has not
        "0801", // data as a number
        "1200", // a link without a CID
        "120212 00", // a link with a name only
        "120d12000a09" + CID, // name before CID
        "120d18000a09" + CID, // size before CID
        "120f0a09" + CID + "18001200", // size before name
        "12160a09" + CID + "0a09" + CID, // CID twice
        "120f0a09" + CID + "12001200", // name twice
        "120d0a09" + CID + "2001", // a field that a link has not
        "120e0a09" + CID + "1201ff", // name is not UTF-8
        "12160a09" + CID + "18ffffffffffffffffff01", // size above 2^63
        "120e0a09" + CID + "188000", // size spelled too long
        "0a8100" + "01", // length of data spelled too long
        "12030a0102", // no CID
        "120c0a0a" + CID + "00", // a byte after the CID
        "0a05000102", // data cut off
        "128080808010", // a link of 4 GiB
    })
    void whatIsNotCanonicalIsRefused(String hex) {
        assertThrows(FormatException.class, () -> parse(hex.replace(" ", "")));
    }

    @Test
    void anIdentityCidOfOver128BytesIsRefused() throws FormatException {
        byte[] cid = Cid.v1(Cid.RAW, Multihash.identity(new byte[128])).toBytes();
        assertEquals(1, parse("1288010a8501" + HexFormat.of().formatHex(cid)).links().size());
        byte[] large = new byte[cid.length + 1];
        System.arraycopy(cid, 0, large, 0, cid.length);
        large[3] = (byte) 0x81; // 129 in two bytes, 0x81 0x01
        assertThrows(FormatException.class, () -> parse("1289010a8601" + HexFormat.of().formatHex(large)));
    }

    @Test
    void aNodeHasAsManyLinksAsTheLimitSaysAndNotOneMore() throws FormatException {
        var link = new DagPbLink(Cid.v1(Cid.RAW, Multihash.identity(new byte[0])), null, -1);
        byte[] most = new DagPbNode(Collections.nCopies(DagPbNode.MAX_LINKS, link), null).toBytes();
        assertEquals(DagPbNode.MAX_LINKS, DagPbNode.parse(ByteBuffer.wrap(most)).links().size());
        byte[] more = new DagPbNode(Collections.nCopies(DagPbNode.MAX_LINKS + 1, link), null).toBytes();
        assertTrue(more.length < Block.MAX_BYTES);
        assertThrows(FormatException.class, () -> DagPbNode.parse(ByteBuffer.wrap(more)));
    }

    @Test
    void aNodeIsAsLargeAsABlockMayBeAndNoLarger() throws FormatException {
        byte[] most = new DagPbNode(List.of(), new byte[Block.MAX_BYTES - 4]).toBytes();
        assertEquals(Block.MAX_BYTES, most.length);
        assertEquals(Block.MAX_BYTES - 4, DagPbNode.parse(ByteBuffer.wrap(most)).data().length);
        byte[] more = new DagPbNode(List.of(), new byte[Block.MAX_BYTES - 3]).toBytes();
        assertThrows(FormatException.class, () -> DagPbNode.parse(ByteBuffer.wrap(more)));
    }

    @Test
    void aNameIsAsLongAsTheLimitSaysAndNoLonger() throws FormatException {
        String most = "n".repeat(DagPbLink.MAX_NAME_BYTES);
        DagPbNode node = new DagPbNode(List.of(new DagPbLink(TARGET, most, 0)), null);
        assertEquals(node, DagPbNode.parse(ByteBuffer.wrap(node.toBytes())));
        assertThrows(IllegalArgumentException.class, () -> new DagPbLink(TARGET, most + "n", 0));
    }

    @Test
    void linksAreSortedByTheBytesOfTheirNames() {
        var emoji = new DagPbLink(TARGET, "\uD83D\uDE00", 1);
        var tilde = new DagPbLink(TARGET, "\uFF5E", 2);
        var none = new DagPbLink(TARGET, null, 3);
        assertEquals(List.of(none, tilde, emoji), DagPbNode.sorted(List.of(emoji, tilde, none), new byte[0]).links());
    }

    @Test
    void aBlockIsReadFromAnyPlaceInAnyBuffer() throws FormatException {
        byte[] bytes = HexFormat.of().parseHex("ffff0a0101ff");
        var expected = new DagPbNode(List.of(), new byte[] {1});
        ByteBuffer part = ByteBuffer.wrap(bytes).slice(1, 5).position(1).limit(4);
        assertEquals(expected, DagPbNode.parse(part));
        assertEquals(expected, DagPbNode.parse(part.asReadOnlyBuffer()));
        assertEquals(1, part.position());
    }

    @Test
    void aNodeHasItsCidInBothVersions() {
        var emptyFolder = new DagPbNode(List.of(), new byte[] {8, 1});
        assertEquals("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn", emptyFolder.toBlock(0).cid().toString());
        assertEquals("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354",
                emptyFolder.toBlock(1).cid().toString());
    }

    @Provide
    Arbitrary<DagPbNode> nodes() {
        Arbitrary<Cid> cids = Arbitraries.bytes().array(byte[].class).ofMaxSize(128)
                .map(bytes -> Cid.v1(Cid.RAW, Multihash.identity(bytes)));
        Arbitrary<String> names = Arbitraries.strings().excludeChars('\0').ofMaxLength(50)
                .filter(name -> name.chars().noneMatch(c -> Character.isSurrogate((char) c))).injectNull(0.2);
        Arbitrary<DagPbLink> links = Combinators.combine(cids, names, Arbitraries.longs().between(-1, Long.MAX_VALUE))
                .as(DagPbLink::new);
        Arbitrary<byte[]> data = Arbitraries.bytes().array(byte[].class).ofMaxSize(300).injectNull(0.2);
        return Combinators.combine(links.list().ofMaxSize(20), data).as(DagPbNode::new);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadTheSame(@ForAll("nodes") DagPbNode node) throws FormatException {
        byte[] bytes = node.toBytes();
        assertEquals(bytes.length, node.size());
        DagPbNode read = DagPbNode.parse(ByteBuffer.wrap(bytes));
        assertEquals(node, read);
        assertArrayEquals(bytes, read.toBytes());
    }
}
