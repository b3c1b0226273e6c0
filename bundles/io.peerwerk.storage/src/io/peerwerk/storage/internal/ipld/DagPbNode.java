// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Block;

/**
 * A node of a Merkle graph: links and some bytes.
 *
 * @param links in the order of the wire
 * @param data what else is in the node; null where the field is left out, which is not the same as no bytes; not copied
 * @see <a href="https://ipld.io/specs/codecs/dag-pb/spec/">DAG-PB</a>
 */
public record DagPbNode(List<DagPbLink> links, byte @Nullable [] data) {

    /** The most links that are read. A block has no room for more unless its links are shorter than any in use. */
    public static final int MAX_LINKS = 1 << 16;

    private static final int DATA = 1;
    private static final int LINK = 2;

    /** The order of a folder's links: bytes of names, unsigned; links without a name first. */
    private static final Comparator<DagPbLink> BY_NAME =
            Comparator.comparing(link -> (link.name() == null ? "" : link.name()).getBytes(StandardCharsets.UTF_8),
                    Arrays::compareUnsigned);

    /** The list is copied. */
    public DagPbNode {
        links = List.copyOf(links);
    }

    /** A node whose links are put into the order of their names; those of equal names keep theirs. */
    public static DagPbNode sorted(Collection<DagPbLink> links, byte[] data) {
        return new DagPbNode(links.stream().sorted(BY_NAME).toList(), data);
    }

    /**
     * Reads a block's bytes, from position to limit; the position stays.
     *
     * @throws FormatException unless they are a node in the one form that it can have, but for the place of its data
     */
    public static DagPbNode parse(ByteBuffer block) throws FormatException {
        if (block.remaining() > Block.MAX_BYTES) {
            throw new FormatException("a node of " + block.remaining() + " bytes");
        }
        List<DagPbLink> links = new ArrayList<>();
        byte[] data = null;
        boolean linksAreOver = false;
        ProtoReader in = reader(block);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case LINK -> {
                    if (linksAreOver || links.size() == MAX_LINKS) {
                        throw new FormatException("a node has links in two places or over " + MAX_LINKS);
                    }
                    links.add(DagPbLink.parse(in));
                }
                case DATA -> {
                    if (data != null) {
                        throw new FormatException("a node has data in two places");
                    }
                    data = in.bytes(Block.MAX_BYTES);
                    linksAreOver = !links.isEmpty();
                }
                default -> throw new FormatException("a node has no field " + field);
            }
        }
        var node = new DagPbNode(links, data);
        if (node.size() != block.remaining()) {
            throw new FormatException("a node spells its numbers longer than needed");
        }
        return node;
    }

    private static ProtoReader reader(ByteBuffer block) {
        if (block.hasArray()) {
            return new ProtoReader(block.array(), block.arrayOffset() + block.position(), block.remaining());
        }
        byte[] copy = new byte[block.remaining()];
        block.duplicate().get(copy);
        return new ProtoReader(copy);
    }

    /** Bytes of the encoded node. */
    public int size() {
        int size = data == null ? 0 : DagPbLink.lengthDelimited(data.length);
        for (DagPbLink link : links) {
            size += link.bytesInNode();
        }
        return size;
    }

    /** The encoded node. */
    public byte[] toBytes() {
        ProtoWriter out = new ProtoWriter();
        links.forEach(link -> out.message(LINK, link.toWriter()));
        if (data != null) {
            out.bytes(DATA, data);
        }
        return out.toBytes();
    }

    /**
     * The node as a block.
     *
     * @param cidVersion of the block's CID, 0 or 1
     */
    public Block toBlock(int cidVersion) {
        byte[] bytes = toBytes();
        Multihash hash = Multihash.sha256(bytes);
        return new Block(cidVersion == 0 ? Cid.v0(hash) : Cid.v1(Cid.DAG_PB, hash), ByteBuffer.wrap(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DagPbNode that && links.equals(that.links) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * links.hashCode() + Arrays.hashCode(data);
    }
}
