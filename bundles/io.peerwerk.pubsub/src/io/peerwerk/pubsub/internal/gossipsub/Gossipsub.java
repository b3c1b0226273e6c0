// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.PubSubState;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;
import io.peerwerk.pubsub.internal.wire.WireLimits;

/** The router of one peer. For one thread at a time. */
public final class Gossipsub {

    private final Context context;
    private final LongSupplier clock;
    private final Meshes meshes;
    private final Fanouts fanouts;
    private final Gossip gossip;
    private final Traffic traffic;

    /**
     * What a router is given.
     *
     * @param clock    milliseconds of any origin that never go back
     * @param random   is used by this router alone, and should not be predictable by others
     * @param sequence a number higher than those of all messages that this peer has published in its life
     */
    public record Environment(LongSupplier clock, RandomGenerator random, long sequence) {
    }

    public Gossipsub(PeerId self, Authors authors, GossipsubOptions options, Environment environment) {
        this.clock = environment.clock();
        this.context = new Context(self, options, environment.random(), clock.getAsLong());
        this.meshes = new Meshes(context);
        this.fanouts = new Fanouts(context);
        this.gossip = new Gossip(context);
        this.traffic = new Traffic(context, authors, meshes, fanouts, gossip, environment.sequence());
    }

    /** Takes in what happened and gives what is to be done, in order. */
    public List<GossipsubAction> handle(GossipsubInput input) {
        context.now = Math.max(context.now, clock.getAsLong());
        switch (input) {
            case GossipsubInput.Heartbeat() -> heartbeat();
            case GossipsubInput.Joined joined -> joined(joined);
            case GossipsubInput.Reopened(PeerId peer) -> reopened(peer);
            case GossipsubInput.Left(PeerId peer) -> left(peer);
            case GossipsubInput.Received(PeerId from, Rpc rpc) -> received(from, rpc);
            case GossipsubInput.Malformed(PeerId from) -> context.scores.breach(from, 1);
            case GossipsubInput.Subscribe(String topic) -> subscribe(topic);
            case GossipsubInput.Unsubscribe(String topic) -> unsubscribe(topic);
            case GossipsubInput.Guard(String topic, boolean judged) -> traffic.guard(topic, judged);
            case GossipsubInput.Publish(String topic, byte[] data) -> traffic.publish(checked(topic), data);
            case GossipsubInput.Judged(var id, var verdict) -> traffic.judged(id, verdict);
            case GossipsubInput.Rated(PeerId peer, double value) -> context.scores.rate(peer, value);
        }
        return context.outbox.flush();
    }

    // ---- peers

    private void joined(GossipsubInput.Joined joined) {
        if (joined.peer().equals(context.self) || context.neighbours.get(joined.peer()) != null) {
            return;
        }
        context.neighbours.add(new Neighbour(joined, context.options.direct().contains(joined.peer())));
        context.scores.joined(joined.peer(), joined.ip());
        greet(joined.peer());
    }

    private void greet(PeerId peer) {
        meshes.topics().forEach(topic -> context.outbox.subscription(peer, new Subscription(topic, true)));
    }

    private void reopened(PeerId id) {
        Neighbour peer = context.neighbours.get(id);
        if (peer != null) {
            greet(id);
            meshes.topics().stream().filter(topic -> meshes.of(topic).contains(peer))
                    .forEach(topic -> context.outbox.graft(id, topic));
        }
    }

    private void left(PeerId id) {
        Neighbour peer = context.neighbours.remove(id);
        if (peer != null) {
            meshes.left(peer);
            fanouts.left(peer);
            gossip.left(peer);
            context.scores.left(id, context.now);
        }
    }

    // ---- what peers say

    private void received(PeerId from, Rpc rpc) {
        Neighbour peer = context.neighbours.get(from);
        if (peer == null || !isHeard(peer)) {
            return;
        }
        boolean noted = true;
        for (Subscription subscription : rpc.subscriptions()) {
            noted &= subscribed(peer, subscription);
        }
        if (!noted) {
            context.scores.breach(from, 1); // once a record: who has many topics is no attacker yet
        }
        for (Message message : rpc.messages()) {
            if (!isHeard(peer)) {
                return; // by what else is in the record
            }
            traffic.received(peer, message);
        }
        if (peer.version.hasMesh()) {
            heed(peer, rpc.control());
        }
    }

    private void heed(Neighbour peer, Rpc.Control control) {
        if (peer.version.hasDontWant()) {
            gossip.unwanted(peer, control.idontwant());
        }
        gossip.offered(peer, control.ihave(), offer -> meshes.has(offer.topic()), traffic::isMissing);
        gossip.asked(peer, control.iwant());
        new LinkedHashSet<>(control.graft()).forEach(topic -> meshes.grafted(peer, topic));
        for (Prune prune : control.prune()) {
            meshes.pruned(peer, prune);
        }
    }

    private boolean isHeard(Neighbour peer) {
        return context.hasAtLeast(peer, context.options.scores().thresholds().graylist());
    }

    /** Whether it could be noted. */
    private boolean subscribed(Neighbour peer, Subscription subscription) {
        String topic = subscription.topic();
        if (!subscription.subscribe()) {
            context.neighbours.leave(peer, topic);
            meshes.unsubscribed(peer, topic);
            return true;
        }
        return !topic.isEmpty() && context.neighbours.join(peer, topic);
    }

    // ---- what the application wants

    private void subscribe(String topic) {
        if (!meshes.has(checked(topic))) {
            announce(new Subscription(topic, true));
            meshes.join(topic, fanouts.end(topic));
        }
    }

    private void unsubscribe(String topic) {
        if (meshes.has(topic)) {
            announce(new Subscription(topic, false));
            meshes.leave(topic);
        }
    }

    private void announce(Subscription subscription) {
        context.neighbours.all().forEach(peer -> context.outbox.subscription(peer.id, subscription));
    }

    private static String checked(String topic) {
        if (topic.isEmpty() || topic.getBytes(StandardCharsets.UTF_8).length > WireLimits.MAX_TOPIC) {
            throw new IllegalArgumentException("the name of a topic has 1 to " + WireLimits.MAX_TOPIC + " bytes");
        }
        return topic;
    }

    // ---- time

    private void heartbeat() {
        context.heartbeat++;
        gossip.begin();
        context.scores.refresh(context.now);
        traffic.heartbeat();
        meshes.maintain();
        fanouts.maintain();
        meshes.topics().forEach(topic -> gossip.offer(topic, meshes.of(topic)));
        fanouts.topics().forEach(topic -> gossip.offer(topic, fanouts.of(topic)));
        gossip.end();
    }

    // ---- for those who look

    /** The topics that this peer is subscribed to. */
    public List<String> topics() {
        return List.copyOf(meshes.topics());
    }

    /** The peers that are subscribed to a topic. */
    public List<PeerId> peers(String topic) {
        return context.neighbours.of(topic).stream().map(peer -> peer.id).toList();
    }

    /** The partners in a topic. */
    public List<PeerId> mesh(String topic) {
        return meshes.of(topic).stream().map(peer -> peer.id).toList();
    }

    /** What a peer has deserved; 0 for one that is not connected. */
    public double score(PeerId peer) {
        return context.scores.score(peer, context.now);
    }

    /** All that is known. */
    public PubSubState state() {
        List<PubSubState.Topic> topics = new ArrayList<>();
        var names = new TreeSet<>(meshes.topics());
        names.addAll(fanouts.topics());
        names.forEach(name -> topics.add(new PubSubState.Topic(name, meshes.has(name), mesh(name),
                context.neighbours.of(name).size())));
        List<PubSubState.Peer> peers = context.neighbours.all().stream().map(this::standing)
                .sorted(Comparator.comparingDouble(PubSubState.Peer::score).reversed()).toList();
        return new PubSubState(topics, peers);
    }

    private PubSubState.Peer standing(Neighbour peer) {
        int in = (int) meshes.topics().stream().filter(topic -> meshes.of(topic).contains(peer)).count();
        return new PubSubState.Peer(peer.id, peer.version.protocol(), context.score(peer), peer.topics.size(), in);
    }

    /** What is kept for others, for tests of its bounds. */
    public record Holdings(int seen, int cached, long cachedBytes, int backoffs, int promises, int remembered) {
    }

    /** How much is kept now. */
    public Holdings holdings() {
        return new Holdings(traffic.seen(), gossip.cache().size(), gossip.cache().bytes(), meshes.backoffs(),
                gossip.openPromises(), context.scores.remembered());
    }
}
