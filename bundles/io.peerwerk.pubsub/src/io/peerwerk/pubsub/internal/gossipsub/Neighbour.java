// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.Dialect;
import io.peerwerk.pubsub.internal.wire.MessageId;

/** A connected peer: what it has said, and how much it was heard with in this heartbeat. */
final class Neighbour {

    final PeerId id;
    final Version version;
    final boolean outbound;
    /** Gets every message of its topics and is heard whatever its score, since the user trusts it. */
    final boolean direct;
    /** Is never a partner, since it gets every message anyway. */
    final boolean aside;
    /** How it calls messages: a guess until it has named one. */
    Dialect dialect;
    final Set<String> topics = new HashSet<>(4);

    /** IHAVE heard, ids asked for, IDONTWANT noted since the last heartbeat. */
    int ihaves;
    int asked;
    int dontWants;

    /** What it does not want, by digests since names can be long, with the heartbeat in which it said so. */
    private Map<MessageId.Digest, Long> unwanted = Map.of();

    Neighbour(GossipsubInput.Joined joined, boolean direct) {
        this.id = joined.peer();
        this.direct = direct;
        this.aside = direct || !joined.version().hasMesh();
        this.version = joined.version();
        this.outbound = joined.outbound();
        this.dialect = joined.dialect();
    }

    void doesNotWant(MessageId message, long heartbeat) {
        if (unwanted.isEmpty()) {
            unwanted = new HashMap<>();
        }
        unwanted.put(message.digest(), heartbeat);
    }

    boolean wants(MessageId message) {
        return unwanted.isEmpty() || !unwanted.containsKey(message.digest());
    }

    /** A new heartbeat: counts begin anew, and what was said before the given one is forgotten. */
    void refresh(long oldest) {
        ihaves = 0;
        asked = 0;
        dontWants = 0;
        if (!unwanted.isEmpty()) {
            unwanted.values().removeIf(said -> said < oldest);
        }
    }
}
