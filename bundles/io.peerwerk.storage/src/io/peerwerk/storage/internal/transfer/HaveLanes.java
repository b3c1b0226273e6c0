// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.internal.exchange.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions of one put to its holders which shards they have; what waits for one peer goes into one request. */
final class HaveLanes extends Lanes<HaveLanes.Task> {

    private static final Logger LOG = LoggerFactory.getLogger(HaveLanes.class);
    /** Questions about one chunk each in a request. */
    private static final int BATCH = Limits.MAX_HAVE / PutOptions.MAX_SHARDS;

    /** What is asked about, and who wants to know. */
    record Task(List<Cid> cids, Consumer<BitSet> result) {
    }

    private final TransferContext context;
    private final Control control;
    private final Set<PeerId> mute = ConcurrentHashMap.newKeySet();

    HaveLanes(TransferContext context, Control control) {
        super(BATCH);
        this.context = context;
        this.control = control;
    }

    /** Asks about the shards of one chunk; {@code result} is told once, that there are none where the peer fails. */
    void ask(PeerId peer, List<Cid> cids, Consumer<BitSet> result) {
        submit(peer, new Task(cids, result));
    }

    /** The peer does not answer, or not in time: it is not asked again in this transfer. */
    void giveUp(PeerId peer) {
        mute.add(peer);
    }

    /** Whether it makes sense to ask the peer. */
    boolean usable(PeerId peer) {
        return !mute.contains(peer);
    }

    @Override
    void serve(PeerId peer, List<Task> tasks) {
        List<Cid> cids = tasks.stream().flatMap(task -> task.cids().stream()).toList();
        BitSet has = have(peer, cids);
        int from = 0;
        for (Task task : tasks) {
            int to = from + task.cids().size();
            task.result().accept(has.get(from, to));
            from = to;
        }
    }

    private BitSet have(PeerId peer, List<Cid> cids) {
        try {
            if (usable(peer) && !control.stopped()) {
                return context.client().have(peer, cids);
            }
        } catch (IOException e) {
            giveUp(peer);
            LOG.debug("{} does not say what it has: {}", peer.brief(), e.getMessage());
        } catch (RuntimeException e) {
            giveUp(peer);
            LOG.error("asking {} what it has failed", peer.brief(), e);
        }
        return new BitSet();
    }
}
