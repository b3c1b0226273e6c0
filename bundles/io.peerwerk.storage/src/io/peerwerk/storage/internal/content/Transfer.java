// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.TransferCancelledException;
import io.peerwerk.storage.internal.ipld.BlockSink;
import io.peerwerk.storage.internal.ipld.BlockSource;
import io.peerwerk.storage.internal.ipld.EitherVersion;
import io.peerwerk.storage.internal.transfer.Control;

/**
 * One call of the user's, which reads and writes blocks, and holds those that it has met until it is closed. Used by one
 * thread. Blocks are written in batches, as each batch costs an fsync: what was put last is on the disk after {@link
 * #flush}.
 */
final class Transfer implements BlockSink, AutoCloseable {

    private static final int BATCH_BYTES = 8 << 20;
    private static final int BATCH_BLOCKS = 512;
    /** Blocks that are remembered while a graph is read, and the bytes of the largest. */
    private static final int RECENT = 256;
    private static final int SMALL = 8 << 10;

    private final Node node;
    private final Progress progress;
    private final Control control;
    private final Holds.Hold hold;
    private final List<Block> batch = new ArrayList<>();
    private int batched;
    private boolean swept;
    private long done;
    private long total;
    private String phase = "";

    Transfer(Node node, Progress progress) {
        this.node = node;
        this.progress = progress;
        control = new Control(progress, node.closing());
        hold = node.holds().open();
    }

    Node node() {
        return node;
    }

    /** Throws if the user wants it no more, or the module stops. */
    void check() throws IOException {
        control.check();
    }

    /** What the user is told from now on. */
    void phase(String word, long bytes) throws IOException {
        phase = word;
        done = 0;
        total = bytes;
        advance(0);
    }

    /** So many bytes more are done. Throws as {@link #check}. */
    void advance(long bytes) throws IOException {
        check();
        done += bytes;
        // What content says of its size is a claim.
        total = Math.max(total, done);
        progress.update(done, total, phase);
    }

    /** The block stays from now on, if it is here. */
    void hold(Cid cid) {
        hold.take(cid);
    }

    /** Takes a block to keep; one that stands in its own name needs no place. */
    @Override
    public void put(Block block) throws IOException {
        check();
        if (block.cid().hash().code() == Multihash.IDENTITY) {
            return;
        }
        hold.take(block.cid());
        batch.add(block);
        batched += block.size();
        if (batched >= BATCH_BYTES || batch.size() >= BATCH_BLOCKS) {
            flush();
        }
    }

    /** Writes what was put, durably, and gives it to those who wait for it. */
    void flush() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        List<Block> blocks = List.copyOf(batch);
        batch.clear();
        batched = 0;
        try {
            node.store().put(blocks);
        } catch (QuotaExceededException e) {
            makeRoom(e);
            node.store().put(blocks);
        }
        node.bitswap().stored(blocks.stream().map(Block::cid).toList());
    }

    private void makeRoom(QuotaExceededException why) throws IOException {
        if (swept) {
            throw why;
        }
        swept = true;
        try {
            node.sweeper().sweep((at, all) -> check());
        } catch (TransferCancelledException e) {
            throw e;
        } catch (StorageException e) {
            why.addSuppressed(e);
            throw why;
        }
    }

    /** A block from here, with the right hash, under whichever name it is here; nothing where it is not here. */
    Optional<ByteBuffer> here(Cid cid) throws IOException {
        if (cid.hash().code() == Multihash.IDENTITY) {
            return Optional.of(ByteBuffer.wrap(cid.hash().digest()));
        }
        hold.take(cid);
        Optional<ByteBuffer> found = node.store().get(cid);
        Optional<Cid> other = found.isPresent() ? Optional.empty() : EitherVersion.other(cid);
        if (other.isEmpty()) {
            return found;
        }
        hold.take(other.get());
        return node.store().get(other.get());
    }

    /** Blocks from here or, one by one, from other peers; with a memory for small ones, which lie on many ways. */
    BlockSource source() {
        Map<Cid, ByteBuffer> recent = new LinkedHashMap<>();
        return cid -> {
            check();
            ByteBuffer known = recent.get(cid);
            if (known != null) {
                return known.duplicate();
            }
            Optional<ByteBuffer> found = here(cid);
            ByteBuffer data = found.isPresent() ? found.get() : Search.block(this, cid);
            if (data.remaining() <= SMALL) {
                recent.put(cid, data.duplicate());
            }
            if (recent.size() > RECENT) {
                recent.remove(recent.keySet().iterator().next());
            }
            return data;
        };
    }

    @Override
    public void close() {
        hold.close();
    }
}
