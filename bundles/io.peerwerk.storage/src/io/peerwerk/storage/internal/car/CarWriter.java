// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.car;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.ipld.BlockSink;

/**
 * Writes an archive of version 1, block by block as they come. It neither drops a block that comes twice nor checks that
 * all are there: a {@link io.peerwerk.storage.internal.ipld.DagWalk} in front does both. Not thread-safe; flushes and
 * closes nothing.
 */
public final class CarWriter implements BlockSink {

    private final OutputStream out;

    /**
     * Writes the header.
     *
     * @param roots at most {@value CarHeader#MAX_ROOTS}
     */
    public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
        this.out = out;
        Frames.write(out, new CarHeader(1, roots).toBytes());
    }

    @Override
    public void put(Block block) throws IOException {
        byte[] cid = block.cid().toBytes();
        out.write(Varint.encode(cid.length + (long) block.size()));
        out.write(cid);
        block.writeTo(out);
    }
}
