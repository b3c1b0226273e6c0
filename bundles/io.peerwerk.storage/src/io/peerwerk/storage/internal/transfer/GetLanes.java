// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks on their way from holders, checked; remembers who failed and who lied. */
public final class GetLanes extends Lanes<GetLanes.Task> {

    private static final Logger LOG = LoggerFactory.getLogger(GetLanes.class);
    /** Blocks in one request: small, as the first one is waited for while the last one is on its way. */
    private static final int BATCH = 8;

    /** A block that is wanted, and by whom; empty where it does not come. */
    record Task(Cid cid, Consumer<Optional<ByteBuffer>> result) {
    }

    private final TransferContext context;
    private final Control control;
    private final Set<PeerId> failed = ConcurrentHashMap.newKeySet();
    private final Set<PeerId> liars = ConcurrentHashMap.newKeySet();

    /** Lanes of one transfer. */
    public GetLanes(TransferContext context, Control control) {
        super(BATCH);
        this.context = context;
        this.control = control;
    }

    /** Asks for a block; {@code result} is told once, with bytes that have the right hash. */
    void ask(PeerId peer, Cid cid, Consumer<Optional<ByteBuffer>> result) {
        submit(peer, new Task(cid, result));
    }

    /** Whether it makes sense to ask the peer. */
    boolean usable(PeerId peer) {
        return !failed.contains(peer) && !liars.contains(peer);
    }

    /** Gives peers that failed, but not those that lied, another chance. */
    void forgive() {
        failed.clear();
    }

    @Override
    void serve(PeerId peer, List<Task> tasks) {
        boolean[] answered = new boolean[tasks.size()];
        try {
            if (usable(peer) && !control.stopped()) {
                context.client().get(peer, tasks.stream().map(Task::cid).toList(), (number, data) -> {
                    answered[number] = true;
                    tasks.get(number).result().accept(checked(peer, tasks.get(number).cid(), data));
                });
            }
        } catch (IOException e) {
            failed.add(peer);
            LOG.debug("{} gives no more blocks in this transfer: {}", peer.brief(), e.getMessage());
        } catch (RuntimeException e) {
            failed.add(peer);
            LOG.error("asking {} for blocks failed", peer.brief(), e);
        }
        for (int i = 0; i < answered.length; i++) {
            if (!answered[i]) {
                tasks.get(i).result().accept(Optional.empty());
            }
        }
    }

    private Optional<ByteBuffer> checked(PeerId peer, Cid cid, @Nullable ByteBuffer data) {
        if (data == null) {
            return Optional.empty();
        }
        if (!cid.hash().matches(data)) {
            if (liars.add(peer)) {
                LOG.warn("{} sent bytes that are not block {}: it is not asked again in this transfer", peer, cid);
            }
            return Optional.empty();
        }
        return Optional.of(data);
    }
}
