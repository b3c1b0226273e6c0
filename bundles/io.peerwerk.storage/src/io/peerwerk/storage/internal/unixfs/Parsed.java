// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.ipld.BlockSource;
import io.peerwerk.storage.internal.ipld.DagPbLink;
import io.peerwerk.storage.internal.ipld.DagPbNode;
import io.peerwerk.storage.internal.unixfs.UnixFsData.FileData;

/**
 * A dag-pb block with what its data say.
 *
 * @param cid of the block
 * @param links of the node
 * @param data of the node
 */
record Parsed(Cid cid, List<DagPbLink> links, UnixFsData data) {

    /** Gets a block that must be of UnixFS and of dag-pb. */
    static Parsed get(BlockSource source, Cid cid) throws IOException {
        if (cid.codec() != Cid.DAG_PB) {
            throw new FormatException("block " + cid + " has the content type 0x" + Long.toHexString(cid.codec())
                    + ", which no folder and no part of a file has");
        }
        return parse(cid, source.get(cid));
    }

    static Parsed parse(Cid cid, ByteBuffer block) throws FormatException {
        try {
            DagPbNode node = DagPbNode.parse(block);
            if (node.data() == null) {
                throw new FormatException("it has no data");
            }
            UnixFsData data = UnixFsData.parse(node.data());
            if (data instanceof FileData file && file.partSizes().length != node.links().size()) {
                throw new FormatException("it has " + node.links().size() + " links and the sizes of "
                        + file.partSizes().length + " parts");
            }
            return new Parsed(cid, node.links(), data);
        } catch (FormatException e) {
            throw new FormatException("block " + cid + " is no UnixFS: " + e.getMessage(), e);
        }
    }
}
