// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/**
 * Finds out which shards of a chunk lie with their holders already, so that they need not be sent. New content costs one
 * small question to each of two peers; only where one of them, or this peer, has a shard, the others are asked, too.
 */
final class Inventory {

    /** The peers asked first: two, as the first one may have come since the chunk was stored. */
    private static final int PROBES = 2;

    private final TransferContext context;
    private final HaveLanes lanes;

    Inventory(TransferContext context, Control control) {
        this.context = context;
        lanes = new HaveLanes(context, control);
    }

    /**
     * Which shards need not be sent, and who has each. A holder counts for no more shards than an even spread would give
     * it: content that was stored when there were few peers is spread when it is stored again. Blocks; what a peer says
     * is believed as its acknowledgement would be.
     *
     * @param ranked the peers that may hold shards of this chunk, best first
     */
    Map<Integer, PeerId> held(List<Block> shards, List<PeerId> ranked) throws IOException {
        if (ranked.isEmpty()) {
            return Map.of();
        }
        List<Cid> cids = shards.stream().map(Block::cid).toList();
        List<PeerId> likely = ranked.subList(0, Math.min(ranked.size(), cids.size()));
        List<PeerId> others = likely.stream().filter(peer -> !peer.equals(context.peers().self())).toList();
        Map<PeerId, BitSet> found = new HashMap<>();
        if (others.size() < likely.size()) {
            found.put(context.peers().self(), own(cids));
        }
        int probes = Math.min(PROBES, others.size());
        found.putAll(ask(others.subList(0, probes), cids));
        if (found.values().stream().allMatch(BitSet::isEmpty)) {
            return Map.of();
        }
        found.putAll(ask(others.subList(probes, others.size()), cids));
        return assign(cids, found, Math.ceilDiv(cids.size(), ranked.size()));
    }

    private BitSet own(List<Cid> cids) throws IOException {
        BitSet has = new BitSet();
        for (int i = 0; i < cids.size(); i++) {
            has.set(i, context.store().get(cids.get(i)).isPresent()); // read: what has rotted is not there
        }
        return has;
    }

    private Map<PeerId, BitSet> ask(List<PeerId> peers, List<Cid> cids) throws IOException {
        Map<PeerId, BitSet> answers = new ConcurrentHashMap<>();
        List<PeerId> asked = peers.stream().filter(lanes::usable).toList();
        CountDownLatch open = new CountDownLatch(asked.size());
        for (PeerId peer : asked) {
            lanes.ask(peer, cids, has -> {
                answers.put(peer, has);
                open.countDown();
            });
        }
        try {
            if (!open.await(context.timing().have().toMillis(), TimeUnit.MILLISECONDS)) {
                asked.stream().filter(peer -> !answers.containsKey(peer)).forEach(lanes::giveUp);
            }
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
        // A snapshot: who answers later is too late.
        return Map.copyOf(answers);
    }

    /** One holder for each shard, the least loaded one; one block of a holder is one shard, even if others are equal. */
    static Map<Integer, PeerId> assign(List<Cid> cids, Map<PeerId, BitSet> found, int most) {
        record Copy(PeerId peer, Cid cid) {
        }

        Map<Integer, PeerId> held = new HashMap<>();
        Map<PeerId, Integer> load = new HashMap<>();
        Set<Copy> used = new HashSet<>();
        for (int i = 0; i < cids.size(); i++) {
            int shard = i;
            Cid cid = cids.get(i);
            Optional<PeerId> best = found.keySet().stream().filter(peer -> found.get(peer).get(shard)
                    && load.getOrDefault(peer, 0) < most && !used.contains(new Copy(peer, cid)))
                    .min((a, b) -> load.getOrDefault(a, 0) - load.getOrDefault(b, 0));
            best.ifPresent(peer -> {
                held.put(shard, peer);
                load.merge(peer, 1, Integer::sum);
                used.add(new Copy(peer, cid));
            });
        }
        return held;
    }
}
