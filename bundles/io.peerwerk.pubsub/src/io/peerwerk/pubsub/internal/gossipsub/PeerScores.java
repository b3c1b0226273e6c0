// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.gossipsub.ScoreOptions.TopicScore;
import org.jspecify.annotations.Nullable;

/**
 * What each peer has deserved: the sum of P1 to P7 of the specification, each as {@link ScoreOptions} weighs it. Topics
 * are those that this peer is subscribed to, so that others cannot make up any. A peer that leaves with any fault is
 * remembered for a while and finds it again when it comes back.
 */
final class PeerScores {

    private static final double SECOND = 1_000;

    private final ScoreOptions options;
    private final Map<PeerId, Stats> present = new HashMap<>();
    /** Those that have left, the longest ago first. */
    private final Map<PeerId, Stats> departed = new LinkedHashMap<>();
    private final Map<String, Integer> addresses = new HashMap<>();
    /** Messages that each topic carried lately, those that nobody owes left out. */
    private final Map<String, Double> carried = new HashMap<>();
    private long refreshed;

    private static final class Stats {
        final Map<String, TopicStats> topics = new HashMap<>(4);
        @Nullable String ip;
        double rating;
        double breaches;
        long forget;

        TopicStats topic(String name) {
            return topics.computeIfAbsent(name, n -> new TopicStats());
        }
    }

    private static final class TopicStats {
        boolean inMesh;
        long since;
        double first;
        double mesh;
        double failure;
        double invalid;

        boolean isEmpty() {
            return !inMesh && first == 0 && mesh == 0 && failure == 0 && invalid == 0;
        }
    }

    PeerScores(ScoreOptions options, long now) {
        this.options = options;
        this.refreshed = now;
    }

    // ---- what happens

    void joined(PeerId peer, @Nullable String ip) {
        Stats before = departed.remove(peer);
        Stats stats = before == null ? new Stats() : before;
        stats.ip = ip;
        present.put(peer, stats);
        if (ip != null) {
            addresses.merge(ip, 1, Integer::sum);
        }
    }

    void left(PeerId peer, long now) {
        if (!present.containsKey(peer)) {
            return;
        }
        double score = score(peer, now);
        Stats stats = present.remove(peer);
        if (stats.ip != null) {
            addresses.computeIfPresent(stats.ip, (ip, count) -> count == 1 ? null : count - 1);
        }
        stats.topics.forEach((name, topic) -> {
            topic.first = 0; // what was earned is not kept: it would pay for what comes after
            leaveMesh(name, topic, now);
        });
        stats.topics.values().removeIf(TopicStats::isEmpty);
        if (score >= 0 && stats.topics.isEmpty() && stats.breaches == 0) {
            return;
        }
        stats.rating = 0;
        stats.forget = now + options.retainMillis();
        departed.put(peer, stats);
        if (departed.size() > options.retained()) {
            departed.remove(departed.keySet().iterator().next());
        }
    }

    void grafted(PeerId peer, String topic, long now) {
        with(peer, stats -> {
            TopicStats in = stats.topic(topic);
            in.inMesh = true;
            in.since = now;
            in.mesh = 0;
        });
    }

    void pruned(PeerId peer, String topic, long now) {
        with(peer, stats -> {
            TopicStats in = stats.topics.get(topic);
            if (in != null) {
                leaveMesh(topic, in, now);
            }
        });
    }

    private void leaveMesh(String name, TopicStats topic, long now) {
        double deficit = deficit(name, topic, now);
        topic.failure += deficit * deficit;
        topic.inMesh = false;
        topic.mesh = 0;
    }

    /** A peer was the first to bring a valid message. */
    void first(PeerId peer, String topic) {
        with(peer, stats -> {
            TopicStats in = stats.topic(topic);
            in.first = Math.min(in.first + 1, options.topic().first().cap());
        });
        brought(peer, topic);
    }

    /** A peer has brought a valid message in time, be it the first or not; only debts of the mesh are paid with it. */
    void brought(PeerId peer, String topic) {
        with(peer, stats -> {
            TopicStats in = stats.topics.get(topic);
            if (in != null && in.inMesh) {
                in.mesh++;
            }
        });
    }

    /** A topic has carried a message that every partner owes. */
    void carried(String topic) {
        if (options.topic().mesh().weight() != 0) {
            carried.merge(topic, 1.0, Double::sum);
        }
    }

    /** A peer has brought a message that is not valid. */
    void invalid(PeerId peer, String topic) {
        with(peer, stats -> stats.topic(topic).invalid++);
    }

    /** A peer has broken the protocol so many times. */
    void breach(PeerId peer, double times) {
        with(peer, stats -> stats.breaches += times);
    }

    void rate(PeerId peer, double value) {
        with(peer, stats -> stats.rating = value);
    }

    private void with(PeerId peer, Consumer<Stats> change) {
        Stats stats = present.get(peer);
        if (stats != null) {
            change.accept(stats);
        }
    }

    // ---- the score

    double score(PeerId peer, long now) {
        Stats stats = present.get(peer);
        if (stats == null) {
            return 0;
        }
        double topics = 0;
        for (var each : stats.topics.entrySet()) {
            topics += options.topic().weight() * score(each.getKey(), each.getValue(), now);
        }
        return Math.min(topics, options.topicCap()) + options.rating() * stats.rating + colocation(stats)
                + options.behaviour().weight() * square(stats.breaches - options.behaviour().threshold());
    }

    private double score(String name, TopicStats stats, long now) {
        TopicScore weights = options.topic();
        double time = !stats.inMesh ? 0
                : Math.min((now - stats.since) / (double) weights.time().quantumMillis(), weights.time().cap());
        return weights.time().weight() * time + weights.first().weight() * stats.first
                + weights.mesh().weight() * square(deficit(name, stats, now))
                + weights.failure().weight() * stats.failure + weights.invalid().weight() * square(stats.invalid);
    }

    private double deficit(String name, TopicStats stats, long now) {
        ScoreOptions.Mesh mesh = options.topic().mesh();
        if (mesh.weight() == 0 || !stats.inMesh || now - stats.since < mesh.activationMillis()) {
            return 0;
        }
        return Math.max(0, Math.min(mesh.threshold(), mesh.share() * carried.getOrDefault(name, 0.0)) - stats.mesh);
    }

    private double colocation(Stats stats) {
        int there = stats.ip == null ? 0 : addresses.getOrDefault(stats.ip, 0);
        return options.colocation().weight() * square(there - options.colocation().threshold());
    }

    /** Of what is above zero. */
    private static double square(double value) {
        return value <= 0 ? 0 : value * value;
    }

    // ---- time

    /** Lets everything fade. Those that have left are as they were when they come back, or forgotten. */
    void refresh(long now) {
        double seconds = (now - refreshed) / SECOND;
        refreshed = now;
        TopicScore topic = options.topic();
        double first = Math.pow(topic.first().decay(), seconds);
        double mesh = Math.pow(topic.mesh().decay(), seconds);
        double failure = Math.pow(topic.failure().decay(), seconds);
        double invalid = Math.pow(topic.invalid().decay(), seconds);
        double behaviour = Math.pow(options.behaviour().decay(), seconds);
        for (Stats stats : present.values()) {
            stats.breaches = faded(stats.breaches, behaviour);
            stats.topics.values().removeIf(in -> {
                in.first = faded(in.first, first);
                in.mesh = faded(in.mesh, mesh);
                in.failure = faded(in.failure, failure);
                in.invalid = faded(in.invalid, invalid);
                return in.isEmpty();
            });
        }
        carried.replaceAll((name, count) -> faded(count, mesh));
        carried.values().removeIf(count -> count == 0);
        departed.values().removeIf(stats -> stats.forget <= now);
    }

    private static double faded(double value, double factor) {
        double rest = value * factor;
        return rest < ScoreOptions.ZERO ? 0 : rest;
    }

    /** How many that have left are remembered. */
    int remembered() {
        return departed.size();
    }
}
