// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.Rpc;

/**
 * Many routers and a network between them that takes its time, all in one thread and from one seed. Messages count as
 * signed by whom they name, so that time goes into the protocol and not into signatures.
 */
final class VirtualNetwork {

    static final String TOPIC = "blocks";
    private static final int MIN_LATENCY = 5;
    private static final int MAX_LATENCY = 120;

    final SplittableRandom random;
    private final Map<PeerId, Node> nodes = new LinkedHashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<String, Integer> latencies = new HashMap<>();
    private long now = 1_000_000;
    private long order;

    private record Event(long at, long order, Runnable what) {
    }

    /** Somebody on the network. */
    interface Node {
        PeerId id();

        void joined(PeerId other, boolean outbound);

        void received(PeerId from, Rpc rpc);

        void heartbeat();

        /** What it speaks. */
        default Version version() {
            return Version.V1_2;
        }
    }

    /** A peer that keeps to the protocol. */
    final class Honest implements Node {
        final PeerId id;
        final Gossipsub router;
        final Map<String, Integer> heard = new HashMap<>();
        private final Version version;

        private Honest(PeerId id, GossipsubOptions options, Version version) {
            this.id = id;
            this.version = version;
            this.router = new Gossipsub(id, unsigned(id), options,
                    new Gossipsub.Environment(() -> now, random.split(), 0));
            act(router.handle(new GossipsubInput.Subscribe(TOPIC)));
        }

        @Override
        public PeerId id() {
            return id;
        }

        @Override
        public Version version() {
            return version;
        }

        @Override
        public void joined(PeerId other, boolean outbound) {
            act(router.handle(new GossipsubInput.Joined(other, nodes.get(other).version(), outbound, null)));
        }

        @Override
        public void received(PeerId from, Rpc rpc) {
            act(router.handle(new GossipsubInput.Received(from, rpc)));
        }

        @Override
        public void heartbeat() {
            act(router.handle(new GossipsubInput.Heartbeat()));
        }

        void publish(String text) {
            act(router.handle(new GossipsubInput.Publish(TOPIC, text.getBytes())));
        }

        void act(List<GossipsubAction> actions) {
            for (GossipsubAction action : actions) {
                switch (action) {
                    case GossipsubAction.Send(PeerId to, Rpc rpc) -> send(id, to, rpc);
                    case GossipsubAction.Deliver deliver ->
                        heard.merge(new String(deliver.message().data()), 1, Integer::sum);
                    default -> throw new AssertionError(action);
                }
            }
        }

        List<PeerId> mesh() {
            return router.mesh(TOPIC);
        }
    }

    VirtualNetwork(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Believes every name. */
    static Authors unsigned(PeerId self) {
        return new Authors() {
            @Override
            public Message seal(long sequence, String topic, byte[] data) {
                return Message.unsigned(self.toBytes(), sequence, topic, data);
            }

            @Override
            public Optional<PeerId> of(Message message) {
                return message.claimedAuthor();
            }
        };
    }

    List<Honest> honest(int count, GossipsubOptions options) {
        return honest(count, options, Version.V1_2);
    }

    List<Honest> honest(int count, GossipsubOptions options, Version version) {
        List<Honest> all = new ArrayList<>();
        for (PeerId id : Peers.ids(count)) {
            var node = new Honest(id, options, version);
            add(node);
            all.add(node);
        }
        return all;
    }

    void add(Node node) {
        nodes.put(node.id(), node);
        later(random.nextInt(1_000), () -> beat(node));
    }

    private void beat(Node node) {
        node.heartbeat();
        later(1_000, () -> beat(node));
    }

    /** Connects two, if they are not; the first one has dialled. */
    void connect(Node from, Node to) {
        if (from != to && latencies.putIfAbsent(link(from.id(), to.id()), latency()) == null) {
            from.joined(to.id(), true);
            to.joined(from.id(), false);
        }
    }

    /** Each of them dials so many of the others. */
    void connectEach(List<? extends Node> from, List<? extends Node> to, int count) {
        for (Node node : from) {
            for (int i = 0; i < count; i++) {
                connect(node, to.get(random.nextInt(to.size())));
            }
        }
    }

    private int latency() {
        return random.nextInt(MIN_LATENCY, MAX_LATENCY);
    }

    private static String link(PeerId a, PeerId b) {
        return a.compareTo(b) < 0 ? a.hashCode() + "/" + b.hashCode() : b.hashCode() + "/" + a.hashCode();
    }

    void send(PeerId from, PeerId to, Rpc rpc) {
        Integer latency = latencies.get(link(from, to));
        if (latency != null) {
            later(latency, () -> nodes.get(to).received(from, rpc));
        }
    }

    private void later(long millis, Runnable what) {
        events.add(new Event(now + millis, order++, what));
    }

    long now() {
        return now;
    }

    void run(long millis) {
        long end = now + millis;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.poll();
            now = next.at();
            next.what().run();
        }
        now = end;
    }

    /** The texts that somebody has not heard, or has heard twice. */
    static Set<String> failures(List<Honest> peers, List<String> texts) {
        Set<String> failures = new TreeSet<>();
        for (Honest peer : peers) {
            for (String text : texts) {
                int times = peer.heard.getOrDefault(text, 0);
                if (times != 1) {
                    failures.add(text + " came " + times + " times to " + peer.id.brief());
                }
            }
        }
        return failures;
    }
}
