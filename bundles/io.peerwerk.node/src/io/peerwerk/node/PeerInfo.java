// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Role;
import org.jspecify.annotations.Nullable;

/**
 * Another peer as this node sees it: its membership and, where there is one, its connection.
 *
 * @param id the peer
 * @param state as the failure detector knows it
 * @param since when that state began
 * @param addresses where it says it can be dialled
 * @param connection remote address of the open connection, null while there is none
 * @param security what secures that connection, such as {@code /noise}, null while there is none
 * @param roundTrip of the last probe, null before the first answer
 * @param offer bytes of disk it says it offers
 * @param roles what it says it does for others
 */
public record PeerInfo(PeerId id, MemberState state, Instant since, List<Multiaddr> addresses,
        @Nullable Multiaddr connection, @Nullable String security, @Nullable Duration roundTrip, long offer,
        Set<Role> roles) {

    public PeerInfo {
        addresses = List.copyOf(addresses);
        roles = Set.copyOf(roles);
    }

    /** True while the open connection goes through a third peer, see {@code Connection.relayed()}. */
    public boolean relayed() {
        return connection != null && connection.has(Protocol.P2P_CIRCUIT);
    }

    /** True while a connection is open. */
    public boolean connected() {
        return connection != null;
    }
}
