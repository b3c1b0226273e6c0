// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Degrees;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Timing;
import io.peerwerk.pubsub.internal.wire.Rpc.Exchanged;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Sealed;
import io.peerwerk.pubsub.internal.wire.WireLimits;

/** The partners in each topic that this peer is subscribed to: who becomes one, and who ceases to be. */
final class Meshes {

    /** Heartbeats that a back-off is kept longer here than told, since the other end's clock began later. */
    private static final int SLACK = 1;

    /** Heartbeats between two clean-ups of the back-offs. */
    private static final int CLEAN_EVERY = 15;

    /** Peers that opportunistic grafting takes in at once. */
    private static final int OPPORTUNISTIC = 2;

    private final Context context;
    private final Degrees degrees;
    private final Timing timing;
    private final Backoffs backoffs;
    private final Map<String, Set<Neighbour>> meshes = new TreeMap<>();

    Meshes(Context context) {
        this.context = context;
        this.degrees = context.options.degrees();
        this.timing = context.options.timing();
        this.backoffs = new Backoffs(context.options.limits().backoffs());
    }

    Set<String> topics() {
        return meshes.keySet();
    }

    boolean has(String topic) {
        return meshes.containsKey(topic);
    }

    Set<Neighbour> of(String topic) {
        return meshes.getOrDefault(topic, Set.of());
    }

    int backoffs() {
        return backoffs.size();
    }

    // ---- this peer joins and leaves

    /** Begins a mesh, with some peers that are known from publishing. */
    void join(String topic, Set<Neighbour> known) {
        meshes.put(topic, new LinkedHashSet<>());
        known.stream().filter(peer -> canGraft(topic, peer)).limit(degrees.target()).toList()
                .forEach(peer -> graft(topic, peer));
        fill(topic, degrees.target() - of(topic).size());
    }

    void leave(String topic) {
        Set<Neighbour> mesh = meshes.remove(topic);
        if (mesh != null) {
            for (Neighbour peer : mesh) {
                out(topic, peer, timing.unsubscribeBackoffMillis(), false);
            }
        }
    }

    // ---- others come and go

    void left(Neighbour peer) {
        meshes.values().forEach(mesh -> mesh.remove(peer));
    }

    /** A peer is no longer subscribed. */
    void unsubscribed(Neighbour peer, String topic) {
        if (of(topic).contains(peer)) {
            meshes.get(topic).remove(peer);
            context.scores.pruned(peer.id, topic, context.now);
        }
    }

    /** A peer wants to be a partner. In a topic that this one is not in, it gets no answer. */
    void grafted(Neighbour peer, String topic) {
        Set<Neighbour> mesh = meshes.get(topic);
        if (mesh == null || mesh.contains(peer)) {
            return;
        }
        long end = backoffs.end(topic, peer.id);
        if (peer.aside) {
            out(topic, peer, timing.pruneBackoffMillis(), false);
        } else if (end > context.now) {
            context.scores.breach(peer.id, 1);
            if (context.now < end - timing.pruneBackoffMillis() + timing.graftFloodMillis()) {
                context.scores.breach(peer.id, 1);
            }
            out(topic, peer, timing.pruneBackoffMillis(), false);
        } else if (context.score(peer) < 0) {
            out(topic, peer, timing.pruneBackoffMillis(), false);
        } else if (!peer.topics.contains(topic) || mesh.size() >= degrees.high() && !peer.outbound) {
            out(topic, peer, timing.pruneBackoffMillis(), true);
        } else {
            mesh.add(peer);
            context.scores.grafted(peer.id, topic, context.now);
        }
    }

    /** A peer puts this one out, and says for how long and perhaps whom to turn to. */
    void pruned(Neighbour peer, Prune prune) {
        Set<Neighbour> mesh = meshes.get(prune.topic());
        if (mesh == null) {
            return;
        }
        if (mesh.remove(peer)) {
            context.scores.pruned(peer.id, prune.topic(), context.now);
        }
        backoffs.begin(prune.topic(), peer.id, context.now + wished(prune.backoffSeconds()));
        if (context.hasAtLeast(peer, context.options.scores().thresholds().exchange())) {
            prune.peers().stream().filter(other -> isNew(other.peer())).limit(WireLimits.MAX_EXCHANGED)
                    .forEach(other -> context.outbox.act(new GossipsubAction.Connect(other.peer(), other.addresses())));
        }
    }

    private boolean isNew(PeerId peer) {
        return !peer.equals(context.self) && context.neighbours.get(peer) == null;
    }

    /** What a peer wishes for, in milliseconds: unsigned, and no more than is reasonable before it is multiplied. */
    private long wished(long seconds) {
        if (seconds == 0) {
            return timing.pruneBackoffMillis();
        }
        boolean huge = Long.compareUnsigned(seconds, Timing.MAX_BACKOFF_SECONDS) > 0;
        return 1_000 * (huge ? Timing.MAX_BACKOFF_SECONDS : seconds);
    }

    // ---- the heartbeat

    /** Brings every mesh back to its size. */
    void maintain() {
        if (context.heartbeat % CLEAN_EVERY == 0) {
            backoffs.clean(context.now - SLACK * timing.heartbeatMillis());
        }
        meshes.keySet().forEach(this::maintain);
    }

    private void maintain(String topic) {
        Set<Neighbour> mesh = meshes.get(topic);
        for (Neighbour peer : List.copyOf(mesh)) {
            if (context.score(peer) < 0) {
                put(topic, peer, false);
            }
        }
        if (mesh.size() < degrees.low()) {
            fill(topic, degrees.target() - mesh.size());
        } else if (mesh.size() > degrees.high()) {
            shrink(topic, mesh);
        }
        if (mesh.size() >= degrees.low()) {
            long out = mesh.stream().filter(peer -> peer.outbound).count();
            context.neighbours.sample(topic, (int) (degrees.out() - out),
                    peer -> peer.outbound && canGraft(topic, peer)).forEach(peer -> graft(topic, peer));
        }
        if (context.heartbeat % timing.opportunisticTicks() == 0 && mesh.size() > 1) {
            improve(topic, mesh);
        }
    }

    private void fill(String topic, int missing) {
        context.neighbours.sample(topic, missing, peer -> canGraft(topic, peer)).forEach(peer -> graft(topic, peer));
    }

    /** Keeps the best, and of the rest some picked at random, of them enough that this peer has chosen. */
    private void shrink(String topic, Set<Neighbour> mesh) {
        Map<Neighbour, Double> scores = new HashMap<>();
        mesh.forEach(peer -> scores.put(peer, context.score(peer)));
        List<Neighbour> order = new ArrayList<>(mesh);
        Collections.shuffle(order, context.random);
        order.sort(Comparator.comparing(scores::get, Comparator.reverseOrder()));
        List<Neighbour> rest = order.subList(degrees.best(), order.size());
        Collections.shuffle(rest, context.random);
        long out = order.subList(0, degrees.target()).stream().filter(peer -> peer.outbound).count();
        for (int i = degrees.target(); i < order.size() && out < degrees.out(); i++) {
            if (order.get(i).outbound && exchangeWithInbound(order, i)) {
                out++;
            }
        }
        List.copyOf(order.subList(degrees.target(), order.size())).forEach(peer -> put(topic, peer, true));
    }

    /** Puts an outbound peer in the place of one that is not; of those that are kept, behind the best. */
    private boolean exchangeWithInbound(List<Neighbour> order, int at) {
        for (int i = degrees.target() - 1; i >= degrees.best(); i--) {
            if (!order.get(i).outbound) {
                Collections.swap(order, i, at);
                return true;
            }
        }
        return false;
    }

    /** Takes in some that are better than the median, where that is low: so that a mesh of the lazy heals. */
    private void improve(String topic, Set<Neighbour> mesh) {
        double[] scores = mesh.stream().mapToDouble(context::score).sorted().toArray();
        double median = scores[scores.length / 2];
        if (median < context.options.scores().thresholds().graft()) {
            context.neighbours.sample(topic, OPPORTUNISTIC,
                    peer -> canGraft(topic, peer) && context.score(peer) > median).forEach(peer -> graft(topic, peer));
        }
    }

    // ---- in and out

    private boolean canGraft(String topic, Neighbour peer) {
        return !peer.aside && !of(topic).contains(peer) && context.score(peer) >= 0
                && !backoffs.holds(topic, peer.id, context.now - SLACK * timing.heartbeatMillis());
    }

    private void graft(String topic, Neighbour peer) {
        meshes.get(topic).add(peer);
        context.scores.grafted(peer.id, topic, context.now);
        context.outbox.graft(peer.id, topic);
    }

    private void put(String topic, Neighbour peer, boolean exchange) {
        meshes.get(topic).remove(peer);
        out(topic, peer, timing.pruneBackoffMillis(), exchange);
    }

    /** Tells a peer that it is not, or no longer, a partner. */
    private void out(String topic, Neighbour peer, long backoffMillis, boolean exchange) {
        context.scores.pruned(peer.id, topic, context.now);
        backoffs.begin(topic, peer.id, context.now + backoffMillis);
        List<Exchanged> others = exchange && context.options.peerExchange() && peer.version.hasBackoff()
                ? others(topic, peer) : List.of();
        long seconds = !peer.version.hasBackoff() ? 0 : Math.max(1, backoffMillis / 1_000);
        context.outbox.prune(peer.id, new Prune(topic, others, seconds));
    }

    private List<Exchanged> others(String topic, Neighbour but) {
        return context.neighbours.sample(topic, WireLimits.MAX_EXCHANGED,
                peer -> peer != but && context.score(peer) >= 0).stream()
                .map(peer -> new Exchanged(peer.id, Sealed.NOTHING)).toList();
    }
}
