// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Multiaddr;
import org.jspecify.annotations.Nullable;

/**
 * What a node is started with.
 *
 * @param home directory that holds the identity, the lock, the control socket and the stored blocks
 * @param listen addresses to listen on; port 0 takes a free one
 * @param bootstrap peers to join through; none makes a node that waits to be found
 * @param offer bytes of disk offered to others; null keeps what the user set last, at first {@link #DEFAULT_OFFER}
 * @param repairDelay how long shards may be out of reach before they are made anew elsewhere: short delays repair
 *     what a restart would have brought back, long ones live dangerously
 * @param gossipPeriod time between two rounds of gossip; deaths are noticed after some three to six of them
 * @param perfLimit bytes that a stranger may send and ask for in one measurement of {@code /perf/1.0.0}; 0 serves none,
 *     since each costs this node's traffic
 * @param discovery how this node and others find each other without being told
 * @param reaching what it does to be reached, and that others are
 * @param limits what the network may cost; what is null there keeps what the user set last
 */
public record NodeSettings(Path home, List<Multiaddr> listen, List<Multiaddr> bootstrap, @Nullable Long offer,
        Duration repairDelay, Duration gossipPeriod, long perfLimit, Discovery discovery, Reaching reaching,
        NodeLimits.Change limits) {
    /** 10 GB: enough to matter, little enough for any disk. */
    public static final long DEFAULT_OFFER = 10_000_000_000L;
    /** Ten minutes: longer than a restart or a sleeping laptop's hiccup. */
    public static final Duration DEFAULT_REPAIR_DELAY = Duration.ofMinutes(10);
    /** One second, as on a local network. */
    public static final Duration DEFAULT_GOSSIP_PERIOD = Duration.ofSeconds(1);
    /** Every interface, IPv4 and IPv6, TCP and QUIC, on free ports; a machine without IPv6 listens on IPv4 only. */
    public static final List<Multiaddr> DEFAULT_LISTEN = everywhere(0);

    /**
     * How peers find each other.
     *
     * @param mdns on the local network, where then everybody can see that a node runs here; never when it listens on
     *     loopback alone
     * @param rendezvousPoint at this node: whether it lets strangers register and look for each other
     */
    public record Discovery(boolean mdns, boolean rendezvousPoint) {
        /** On the local network, as users of such programs expect; no services to strangers. */
        public static final Discovery STANDARD = new Discovery(true, false);
    }

    /**
     * What a node does to be reached from outside, and that others are.
     *
     * @param portMapping whether the router is asked to let a port through (PCP, NAT-PMP, UPnP)
     * @param relay whether this node passes on bytes between peers that cannot reach each other
     * @param relayRate bytes a second of all that it passes on; 0 for as fast as it goes
     */
    public record Reaching(boolean portMapping, boolean relay, long relayRate) {
        /** Bytes a second: enough for many peers to agree on direct connections, and hardly felt. */
        public static final long DEFAULT_RELAY_RATE = 1 << 20;
        /** As good neighbours do. */
        public static final Reaching STANDARD = new Reaching(true, true, DEFAULT_RELAY_RATE);

        public Reaching {
            if (relayRate < 0) {
                throw new IllegalArgumentException("the rate of a relay is negative: " + relayRate);
            }
        }
    }

    public NodeSettings {
        listen = List.copyOf(listen);
        bootstrap = List.copyOf(bootstrap);
        if (offer != null && offer < 0) {
            throw new IllegalArgumentException("the offer is negative: " + offer);
        }
        if (perfLimit < 0) {
            throw new IllegalArgumentException("the limit of measurements is negative: " + perfLimit);
        }
    }

    public NodeSettings(Path home, List<Multiaddr> listen, List<Multiaddr> bootstrap, @Nullable Long offer,
            Duration repairDelay) {
        this(home, listen, bootstrap, offer, repairDelay, DEFAULT_GOSSIP_PERIOD, 0, Discovery.STANDARD,
                Reaching.STANDARD, NodeLimits.Change.NOTHING);
    }

    /** The defaults, for a node on this home. */
    public static NodeSettings of(Path home) {
        return new NodeSettings(home, DEFAULT_LISTEN, List.of(), null, DEFAULT_REPAIR_DELAY);
    }

    /** Addresses that make a node listen on every interface, over IPv4 and IPv6, TCP and QUIC, all on one port. */
    public static List<Multiaddr> everywhere(int port) {
        return Stream.of("/ip4/0.0.0.0/tcp/%d", "/ip6/::/tcp/%d", "/ip4/0.0.0.0/udp/%d/quic-v1",
                "/ip6/::/udp/%d/quic-v1").map(form -> Multiaddr.of(form.formatted(port))).toList();
    }

    /** {@code ~/.peerwerk} of the user who runs this process. */
    public static Path defaultHome() {
        return Path.of(System.getProperty("user.home"), ".peerwerk");
    }

    public NodeSettings withListen(List<Multiaddr> addresses) {
        return new NodeSettings(home, addresses, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, discovery,
                reaching, limits);
    }

    public NodeSettings withBootstrap(List<Multiaddr> peers) {
        return new NodeSettings(home, listen, peers, offer, repairDelay, gossipPeriod, perfLimit, discovery,
                reaching, limits);
    }

    public NodeSettings withOffer(@Nullable Long bytes) {
        return new NodeSettings(home, listen, bootstrap, bytes, repairDelay, gossipPeriod, perfLimit, discovery,
                reaching, limits);
    }

    public NodeSettings withRepairDelay(Duration delay) {
        return new NodeSettings(home, listen, bootstrap, offer, delay, gossipPeriod, perfLimit, discovery,
                reaching, limits);
    }

    public NodeSettings withGossipPeriod(Duration period) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, period, perfLimit, discovery,
                reaching, limits);
    }

    public NodeSettings withPerfLimit(long bytes) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, bytes, discovery,
                reaching, limits);
    }

    public NodeSettings withDiscovery(Discovery ways) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, ways,
                reaching, limits);
    }

    public NodeSettings withReaching(Reaching ways) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, discovery,
                ways, limits);
    }

    public NodeSettings withLimits(NodeLimits.Change change) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, discovery,
                reaching, change);
    }
}
