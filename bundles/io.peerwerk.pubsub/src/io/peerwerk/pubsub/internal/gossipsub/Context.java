// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;

/** What all parts of a router share. */
final class Context {

    final PeerId self;
    final GossipsubOptions options;
    final RandomGenerator random;
    final Neighbours neighbours;
    final PeerScores scores;
    final Outbox outbox = new Outbox();
    /** The time of the input that is handled, in milliseconds. */
    long now;
    /** Heartbeats so far. */
    long heartbeat;

    Context(PeerId self, GossipsubOptions options, RandomGenerator random, long now) {
        this.self = self;
        this.options = options;
        this.random = random;
        this.now = now;
        this.neighbours = new Neighbours(random, options.limits().subscriptions());
        this.scores = new PeerScores(options.scores(), now);
    }

    double score(Neighbour peer) {
        return scores.score(peer.id, now);
    }

    boolean hasAtLeast(Neighbour peer, double score) {
        return peer.direct || score(peer) >= score;
    }
}
