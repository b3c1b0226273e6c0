// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.storage.internal.exchange.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks on their way to holders; remembers who took some and who is of no use for the rest of the transfer. */
public final class PutLanes extends Lanes<PutLanes.Task> {

    private static final Logger LOG = LoggerFactory.getLogger(PutLanes.class);
    /** Shards of 1 MiB (one of one) still fit a request. */
    private static final int BATCH = Limits.MAX_PUT_BYTES / (1 << 20) * 2;

    /** A block and who wants to know what became of it. */
    record Task(Block block, Consumer<PutResult> result) {
    }

    private final TransferContext context;
    private final Control control;
    private final Map<PeerId, PutResult> excluded = new ConcurrentHashMap<>();
    private final Set<PeerId> holders = ConcurrentHashMap.newKeySet();

    /** Lanes of one transfer. */
    public PutLanes(TransferContext context, Control control) {
        super(BATCH);
        this.context = context;
        this.control = control;
    }

    /** Sends a block; {@code result} is told once, on another thread or this one. */
    public void send(PeerId peer, Block block, Consumer<PutResult> result) {
        submit(peer, new Task(block, result));
    }

    /** Whether it makes sense to send the peer more. */
    public boolean usable(PeerId peer) {
        return !excluded.containsKey(peer);
    }

    /** These have some blocks already. */
    void have(Collection<PeerId> peers) {
        holders.addAll(peers);
    }

    /** The peers that took at least one block, or had it already. */
    public Set<PeerId> holders() {
        return holders;
    }

    /** Peers left out because what they offer is used up. */
    public long full() {
        return excluded.values().stream().filter(r -> r == PutResult.QUOTA).count();
    }

    /** Peers left out for any reason. */
    public int excluded() {
        return excluded.size();
    }

    @Override
    void serve(PeerId peer, List<Task> tasks) {
        int from = 0;
        while (from < tasks.size()) {
            int to = from;
            int bytes = 0;
            while (to < tasks.size() && (to == from || bytes + tasks.get(to).block().size() <= Limits.MAX_PUT_BYTES)) {
                bytes += tasks.get(to++).block().size();
            }
            serveOne(peer, tasks.subList(from, to));
            from = to;
        }
    }

    private void serveOne(PeerId peer, List<Task> tasks) {
        List<PutResult> results = request(peer, tasks.stream().map(Task::block).toList());
        for (int i = 0; i < tasks.size(); i++) {
            if (results.get(i) == PutResult.STORED) {
                holders.add(peer);
            } else {
                excluded.putIfAbsent(peer, results.get(i));
            }
            tasks.get(i).result().accept(results.get(i));
        }
    }

    private List<PutResult> request(PeerId peer, List<Block> blocks) {
        if (!usable(peer) || control.stopped()) {
            return Collections.nCopies(blocks.size(), PutResult.FAILED);
        }
        try {
            return peer.equals(context.peers().self()) ? context.holder().store(blocks)
                    : context.client().put(peer, blocks);
        } catch (IOException e) {
            LOG.debug("{} takes no more blocks in this transfer: {}", peer.brief(), e.getMessage());
            return Collections.nCopies(blocks.size(), PutResult.FAILED);
        } catch (RuntimeException e) {
            LOG.error("sending blocks to {} failed", peer.brief(), e);
            return Collections.nCopies(blocks.size(), PutResult.FAILED);
        }
    }
}
