// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import org.jspecify.annotations.Nullable;

/** The connected peers, and which of them are subscribed to what. */
final class Neighbours {

    private final Map<PeerId, Neighbour> peers = new LinkedHashMap<>();
    private final Map<String, Set<Neighbour>> topics = new HashMap<>();
    /** Those that are never partners: most often none. */
    private final Set<Neighbour> aside = new LinkedHashSet<>();
    private final RandomGenerator random;
    private final int maxTopics;

    Neighbours(RandomGenerator random, int maxTopics) {
        this.random = random;
        this.maxTopics = maxTopics;
    }

    void add(Neighbour peer) {
        peers.put(peer.id, peer);
        if (peer.aside) {
            aside.add(peer);
        }
    }

    @Nullable Neighbour remove(PeerId id) {
        Neighbour peer = peers.remove(id);
        if (peer != null) {
            List.copyOf(peer.topics).forEach(topic -> leave(peer, topic));
            aside.remove(peer);
        }
        return peer;
    }

    @Nullable Neighbour get(PeerId id) {
        return peers.get(id);
    }

    Collection<Neighbour> all() {
        return peers.values();
    }

    /** Notes a subscription; says whether there was room for it. */
    boolean join(Neighbour peer, String topic) {
        if (peer.topics.contains(topic)) {
            return true;
        }
        if (peer.topics.size() >= maxTopics) {
            return false;
        }
        peer.topics.add(topic);
        topics.computeIfAbsent(topic, t -> new LinkedHashSet<>()).add(peer);
        return true;
    }

    void leave(Neighbour peer, String topic) {
        Set<Neighbour> of = topics.get(topic);
        if (peer.topics.remove(topic) && of != null) {
            of.remove(peer);
            if (of.isEmpty()) {
                topics.remove(topic);
            }
        }
    }

    /** The subscribers of a topic. */
    Set<Neighbour> of(String topic) {
        return topics.getOrDefault(topic, Set.of());
    }

    /** Those that are never partners, in all topics. */
    Set<Neighbour> aside() {
        return aside;
    }

    /** Up to so many of a topic that fit, in random order. */
    List<Neighbour> sample(String topic, int count, Predicate<Neighbour> fits) {
        if (count <= 0) {
            return List.of();
        }
        List<Neighbour> found = new ArrayList<>();
        for (Neighbour peer : of(topic)) {
            if (fits.test(peer)) {
                found.add(peer);
            }
        }
        Collections.shuffle(found, random);
        return found.size() <= count ? found : new ArrayList<>(found.subList(0, count));
    }
}
