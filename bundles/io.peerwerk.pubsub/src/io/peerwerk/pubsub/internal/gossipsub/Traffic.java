// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.Verdict;
import io.peerwerk.pubsub.internal.gossipsub.Seen.State;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import org.jspecify.annotations.Nullable;

/** The way of a message through this peer: recognized, checked, judged, delivered and passed on. */
final class Traffic {

    private final Context context;
    private final Authors authors;
    private final Meshes meshes;
    private final Fanouts fanouts;
    private final Gossip gossip;
    private final Seen seen;
    private final Set<String> guarded = new HashSet<>();
    private final Map<MessageId, Waiting> waiting = new HashMap<>();
    private long waitingBytes;
    private long sequence;

    /** A message whose verdict is not there yet. */
    private record Waiting(Message message, PeerId author, PeerId via, boolean owed) {
    }

    /** @param sequence the number before the first message of this peer: higher than all that it has used before */
    Traffic(Context context, Authors authors, Meshes meshes, Fanouts fanouts, Gossip gossip, long sequence) {
        this.context = context;
        this.authors = authors;
        this.meshes = meshes;
        this.fanouts = fanouts;
        this.gossip = gossip;
        this.sequence = sequence;
        this.seen = new Seen(context.options.timing().seenMillis(), context.options.limits().seen());
    }

    void guard(String topic, boolean judged) {
        if (judged) {
            guarded.add(topic);
        } else {
            guarded.remove(topic);
        }
    }

    boolean isMissing(MessageId id) {
        return seen.get(id) == null;
    }

    void heartbeat() {
        seen.clean(context.now);
    }

    int seen() {
        return seen.size();
    }

    // ---- messages of others

    void received(Neighbour peer, Message message) {
        String topic = message.topic();
        if (!meshes.has(topic)) {
            return; // nobody has asked for it
        }
        Optional<MessageId> id = message.id();
        if (message.isUnusual()) {
            return;
        }
        if (id.isEmpty()) {
            context.scores.invalid(peer.id, topic);
            return;
        }
        Seen.Entry before = seen.get(id.get());
        if (before != null) {
            gossip.arrived(id.get());
            again(peer, topic, before);
            return;
        }
        Optional<PeerId> author = authors.of(message);
        if (author.isEmpty()) {
            // Not noted as seen: whoever forges a message must not keep the true one of the same name out.
            context.scores.invalid(peer.id, topic);
        } else if (message.size() > context.options.limits().maxData()) {
            // Other makes take longer ones: whoever passes one on is not to blame, and it need not come again.
            gossip.arrived(id.get());
            seen.add(id.get(), context.now).decide(State.IGNORED, context.now);
        } else if (!author.get().equals(context.self)) {
            gossip.arrived(id.get());
            fresh(peer, id.get(), message, author.get());
        }
    }

    private void again(Neighbour peer, String topic, Seen.Entry entry) {
        Set<PeerId> from = entry.from;
        switch (entry.state) {
            case WAITING -> note(entry, peer.id);
            case INVALID -> context.scores.invalid(peer.id, topic);
            case VALID -> {
                if (context.now > entry.decided + context.options.scores().topic().mesh().windowMillis()) {
                    entry.from = null;
                } else if (from != null && from.add(peer.id)) {
                    context.scores.brought(peer.id, topic);
                }
            }
            case IGNORED -> {
            }
        }
    }

    private static void note(Seen.Entry entry, PeerId peer) {
        Set<PeerId> from = entry.from;
        if (from != null) {
            from.add(peer);
        }
    }

    private void fresh(Neighbour peer, MessageId id, Message message, PeerId author) {
        Seen.Entry entry = seen.add(id, context.now);
        note(entry, peer.id);
        boolean spared = gossip.spare(message, meshes.of(message.topic()), peer);
        var here = new Waiting(message, author, peer.id, !spared);
        if (!guarded.contains(message.topic())) {
            valid(id, here, entry);
        } else if (mayWait(message)) {
            waiting.put(id, here);
            waitingBytes += message.size();
            context.outbox.act(new GossipsubAction.Judge(id, message, author, peer.id));
        } else {
            entry.decide(State.IGNORED, context.now);
        }
    }

    private boolean mayWait(Message message) {
        GossipsubOptions.Limits limits = context.options.limits();
        return waiting.size() < limits.judging() && waitingBytes + message.size() <= limits.cacheBytes();
    }

    /** The application has judged a message. */
    void judged(MessageId id, Verdict verdict) {
        Waiting message = waiting.remove(id);
        if (message == null) {
            return;
        }
        waitingBytes -= message.message().size();
        Seen.Entry known = seen.get(id);
        Seen.Entry entry = known == null ? seen.add(id, context.now) : known;
        switch (verdict) {
            case ACCEPT -> valid(id, message, entry);
            case IGNORE -> entry.decide(State.IGNORED, context.now);
            case REJECT -> {
                String topic = message.message().topic();
                Set<PeerId> from = entry.from == null ? Set.of(message.via()) : entry.from;
                from.forEach(peer -> context.scores.invalid(peer, topic));
                entry.decide(State.INVALID, context.now);
            }
        }
    }

    private void valid(MessageId id, Waiting here, Seen.Entry entry) {
        String topic = here.message().topic();
        Set<PeerId> from = entry.from == null ? Set.of() : entry.from;
        entry.decide(State.VALID, context.now);
        context.scores.first(here.via(), topic);
        from.stream().filter(peer -> !peer.equals(here.via())).forEach(peer -> context.scores.brought(peer, topic));
        if (here.owed()) {
            context.scores.carried(topic);
        }
        if (!meshes.has(topic)) {
            return; // left while the message was judged
        }
        gossip.keep(id, here.message());
        context.outbox.act(new GossipsubAction.Deliver(here.message(), here.author(), here.via()));
        send(id, here.message(), with(topic, meshes.of(topic)), peer -> !from.contains(peer) && !peer.equals(here.author())
                && !peer.equals(here.via()));
    }

    /** Also those who get every message of a topic. */
    private Collection<Neighbour> with(String topic, Collection<Neighbour> partners) {
        if (context.neighbours.aside().isEmpty()) {
            return partners;
        }
        double enough = context.options.scores().thresholds().publish();
        List<Neighbour> all = new ArrayList<>(partners);
        context.neighbours.aside().stream()
                .filter(peer -> peer.topics.contains(topic) && context.hasAtLeast(peer, enough)).forEach(all::add);
        return all;
    }

    /** Sends to those who fit and have not said that they have it. */
    private void send(MessageId id, Message message, Collection<Neighbour> to,
            Predicate<PeerId> fits) {
        @Nullable Rpc rpc = null;
        for (Neighbour peer : to) {
            if (fits.test(peer.id) && peer.wants(id)) {
                rpc = rpc == null ? Rpc.of(message) : rpc;
                context.outbox.message(peer.id, rpc);
            }
        }
    }

    // ---- own messages

    void publish(String topic, byte[] data) {
        Message message = authors.seal(++sequence, topic, data);
        MessageId id = message.id().orElseThrow();
        seen.add(id, context.now).decide(State.VALID, context.now);
        gossip.keep(id, message);
        if (meshes.has(topic)) {
            context.outbox.act(new GossipsubAction.Deliver(message, context.self, context.self));
        }
        send(id, message, audience(topic), peer -> true);
    }

    private Collection<Neighbour> audience(String topic) {
        double enough = context.options.scores().thresholds().publish();
        if (context.options.floodPublish()) {
            return context.neighbours.of(topic).stream().filter(peer -> context.hasAtLeast(peer, enough)).toList();
        }
        if (!meshes.has(topic)) {
            return with(topic, fanouts.publish(topic));
        }
        List<Neighbour> audience = new ArrayList<>(meshes.of(topic));
        int missing = context.options.degrees().target() - audience.size();
        audience.addAll(context.neighbours.sample(topic, missing, // a mesh that is not full yet must not lose it
                peer -> !peer.aside && !meshes.of(topic).contains(peer) && context.hasAtLeast(peer, enough)));
        return with(topic, audience);
    }
}
