// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;

/**
 * All blocks under a root, each once, a block before those that it links to and those in the order of the links. So a
 * graph that names one block again and again costs no more than its blocks, however many ways lead through it.
 */
public final class DagWalk {

    /** CIDs that may wait to be visited, beside those that were. */
    private static final int MAX_WAITING = 1 << 18;

    private final BlockSource source;
    private final int maxBlocks;

    /**
     * A walk that ends in a {@link FormatException} where there are too many blocks.
     *
     * @param source is read from; what it gives is checked
     * @param maxBlocks the most blocks to visit; the walk remembers their CIDs
     */
    public DagWalk(BlockSource source, int maxBlocks) {
        this.source = new VerifiedBlocks(source);
        this.maxBlocks = maxBlocks;
    }

    /**
     * Hands the blocks under the root to the sink, the root first, but for those that are within their CIDs.
     *
     * @return the number of blocks visited
     */
    public int copy(Cid root, BlockSink sink) throws IOException {
        Set<Cid> seen = new HashSet<>();
        Deque<Cid> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Cid cid = waiting.pop();
            if (!seen.add(cid)) {
                continue;
            }
            if (seen.size() > maxBlocks) {
                throw new FormatException("there are over " + maxBlocks + " blocks under " + root);
            }
            ByteBuffer data = source.get(cid);
            if (cid.hash().code() != Multihash.IDENTITY) {
                sink.put(new Block(cid, data));
            }
            push(links(cid, data), seen, waiting);
        }
        return seen.size();
    }

    private static void push(List<Cid> links, Set<Cid> seen, Deque<Cid> waiting) throws FormatException {
        if (waiting.size() + links.size() > MAX_WAITING) {
            throw new FormatException("over " + MAX_WAITING + " links wait to be followed");
        }
        for (Cid link : links.reversed()) {
            if (!seen.contains(link)) {
                waiting.push(link);
            }
        }
    }

    /**
     * The CIDs that a block links to, in its order; one that is linked twice comes twice.
     *
     * @throws FormatException if the block is malformed or of a content type whose links are not understood
     */
    public static List<Cid> links(Cid cid, ByteBuffer data) throws FormatException {
        if (cid.codec() == Cid.RAW) {
            return List.of();
        }
        if (cid.codec() == Cid.DAG_PB) {
            return DagPbNode.parse(data).links().stream().map(DagPbLink::cid).toList();
        }
        throw new FormatException("block " + cid + " has the content type 0x" + Long.toHexString(cid.codec())
                + ", which is neither raw nor dag-pb");
    }
}
