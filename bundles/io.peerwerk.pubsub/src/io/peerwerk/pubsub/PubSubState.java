// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

import java.util.List;

import io.peerwerk.core.identity.PeerId;

/**
 * The state of the router at one moment.
 *
 * @param topics each topic that this peer is subscribed to or has published under lately, sorted by name
 * @param peers  each peer that speaks the protocol, those with the best score first
 */
public record PubSubState(List<Topic> topics, List<Peer> peers) {

    public PubSubState {
        topics = List.copyOf(topics);
        peers = List.copyOf(peers);
    }

    /**
     * A topic.
     *
     * @param name        its name
     * @param subscribed  whether this peer is subscribed; otherwise it has just published
     * @param mesh        the peers that messages are exchanged with in full
     * @param subscribers how many connected peers are subscribed
     */
    public record Topic(String name, boolean subscribed, List<PeerId> mesh, int subscribers) {

        public Topic {
            mesh = List.copyOf(mesh);
        }
    }

    /**
     * A neighbour.
     *
     * @param id       who it is
     * @param protocol what is spoken with it, such as {@code /meshsub/1.2.0}
     * @param score    what it has deserved: below 0 it is in no mesh, far below it is not listened to
     * @param topics   how many topics it is subscribed to
     * @param meshes   in how many meshes here it is
     */
    public record Peer(PeerId id, String protocol, double score, int topics, int meshes) {
    }
}
