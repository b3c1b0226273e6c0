// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.PeerInfo;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Network view shows at one moment.
 *
 * @param notice what to say instead of the picture, null where there is a picture
 * @param self this peer, null where it is not known
 * @param peers the others, in the order of their ids so that each keeps its place
 * @param blocked those of them that the user keeps out; the membership may still hear of them from others
 */
public record NetworkModel(@Nullable Notice notice, @Nullable Self self, List<PeerInfo> peers, Set<PeerId> blocked) {
    /**
     * This peer.
     *
     * @param addresses where others reach it, without {@code /p2p}
     */
    public record Self(PeerId id, List<Multiaddr> addresses) {
        public Self {
            addresses = List.copyOf(addresses);
        }
    }

    public NetworkModel {
        peers = List.copyOf(peers);
        blocked = Set.copyOf(blocked);
    }

    /** Nobody is kept out. */
    public NetworkModel(@Nullable Notice notice, @Nullable Self self, List<PeerInfo> peers) {
        this(notice, self, peers, Set.of());
    }

    /** No picture but this notice. */
    public static NetworkModel of(Notice notice) {
        return new NetworkModel(notice, null, List.of());
    }

    /** How many of the others can be reached; those that are kept out are not. */
    public int reachable() {
        return (int) peers.stream().filter(peer -> peer.state().isReachable() && !blocked.contains(peer.id())).count();
    }
}
