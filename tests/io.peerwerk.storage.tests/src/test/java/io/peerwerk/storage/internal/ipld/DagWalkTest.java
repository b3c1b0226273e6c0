// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;

class DagWalkTest {

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final List<Cid> visited = new ArrayList<>();

    private Cid node(Cid... targets) {
        return blocks.put(new DagPbNode(
                List.of(targets).stream().map(target -> new DagPbLink(target, "", 0)).toList(), null));
    }

    private int walk(Cid root, int maxBlocks) throws IOException {
        return new DagWalk(blocks, maxBlocks).copy(root, block -> visited.add(block.cid()));
    }

    @Test
    void blocksComeDepthFirstAndEachOnce() throws IOException {
        Cid a = blocks.putRaw(new byte[] {1});
        Cid b = blocks.putRaw(new byte[] {2});
        Cid left = node(a, b);
        Cid right = node(b, a, left);
        Cid root = node(left, right, left);
        assertEquals(5, walk(root, 5));
        assertEquals(List.of(root, left, a, b, right), visited);
        assertThrows(FormatException.class, () -> walk(root, 4));
    }

    @Test
    void aBillionWaysThroughThirtyBlocksCostThirtyBlocks() throws IOException {
        Cid at = blocks.putRaw(new byte[] {1});
        for (int i = 0; i < 30; i++) {
            at = blocks.put(new DagPbNode(Collections.nCopies(1000, new DagPbLink(at, "", 0)), null));
        }
        assertEquals(31, walk(at, 100));
        assertEquals(31, blocks.asked().size());
    }

    @Test
    void aSourceThatSendsOneInACircleIsFoundOut() {
        Cid lied = blocks.putRaw(new byte[] {1});
        Cid root = Cid.v1(Cid.DAG_PB, lied.hash());
        blocks.spoil(root, new DagPbNode(List.of(new DagPbLink(root, "", 0)), null).toBytes());
        var refused = assertThrows(FormatException.class, () -> walk(root, 100));
        assertTrue(refused.getMessage().contains(root.toString()), refused.getMessage());
    }

    @Test
    void dataWithinACidAreNotAskedForAndNotHandedOver() throws IOException {
        Cid inline = Cid.v1(Cid.RAW, Multihash.identity(new byte[100]));
        Cid root = node(inline);
        assertEquals(2, walk(root, 10));
        assertEquals(List.of(root), visited);
        assertEquals(List.of(root), blocks.asked());
    }

    @Test
    void aBlockOfAnotherContentTypeIsNamed() {
        byte[] cbor = {(byte) 0xA0};
        Cid cid = Cid.v1(Cid.DAG_CBOR, Multihash.sha256(cbor));
        blocks.put(new Block(cid, ByteBuffer.wrap(cbor)));
        assertTrue(assertThrows(FormatException.class, () -> walk(cid, 10)).getMessage().contains("0x71"));
    }

    @Test
    void aMissingBlockEndsTheWalk() {
        Cid root = node(Cid.raw(new byte[] {9}));
        assertThrows(BlockMissingException.class, () -> walk(root, 10));
    }

    @Test
    void aBlockThatIsTooLargeOrOfAHashThatCannotBeCheckedIsRefused() throws IOException {
        Cid most = Cid.raw(new byte[Block.MAX_BYTES]);
        blocks.spoil(most, new byte[Block.MAX_BYTES]);
        assertEquals(1, walk(most, 1));
        Cid more = Cid.raw(new byte[Block.MAX_BYTES + 1]);
        blocks.spoil(more, new byte[Block.MAX_BYTES + 1]);
        assertThrows(FormatException.class, () -> walk(more, 1));
        Cid unknown = Cid.v1(Cid.RAW, new Multihash(0x1E, new byte[32]));
        blocks.spoil(unknown, new byte[1]);
        assertThrows(FormatException.class, () -> walk(unknown, 1));
    }
}
