// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.pubsub.PubSubState;
import io.peerwerk.ui.internal.model.PeerRow;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Topics view shows at one moment.
 *
 * @param notice what to say instead, null where the rest says something
 * @param self this peer, null where it is not known
 * @param topics by name
 * @param neighbours those that pass messages on, the best score first
 * @param log the last messages, the newest first
 */
public record TopicsModel(@Nullable Notice notice, @Nullable PeerId self, List<Topic> topics, List<Neighbour> neighbours,
        List<Heard> log) {

    /** How this node has to do with a topic. */
    public enum Bond {
        /** The user of this workbench is subscribed. */
        SUBSCRIBED,
        /** Somebody else on this node is, such as a program over its control socket. */
        ELSEWHERE,
        /** Something was published lately. */
        PUBLISHED
    }

    /**
     * A topic.
     *
     * @param subscribers how many connected peers are subscribed
     * @param mesh how many of them messages are exchanged with in full
     * @param heard how many messages were heard in this workbench
     */
    public record Topic(String name, Bond bond, int subscribers, int mesh, long heard) {
    }

    /**
     * A peer that speaks the protocol.
     *
     * @param score what it has deserved
     * @param topics how many topics it is subscribed to
     * @param meshes the topics in whose mesh it is here, by name
     */
    public record Neighbour(PeerId peer, String protocol, double score, int topics, List<String> meshes) implements PeerRow {
        public Neighbour {
            meshes = List.copyOf(meshes);
        }

        @Override
        public List<Multiaddr> addresses() {
            return List.of();
        }
    }

    public TopicsModel {
        topics = List.copyOf(topics);
        neighbours = List.copyOf(neighbours);
        log = List.copyOf(log);
    }

    /** Nothing but this notice. */
    static TopicsModel of(Notice notice) {
        return new TopicsModel(notice, null, List.of(), List.of(), List.of());
    }

    /** What the router holds and what was heard. */
    static TopicsModel of(PeerId self, PubSubState state, Topics topics) {
        Set<String> wanted = topics.wanted();
        Map<String, Long> heard = topics.counts();
        Set<String> missing = new TreeSet<>(wanted);
        List<Topic> rows = new ArrayList<>();
        for (PubSubState.Topic topic : state.topics()) {
            Bond bond = wanted.contains(topic.name()) ? Bond.SUBSCRIBED : topic.subscribed() ? Bond.ELSEWHERE : Bond.PUBLISHED;
            rows.add(new Topic(topic.name(), bond, topic.subscribers(), topic.mesh().size(), heard.getOrDefault(topic.name(), 0L)));
            missing.remove(topic.name());
        }
        missing.forEach(name -> rows.add(new Topic(name, Bond.SUBSCRIBED, 0, 0, heard.getOrDefault(name, 0L)))); // in a moment
        List<Neighbour> neighbours = state.peers().stream().map(peer -> new Neighbour(peer.id(), peer.protocol(), peer.score(),
                peer.topics(), meshes(state, peer.id()))).toList();
        return new TopicsModel(null, self, rows, neighbours, topics.log());
    }

    private static List<String> meshes(PubSubState state, PeerId peer) {
        return state.topics().stream().filter(topic -> topic.mesh().contains(peer))
                .map(PubSubState.Topic::name).toList();
    }
}
