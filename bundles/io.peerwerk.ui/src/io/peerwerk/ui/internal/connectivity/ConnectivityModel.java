// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.connectivity;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.NetworkStatus;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Connectivity view shows at one moment.
 *
 * @param notice what to say instead, null where the rest says something
 * @param addresses where the node listens and is announced
 * @param network what is known of how it stands
 * @param connections how many connections go each way
 */
public record ConnectivityModel(@Nullable Notice notice, List<Multiaddr> addresses, NetworkStatus network,
        Map<Way, Integer> connections) {

    public ConnectivityModel {
        addresses = List.copyOf(addresses);
        connections = Map.copyOf(connections);
    }

    /** Nothing but this notice. */
    static ConnectivityModel of(Notice notice) {
        return new ConnectivityModel(notice, List.of(), NetworkStatus.NONE, Map.of());
    }

    /** The sentence that sums it up. */
    public Standing standing() {
        return Standing.of(addresses, network.reachability());
    }
}
