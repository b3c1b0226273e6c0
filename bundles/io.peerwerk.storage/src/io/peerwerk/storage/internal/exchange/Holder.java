// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockMismatchException;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes blocks into the store of this peer, with a result for each; the same whoever asks, this peer included. */
public final class Holder {

    private static final Logger LOG = LoggerFactory.getLogger(Holder.class);

    private final BlockStore store;
    private final Consumer<List<Cid>> stored;

    /** @param stored hears what was stored, after it is durable */
    public Holder(BlockStore store, Consumer<List<Cid>> stored) {
        this.store = store;
        this.stored = stored;
    }

    /** Stores all with one fsync; only if that is refused each gets its own chance and result. */
    public List<PutResult> store(List<Block> blocks) {
        PutResult all = attempt(blocks);
        if (all == PutResult.STORED || blocks.size() == 1) {
            return Collections.nCopies(blocks.size(), all);
        }
        return blocks.stream().map(block -> attempt(List.of(block))).toList();
    }

    private PutResult attempt(List<Block> blocks) {
        try {
            store.put(blocks);
            stored.accept(blocks.stream().map(Block::cid).toList());
            return PutResult.STORED;
        } catch (QuotaExceededException e) {
            return PutResult.QUOTA;
        } catch (BlockMismatchException e) {
            LOG.info("refused: {}", e.getMessage());
            return PutResult.MISMATCH;
        } catch (IOException e) {
            LOG.warn("cannot store a block: {}", e.getMessage());
            return PutResult.FAILED;
        }
    }
}
