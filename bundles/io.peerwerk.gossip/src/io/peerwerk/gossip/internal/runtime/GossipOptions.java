// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The settings of a {@link GossipService}.
 *
 * @param bootstrap peers to ask for the others, with or without {@code /p2p}
 * @param period the time between two probes of this peer; all other times follow from it. It should be ten times a
 *         usual round trip or more. Shorter notices failures sooner and costs traffic in proportion
 */
public record GossipOptions(List<Multiaddr> bootstrap, Duration period) {

    public GossipOptions {
        bootstrap = List.copyOf(bootstrap);
        if (period.toMillis() < 10) {
            throw new IllegalArgumentException("a period of " + period);
        }
    }

    /** One second, for local networks and good lines, and nobody to ask. */
    public static GossipOptions standard() {
        return new GossipOptions(List.of(), Duration.ofSeconds(1));
    }

    public GossipOptions withBootstrap(List<Multiaddr> addresses) {
        return new GossipOptions(addresses, period);
    }

    public GossipOptions withPeriod(Duration other) {
        return new GossipOptions(bootstrap, other);
    }
}
