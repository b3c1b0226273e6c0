// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Degrees;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Limits;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Timing;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;

/** Offers of messages, requests for them, and what need not be sent: IHAVE, IWANT, IDONTWANT. */
final class Gossip {

    private final Context context;
    private final Limits limits;
    private final Timing timing;
    private final MessageCache cache;
    private final Promises promises = new Promises();
    /** What is offered in this heartbeat, by topic. */
    private Map<String, List<Message>> offers = Map.of();

    Gossip(Context context) {
        this.context = context;
        this.limits = context.options.limits();
        this.timing = context.options.timing();
        this.cache = new MessageCache(timing.historyLength(), timing.historyGossip(), limits.cacheBytes());
    }

    /** A message that others may ask for. */
    void keep(MessageId id, Message message) {
        cache.put(id, message);
    }

    /** A message has come, from whomever. */
    void arrived(MessageId id) {
        promises.kept(id);
    }

    void left(Neighbour peer) {
        promises.forget(peer.id);
    }

    // ---- what others say

    /** Asks for what is not here yet; a peer is heard so often a heartbeat, and asked for so much. */
    void offered(Neighbour peer, List<IHave> offers, Predicate<IHave> wanted, Predicate<MessageId> missing) {
        Set<MessageId> ask = new LinkedHashSet<>();
        if (offers.isEmpty() || !isHeard(peer) || ++peer.ihaves > limits.ihaves()) {
            return;
        }
        for (IHave offer : offers) {
            learn(peer, offer.ids());
            if (wanted.test(offer)) {
                offer.ids().stream().filter(missing).forEach(ask::add);
            }
        }
        int room = limits.asked() - peer.asked;
        if (ask.isEmpty() || room <= 0) {
            return;
        }
        List<MessageId> ids = new ArrayList<>(ask);
        Collections.shuffle(ids, context.random);
        if (ids.size() > room) {
            ids = ids.subList(0, room);
        }
        peer.asked += ids.size();
        promises.asked(peer.id, ids.getFirst(), context.now + timing.promiseMillis());
        context.outbox.iwant(peer.id, ids);
    }

    /** Sends what a peer asks for, each message so often. */
    void asked(Neighbour peer, List<MessageId> ids) {
        if (ids.isEmpty() || !isHeard(peer)) {
            return;
        }
        for (MessageId id : new LinkedHashSet<>(ids)) {
            if (peer.wants(id)) {
                cache.take(id, peer.id, limits.resent()).ifPresent(message -> context.outbox.message(peer.id, message));
            }
        }
    }

    void unwanted(Neighbour peer, List<MessageId> ids) {
        learn(peer, ids);
        for (MessageId id : ids) {
            if (++peer.dontWants > limits.dontWants()) {
                return;
            }
            peer.doesNotWant(id, context.heartbeat);
        }
    }

    /** From names that a peer has made itself; those that it asks for may be this one's words. */
    private static void learn(Neighbour peer, List<MessageId> ids) {
        if (!ids.isEmpty()) {
            peer.dialect = ids.getFirst().dialect();
        }
    }

    private boolean isHeard(Neighbour peer) {
        return context.hasAtLeast(peer, context.options.scores().thresholds().gossip());
    }

    // ---- what this peer says

    /** Tells the partners that need not send a message any more, if it is large enough to be worth it. */
    boolean spare(Message message, Collection<Neighbour> partners, Neighbour but) {
        if (message.size() < limits.dontWantSize()) {
            return false;
        }
        for (Neighbour peer : partners) {
            if (peer != but && peer.version.hasDontWant()) {
                context.outbox.dontWant(peer.id, message.id(peer.dialect).orElseThrow());
            }
        }
        return true;
    }

    /** A heartbeat begins: broken promises count, counts begin anew. */
    void begin() {
        promises.broken(context.now, peer -> context.scores.breach(peer, 1));
        for (Neighbour peer : context.neighbours.all()) {
            peer.refresh(context.heartbeat - timing.historyGossip());
        }
        offers = cache.offers();
    }

    /** Offers the messages of a topic to some that are not among those who get them anyway. */
    void offer(String topic, Set<Neighbour> partners) {
        List<Message> messages = offers.getOrDefault(topic, List.of());
        if (messages.isEmpty()) {
            return;
        }
        Degrees degrees = context.options.degrees();
        List<Neighbour> candidates = context.neighbours.sample(topic, Integer.MAX_VALUE,
                peer -> !peer.aside && !partners.contains(peer) && isHeard(peer));
        int count = Math.max(degrees.lazy(), (int) (degrees.factor() * candidates.size()));
        for (Neighbour peer : candidates.subList(0, Math.min(count, candidates.size()))) {
            context.outbox.ihave(peer.id, new IHave(topic, some(messages).stream()
                    .map(message -> message.id(peer.dialect).orElseThrow()).toList()));
        }
    }

    /** All, or as many as one may offer, other ones to each peer. */
    private List<Message> some(List<Message> messages) {
        if (messages.size() <= limits.asked()) {
            return messages;
        }
        List<Message> mixed = new ArrayList<>(messages);
        Collections.shuffle(mixed, context.random);
        return mixed.subList(0, limits.asked());
    }

    /** A heartbeat ends. */
    void end() {
        offers = Map.of();
        cache.shift();
    }

    int openPromises() {
        return promises.size();
    }

    MessageCache cache() {
        return cache;
    }
}
