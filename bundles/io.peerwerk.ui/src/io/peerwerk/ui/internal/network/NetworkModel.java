// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.network;

import java.util.List;

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
 */
public record NetworkModel(@Nullable Notice notice, @Nullable Self self, List<PeerInfo> peers) {
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
    }

    /** No picture but this notice. */
    public static NetworkModel of(Notice notice) {
        return new NetworkModel(notice, null, List.of());
    }

    /** How many of the others can be reached. */
    public int reachable() {
        return (int) peers.stream().filter(peer -> peer.state().isReachable()).count();
    }
}
