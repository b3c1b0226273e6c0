// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.MessageId;

/**
 * Who has offered a message, was asked for it, and has to bring it in time. Of the ids that one IHAVE leads to, one
 * picked at random is watched: so few are there, and nobody knows which.
 */
final class Promises {

    private final Map<MessageId, Map<PeerId, Long>> open = new LinkedHashMap<>();

    /** A peer was asked; the first time counts. */
    void asked(PeerId peer, MessageId id, long due) {
        open.computeIfAbsent(id, i -> new HashMap<>(2)).putIfAbsent(peer, due);
    }

    /** The message is there: whoever brought it, the others need not any more. */
    void kept(MessageId id) {
        open.remove(id);
    }

    /** Names the peer of each promise that was broken by now. */
    void broken(long now, Consumer<PeerId> who) {
        for (Iterator<Map<PeerId, Long>> each = open.values().iterator(); each.hasNext();) {
            Map<PeerId, Long> of = each.next();
            of.entrySet().removeIf(promise -> {
                boolean late = promise.getValue() <= now;
                if (late) {
                    who.accept(promise.getKey());
                }
                return late;
            });
            if (of.isEmpty()) {
                each.remove();
            }
        }
    }

    /** What a peer that left owes nobody can bring. */
    void forget(PeerId peer) {
        open.values().removeIf(of -> of.remove(peer) != null && of.isEmpty());
    }

    int size() {
        return open.size();
    }
}
