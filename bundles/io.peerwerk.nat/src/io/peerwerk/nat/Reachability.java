// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * How this peer is reached, as far as is known now.
 *
 * @param reach     the peer as a whole: public if one of its addresses is
 * @param addresses each address that others were asked to dial, those listened on first
 * @param mappings  ports of the router that lead here
 * @param relays    addresses through relays that this peer listens on, ending with {@code /p2p-circuit}
 */
public record Reachability(Reach reach, Map<Multiaddr, Reach> addresses, List<PortMapping> mappings,
        List<Multiaddr> relays) {

    /** Nothing is known. */
    public static final Reachability UNKNOWN = new Reachability(Reach.UNKNOWN, Map.of(), List.of(), List.of());

    /** Copies the collections; the order of the addresses stays. */
    public Reachability {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        mappings = List.copyOf(mappings);
        relays = List.copyOf(relays);
    }
}
