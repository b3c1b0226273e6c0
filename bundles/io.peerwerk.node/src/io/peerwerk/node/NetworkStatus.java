// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.nat.Reachability;
import io.peerwerk.transport.HostLoad;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands in the network at one moment.
 *
 * @param reachability whether others reach it, by which addresses, mapped ports and relays; null while nobody finds out
 * @param observed where other peers see it, as far as it does not know by itself, those in front that most agree about
 * @param refused addresses that should be listened on and cannot be, with the reason
 * @param load what connections take and may take; null while the transport is away
 */
public record NetworkStatus(@Nullable Reachability reachability, List<Multiaddr> observed,
        Map<Multiaddr, String> refused, @Nullable HostLoad load) {
    /** Of a node whose transport is away. */
    public static final NetworkStatus NONE = new NetworkStatus(null, List.of(), Map.of(), null);

    public NetworkStatus {
        observed = List.copyOf(observed);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }
}
