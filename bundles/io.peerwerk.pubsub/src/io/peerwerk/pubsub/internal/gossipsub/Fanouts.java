// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The peers that messages go to in topics that this peer publishes under without being subscribed. */
final class Fanouts {

    private static final class Fanout {
        final Set<Neighbour> peers = new LinkedHashSet<>();
        long published;
    }

    private final Context context;
    private final Map<String, Fanout> fanouts = new TreeMap<>();

    Fanouts(Context context) {
        this.context = context;
    }

    Set<String> topics() {
        return fanouts.keySet();
    }

    Set<Neighbour> of(String topic) {
        Fanout fanout = fanouts.get(topic);
        return fanout == null ? Set.of() : fanout.peers;
    }

    /** The peers for a message that is published now. */
    Set<Neighbour> publish(String topic) {
        Fanout fanout = fanouts.computeIfAbsent(topic, t -> new Fanout());
        fanout.published = context.now;
        fill(topic, fanout);
        return fanout.peers;
    }

    /** This peer subscribes: the topic gets a mesh instead. */
    Set<Neighbour> end(String topic) {
        Fanout fanout = fanouts.remove(topic);
        return fanout == null ? Set.of() : fanout.peers;
    }

    void left(Neighbour peer) {
        fanouts.values().forEach(fanout -> fanout.peers.remove(peer));
    }

    /** Drops what was not used for long and whoever no longer belongs there; takes others in. */
    void maintain() {
        for (Iterator<Map.Entry<String, Fanout>> each = fanouts.entrySet().iterator(); each.hasNext();) {
            Map.Entry<String, Fanout> entry = each.next();
            Fanout fanout = entry.getValue();
            if (fanout.published + context.options.timing().fanoutMillis() <= context.now) {
                each.remove();
            } else {
                fanout.peers.removeIf(peer -> !peer.topics.contains(entry.getKey()) || !isGoodEnough(peer));
                fill(entry.getKey(), fanout);
            }
        }
    }

    private void fill(String topic, Fanout fanout) {
        int missing = context.options.degrees().target() - fanout.peers.size();
        fanout.peers.addAll(context.neighbours.sample(topic, missing,
                peer -> !fanout.peers.contains(peer) && isGoodEnough(peer)));
    }

    private boolean isGoodEnough(Neighbour peer) {
        return !peer.aside && context.hasAtLeast(peer, context.options.scores().thresholds().publish());
    }
}
