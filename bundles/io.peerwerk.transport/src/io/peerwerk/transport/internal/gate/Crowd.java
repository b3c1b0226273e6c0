// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.gate;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.TokenBucket;
import io.peerwerk.core.TokenBuckets;
import io.peerwerk.transport.internal.gate.Rules.Caps;
import io.peerwerk.transport.internal.ip.Network;

/** Counts the links of each address and network, and how fast new ones come. Guarded by its owner's lock. */
final class Crowd {

    /** Addresses whose rate is remembered at most; those heard least recently give way. */
    private static final int MAX_RATES = 4096;

    private final Map<Network, Integer> open = new HashMap<>();
    private TokenBuckets<Network> rates;
    private final TokenBucket total;
    private Caps caps;

    Crowd(Caps caps, long now) {
        this.caps = caps;
        this.rates = rates(caps);
        this.total = new TokenBucket(caps.totalRate(), caps.totalBurst(), now);
    }

    private static TokenBuckets<Network> rates(Caps caps) {
        return new TokenBuckets<>(caps.rate(), caps.burst(), MAX_RATES);
    }

    /** Other caps from now on; what is counted stays. */
    void caps(Caps other, long now) {
        caps = other;
        rates = rates(other);
        total.change(other.totalRate(), other.totalBurst(), now);
    }

    /** Counts one more link; gives the reason if it is one too many, and counts nothing then. */
    @Nullable String enter(InetAddress from, long now) {
        Network[] networks = networks(from);
        if (!rates.of(networks[0], now).take(1, now)) {
            return "its address comes too often";
        }
        int[] most = {caps.perAddress(), caps.perNetwork(), caps.perSite()};
        for (int i = 0; i < networks.length; i++) {
            if (open.getOrDefault(networks[i], 0) >= most[i]) {
                return "there are " + most[i] + " from " + networks[i];
            }
        }
        if (!total.take(1, now)) {
            return "too many come at once";
        }
        for (Network network : networks) {
            open.merge(network, 1, Integer::sum);
        }
        return null;
    }

    /** A link that was counted is gone. */
    void leave(InetAddress from) {
        for (Network network : networks(from)) {
            open.computeIfPresent(network, (n, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Networks that something is counted for. */
    int size() {
        return open.size();
    }

    /** The address or the smallest network, the largest one, and what lies between. */
    private static Network[] networks(InetAddress address) {
        return address instanceof Inet4Address
                ? new Network[] {Network.of(address, 32), Network.of(address, 24)}
                : new Network[] {Network.of(address, 64), Network.of(address, 48), Network.of(address, 56)};
    }
}
