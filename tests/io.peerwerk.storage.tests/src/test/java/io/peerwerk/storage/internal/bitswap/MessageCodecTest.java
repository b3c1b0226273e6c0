// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Block;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    private static final Cid CID = Cid.raw(new byte[] {1});

    private static Arbitrary<Cid> cids() {
        Arbitrary<byte[]> digest = Arbitraries.bytes().array(byte[].class).ofSize(32);
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(Multihash.MAX_DIGEST);
        return Arbitraries.oneOf(digest.map(d -> Cid.v0(new Multihash(Multihash.SHA2_256, d))),
                digest.map(d -> Cid.v1(Cid.DAG_CBOR, new Multihash(Multihash.SHA2_256, d))),
                any.map(d -> Cid.v1(Cid.PEERWERK, new Multihash(0x1e, d))));
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<WantEntry> wants = Combinators.combine(cids(), Arbitraries.of(WantEntry.Kind.BLOCK,
                WantEntry.Kind.HAVE), Arbitraries.integers(), Arbitraries.of(true, false)).as(WantEntry::new);
        Arbitrary<WantEntry> entries = Arbitraries.oneOf(wants, cids().map(WantEntry::cancel));
        Arbitrary<Payload> blocks = Combinators.combine(cids().map(Prefix::of),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteBuffer::wrap)).as(Payload::new);
        Arbitrary<Presence> presences = Combinators.combine(cids(), Arbitraries.of(true, false)).as(Presence::new);
        return Combinators.combine(Arbitraries.of(true, false), entries.list().ofMaxSize(9),
                blocks.list().ofMaxSize(5), presences.list().ofMaxSize(5),
                Arbitraries.integers().greaterOrEqual(0)).as(Message::new);
    }

    @Property
    void aMessageIsReadAsItWasWritten(@ForAll("messages") Message message) throws FormatException {
        assertEquals(message, MessageCodec.parse(MessageCodec.encode(message, Version.V1_2_0)));
    }

    @Property
    void olderVersionsHaveBlocksAndWantsForBlocks(@ForAll("messages") Message message) throws FormatException {
        Message read = MessageCodec.parse(MessageCodec.encode(message, Version.V1_1_0));
        assertEquals(message.blocks(), read.blocks());
        assertEquals(message.entries().stream().filter(entry -> entry.kind() != WantEntry.Kind.HAVE)
                .map(entry -> entry.cid()).toList(), read.entries().stream().map(entry -> entry.cid()).toList());
        assertEquals(List.of(), read.presences());
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        try {
            MessageCodec.parse(bytes);
        } catch (FormatException e) {
            assertEquals(FormatException.class, e.getClass());
        }
    }

    @Test
    void theBytesAreThoseOfTheSpecification() {
        Message message = new Message(true, List.of(new WantEntry(CID, WantEntry.Kind.HAVE, 7, true)),
                List.of(Payload.of(Block.raw(new byte[] {9}))), List.of(new Presence(CID, false)), 5);
        String cid = HexFormat.of().formatHex(CID.toBytes());
        assertEquals("0a30" + "0a2c" + "0a24" + cid + "1007" + "2001" + "2801" + "1001" + "2228" + "0a24" + cid
                + "1001" + "2805" + "1a09" + "0a0401551220" + "120109",
                HexFormat.of().formatHex(MessageCodec.encode(message, Version.V1_2_0)));
    }

    @Test
    void aBlockOfTheFirstVersionHasNoPrefix() throws FormatException {
        Block node = new Block(Cid.v0(Multihash.sha256(new byte[] {5, 6})), ByteBuffer.wrap(new byte[] {5, 6}));
        byte[] bytes = MessageCodec.encode(Message.answer(List.of(Payload.of(node)), List.of(), 0), Version.V1_0_0);
        assertArrayEquals(new byte[] {0x12, 2, 5, 6}, bytes);
        assertEquals(Optional.of(node), MessageCodec.parse(bytes).blocks().getFirst().block());
    }

    @Test
    void aMessageHasSoManyEntriesAndNotOneMore() throws FormatException {
        Message most = Message.wants(false, Collections.nCopies(WireLimits.MAX_ITEMS, WantEntry.cancel(CID)));
        assertEquals(most, MessageCodec.parse(MessageCodec.encode(most, Version.V1_2_0)));
        Message more = Message.wants(false, Collections.nCopies(WireLimits.MAX_ITEMS + 1, WantEntry.cancel(CID)));
        byte[] bytes = MessageCodec.encode(more, Version.V1_2_0);
        assertThrows(FormatException.class, () -> MessageCodec.parse(bytes));
    }

    @Test
    void aMessageHasSoManyBlocksAndPresencesAndNotOneMore() throws FormatException {
        Payload block = Payload.of(Block.raw(new byte[1]));
        Presence presence = new Presence(CID, true);
        int most = WireLimits.MAX_ITEMS;
        Message full = Message.answer(Collections.nCopies(most, block), Collections.nCopies(most, presence), 0);
        assertEquals(full, MessageCodec.parse(MessageCodec.encode(full, Version.V1_2_0)));
        byte[] blocks = MessageCodec.encode(Message.answer(Collections.nCopies(most + 1, block), List.of(), 0),
                Version.V1_2_0);
        assertThrows(FormatException.class, () -> MessageCodec.parse(blocks));
        byte[] presences = MessageCodec.encode(Message.answer(List.of(), Collections.nCopies(most + 1, presence), 0),
                Version.V1_2_0);
        assertThrows(FormatException.class, () -> MessageCodec.parse(presences));
    }

    @Test
    void aMessageOfFourMebibytesIsReadAndOneByteMoreIsNot() throws FormatException {
        int head = MessageCodec.encode(Message.answer(List.of(new Payload(Prefix.of(CID),
                ByteBuffer.allocate(3 << 20))), List.of(), 0), Version.V1_2_0).length - (3 << 20);
        for (int extra = 0; extra < 2; extra++) {
            byte[] bytes = MessageCodec.encode(Message.answer(List.of(new Payload(Prefix.of(CID),
                    ByteBuffer.allocate(WireLimits.MAX_MESSAGE - head + extra))), List.of(), 0), Version.V1_2_0);
            assertEquals(WireLimits.MAX_MESSAGE + extra, bytes.length);
            if (extra == 0) {
                assertEquals(1, MessageCodec.parse(bytes).blocks().size());
            } else {
                assertThrows(FormatException.class, () -> MessageCodec.parse(bytes));
            }
        }
    }

    @Test
    void aNameThatCarriesMoreDataThanADigestHasIsRefused() throws FormatException {
        for (int size = Multihash.MAX_DIGEST; size <= Multihash.MAX_DIGEST + 1; size++) {
            byte[] hash = new byte[3 + size];
            hash[1] = (byte) (size & 0x7F | 0x80);
            hash[2] = 1;
            byte[] cid = new byte[2 + hash.length];
            cid[0] = 1;
            cid[1] = (byte) Cid.RAW;
            System.arraycopy(hash, 0, cid, 2, hash.length);
            byte[] message = new ProtoWriter().message(1, new ProtoWriter()
                    .message(1, new ProtoWriter().bytes(1, cid))).toBytes();
            if (size == Multihash.MAX_DIGEST) {
                assertEquals(1, MessageCodec.parse(message).entries().size());
            } else {
                assertThrows(FormatException.class, () -> MessageCodec.parse(message));
            }
        }
    }

    @Test
    void prioritiesOfAnySizeAreRead() throws FormatException {
        for (int priority : new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE}) {
            Message message = Message.wants(false, List.of(new WantEntry(CID, WantEntry.Kind.BLOCK, priority, false)));
            assertEquals(message, MessageCodec.parse(MessageCodec.encode(message, Version.V1_2_0)));
        }
    }

    @Test
    void aBlockIsNamedByTheHashOfItsBytes() {
        byte[] data = {1, 2, 3};
        ByteBuffer bytes = ByteBuffer.wrap(data);
        assertEquals(Optional.of(Cid.raw(data)), new Payload(new Prefix(1, Cid.RAW, 0x12, 32), bytes).block()
                .map(Block::cid));
        assertEquals(64, new Payload(new Prefix(1, Cid.RAW, 0x13, 64), bytes).block().orElseThrow().cid().hash()
                .digest().length);
        assertEquals(Optional.empty(), new Payload(new Prefix(1, Cid.RAW, 0x1e, 32), bytes).block());
        assertEquals(Optional.empty(), new Payload(new Prefix(1, Cid.RAW, 0x12, 20), bytes).block());
        assertEquals(Optional.empty(), new Payload(new Prefix(0, Cid.DAG_PB, 0x13, 64), bytes).block());
    }

    @Test
    void aBlockOfTwoMebibytesIsTakenAndOneByteMoreIsNot() {
        Prefix prefix = new Prefix(1, Cid.RAW, 0x12, 32);
        assertEquals(Block.MAX_BYTES, new Payload(prefix, ByteBuffer.allocate(Block.MAX_BYTES)).block().orElseThrow()
                .size());
        assertEquals(Optional.empty(), new Payload(prefix, ByteBuffer.allocate(Block.MAX_BYTES + 1)).block());
    }
}
