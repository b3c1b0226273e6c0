// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.ipld.DagWalk;
import io.peerwerk.storage.internal.ipld.EitherVersion;
import io.peerwerk.storage.internal.unixfs.UnixFsReader;
import org.jspecify.annotations.Nullable;

/**
 * Brings all blocks here that a root leads to. Each is visited once, however many ways lead to it, so that a graph costs
 * no more than its blocks; blocks that are here are not asked for. Many are under way at the same time.
 */
final class DagFetch extends Search {

    /** The most blocks of one root. With chunks of 256 KiB that is half a terabyte. */
    static final int MAX_BLOCKS = 1 << 21;

    /** Where to go on from a node. */
    @FunctionalInterface
    interface Links {

        /** Nowhere. */
        Links NONE = (cid, data) -> List.of();

        /** To all that it leads to. */
        Links ALL = DagWalk::links;

        /** To all that a file or folder leads to. */
        Links OF_FILES = (cid, data) -> {
            UnixFsReader.check(cid, data);
            return DagWalk.links(cid, data);
        };

        /** To the other parts of a folder that is a trie. */
        Links OF_FOLDER = UnixFsReader::shards;

        /** @throws FormatException if the rest is not worth fetching */
        List<Cid> of(Cid cid, ByteBuffer data) throws FormatException;
    }

    private final Cid root;
    private final Links links;
    private final Set<Cid> met = new HashSet<>();
    private final Deque<Cid> waiting = new ArrayDeque<>();

    private DagFetch(Transfer transfer, Cid root, Links links) {
        super(transfer, root);
        this.root = root;
        this.links = links;
    }

    /** Brings a graph here, as far as these links lead. */
    static void all(Transfer transfer, Cid root, Links links) throws IOException {
        var fetch = new DagFetch(transfer, root, links);
        fetch.meet(List.of(root));
        fetch.run();
    }

    /** Brings these blocks here, which belong to the root, but not those below them. */
    static void these(Transfer transfer, Cid root, List<Cid> blocks) throws IOException {
        var fetch = new DagFetch(transfer, root, Links.NONE);
        fetch.meet(blocks);
        fetch.run();
    }

    /** The first one is visited next. */
    private void meet(List<Cid> next) throws FormatException {
        for (Cid cid : next.reversed()) {
            if (met.add(cid)) {
                if (cid.codec() != Cid.RAW && cid.codec() != Cid.DAG_PB) {
                    throw new FormatException("block " + cid + " has the content type 0x"
                            + Long.toHexString(cid.codec()) + ", which is neither raw nor dag-pb");
                }
                waiting.push(checkFetchable(cid));
            }
        }
        if (met.size() > MAX_BLOCKS) {
            throw new FormatException("there are over " + MAX_BLOCKS + " blocks under " + root);
        }
    }

    @Override
    public @Nullable Cid next() throws IOException {
        for (Cid cid = waiting.poll(); cid != null; cid = waiting.poll()) {
            transfer.hold(cid);
            if (!visitHere(cid)) {
                return cid;
            }
        }
        return null;
    }

    /** Leaves are not read. */
    private boolean visitHere(Cid cid) throws IOException {
        long size = transfer.node().store().size(cid);
        if (size != BlockStore.ABSENT && (cid.codec() == Cid.RAW || links == Links.NONE)) {
            transfer.advance(size);
            return true;
        }
        if (EitherVersion.size(transfer.node().store(), cid) == BlockStore.ABSENT
                && cid.hash().code() != Multihash.IDENTITY) {
            return false;
        }
        Optional<ByteBuffer> data = transfer.here(cid);
        if (data.isPresent()) {
            if (size == BlockStore.ABSENT) {
                // Pins and sweeps know a block by one name only.
                transfer.put(new Block(cid, data.get().duplicate()));
            }
            visit(cid, data.get());
        }
        return data.isPresent();
    }

    @Override
    public void accept(Block block) throws IOException {
        super.accept(block);
        visit(block.cid(), block.data());
    }

    private void visit(Cid cid, ByteBuffer data) throws IOException {
        transfer.advance(data.remaining());
        if (cid.codec() != Cid.RAW) {
            meet(links.of(cid, data));
        }
    }
}
