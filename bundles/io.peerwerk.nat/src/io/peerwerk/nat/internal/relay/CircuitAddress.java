// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Component;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;

/**
 * An address through a relay, taken apart: {@code <relay>/p2p/<relay's id>/p2p-circuit[/p2p/<target>]}.
 *
 * @param relay   where the relay is, with its id at the end
 * @param relayId who the relay is
 * @param target  who is to be reached; empty in an address to listen on
 */
record CircuitAddress(Multiaddr relay, PeerId relayId, Optional<PeerId> target) {

    private static final Multiaddr CIRCUIT = Multiaddr.of("/p2p-circuit");

    /** Bytes that the ids of relay and target and what stands between them take at most. */
    private static final int ROOM = 128;

    /** Empty if it is no such address, or one through more than one relay. */
    static Optional<CircuitAddress> of(Multiaddr address) {
        List<Component> all = address.components();
        int end = all.size() - (address.peer().isPresent() ? 1 : 0);
        long circuits = all.stream().filter(c -> c.protocol() == Protocol.P2P_CIRCUIT).count();
        if (circuits != 1 || end < 2 || all.get(end - 1).protocol() != Protocol.P2P_CIRCUIT) {
            return Optional.empty();
        }
        Multiaddr relay = Multiaddr.of(all.subList(0, end - 1).stream().map(Component::toString)
                .collect(Collectors.joining()));
        return relay.peer().map(id -> new CircuitAddress(relay, id, address.peer()));
    }

    /** The address without the target: what stands for the way through this relay. */
    Multiaddr way() {
        return relay.encapsulate(CIRCUIT);
    }

    /** The way through a relay at an address, with or without its id; empty if that is too long or no such way. */
    static Optional<Multiaddr> way(Multiaddr at, PeerId relay) {
        if (at.toBytes().length > Multiaddr.MAX_BYTES - ROOM || at.has(Protocol.P2P_CIRCUIT) || at.has(Protocol.UNIX)) {
            return Optional.empty();
        }
        return Optional.of((at.peer().isPresent() ? at : at.withPeer(relay)).encapsulate(CIRCUIT));
    }
}
