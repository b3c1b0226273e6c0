// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.storage.StorageStatus;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a node at one moment.
 *
 * @param id this node's peer id
 * @param agent name and version as told by identify, like {@code peerwerk/0.1.0}
 * @param startedAt when the node was started
 * @param uptime how long it has been running
 * @param addresses being listened on, without {@code /p2p}; empty while the transport is away
 * @param modules the modules present now
 * @param members how many other peers are in which state; empty while gossip is away
 * @param connections open connections
 * @param bytesIn bytes received over the connections open now
 * @param bytesOut bytes sent over the connections open now
 * @param storage the storage module's figures, null while it is away
 * @param network how the node stands in the network
 * @param estimates what is known of the whole network
 */
public record NodeStatus(PeerId id, String agent, Instant startedAt, Duration uptime, List<Multiaddr> addresses,
        Set<NodeModule> modules, Map<MemberState, Integer> members, int connections, long bytesIn, long bytesOut,
        @Nullable StorageStatus storage, NetworkStatus network, NetworkEstimates estimates) {

    public NodeStatus {
        addresses = List.copyOf(addresses);
        modules = Set.copyOf(modules);
        members = Map.copyOf(members);
    }
}
