// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.time.Duration;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * The settings of a {@link GossipService}.
 *
 * @param bootstrap peers to ask for the others, with or without {@code /p2p}
 * @param period the time between two probes of this peer; the times of membership and peer sampling follow from it. It
 *         should be ten times a usual round trip or more. Shorter notices failures sooner and costs traffic in
 *         proportion
 * @param sampling the protocol that samples peers; all peers of a network have the same
 * @param cycle the time between two exchanges of the aggregation, and of the slicing. Shorter brings results sooner and
 *         costs traffic in proportion
 * @param epoch cycles after which the aggregation has a result; all peers of a network have the same
 */
public record GossipOptions(List<Multiaddr> bootstrap, Duration period, SampledPeers.Kind sampling, Duration cycle,
        int epoch) {

    public GossipOptions {
        bootstrap = List.copyOf(bootstrap);
        if (period.toMillis() < 10 || cycle.toMillis() < 10) {
            throw new IllegalArgumentException("a period of " + period + ", a cycle of " + cycle);
        }
    }

    /** One second, for local networks and good lines, and nobody to ask; Cyclon; cycles of ten seconds, 30 an epoch. */
    public static GossipOptions standard() {
        return new GossipOptions(List.of(), Duration.ofSeconds(1), SampledPeers.Kind.CYCLON, Duration.ofSeconds(10), 30);
    }

    public GossipOptions withBootstrap(List<Multiaddr> addresses) {
        return new GossipOptions(addresses, period, sampling, cycle, epoch);
    }

    public GossipOptions withPeriod(Duration other) {
        return new GossipOptions(bootstrap, other, sampling, cycle, epoch);
    }

    public GossipOptions withSampling(SampledPeers.Kind other) {
        return new GossipOptions(bootstrap, period, other, cycle, epoch);
    }

    public GossipOptions withCycles(Duration each, int anEpoch) {
        return new GossipOptions(bootstrap, period, sampling, each, anEpoch);
    }
}
