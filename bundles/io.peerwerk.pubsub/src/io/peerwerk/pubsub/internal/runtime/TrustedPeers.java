// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.pubsub.internal.wire.Sealed;
import io.peerwerk.transport.Host;

/** The peers that this one stays connected to since its user trusts them (gossipsub 1.1, explicit peering). */
final class TrustedPeers {

    /** How often those that are not connected are dialled again: what the specification recommends. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    private final Map<PeerId, List<Multiaddr>> addresses;

    /** @throws IllegalArgumentException if an address does not say whose it is */
    TrustedPeers(List<Multiaddr> addresses) {
        this.addresses = addresses.stream().collect(Collectors.groupingBy(TrustedPeers::peer,
                Collectors.mapping(Multiaddr::withoutPeer, Collectors.toList())));
    }

    private static PeerId peer(Multiaddr address) {
        return address.peer().orElseThrow(
                () -> new IllegalArgumentException(address + " does not end in /p2p/ and the id of a peer"));
    }

    Set<PeerId> peers() {
        return addresses.keySet();
    }

    /** Dials those that are not connected. Does not wait. */
    void meet(Host host, Introductions introductions) {
        addresses.forEach((peer, where) -> {
            host.remember(peer, where);
            introductions.connect(peer, Sealed.NOTHING);
        });
    }
}
