// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
 */
public record NodeSettings(Path home, List<Multiaddr> listen, List<Multiaddr> bootstrap, @Nullable Long offer,
        Duration repairDelay, Duration gossipPeriod, long perfLimit, Discovery discovery) {
    /** 10 GB: enough to matter, little enough for any disk. */
    public static final long DEFAULT_OFFER = 10_000_000_000L;
    /** Ten minutes: longer than a restart or a sleeping laptop's hiccup. */
    public static final Duration DEFAULT_REPAIR_DELAY = Duration.ofMinutes(10);
    /** One second, as on a local network. */
    public static final Duration DEFAULT_GOSSIP_PERIOD = Duration.ofSeconds(1);
    /** Every interface, IPv4 and IPv6, on a free port; a machine without IPv6 listens on IPv4 only. */
    public static final List<Multiaddr> DEFAULT_LISTEN =
            List.of(Multiaddr.of("/ip4/0.0.0.0/tcp/0"), Multiaddr.of("/ip6/::/tcp/0"));

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
        this(home, listen, bootstrap, offer, repairDelay, DEFAULT_GOSSIP_PERIOD, 0, Discovery.STANDARD);
    }

    /** The defaults, for a node on this home. */
    public static NodeSettings of(Path home) {
        return new NodeSettings(home, DEFAULT_LISTEN, List.of(), null, DEFAULT_REPAIR_DELAY);
    }

    /** {@code ~/.peerwerk} of the user who runs this process. */
    public static Path defaultHome() {
        return Path.of(System.getProperty("user.home"), ".peerwerk");
    }

    public NodeSettings withListen(List<Multiaddr> addresses) {
        return new NodeSettings(home, addresses, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, discovery);
    }

    public NodeSettings withBootstrap(List<Multiaddr> peers) {
        return new NodeSettings(home, listen, peers, offer, repairDelay, gossipPeriod, perfLimit, discovery);
    }

    public NodeSettings withOffer(@Nullable Long bytes) {
        return new NodeSettings(home, listen, bootstrap, bytes, repairDelay, gossipPeriod, perfLimit, discovery);
    }

    public NodeSettings withRepairDelay(Duration delay) {
        return new NodeSettings(home, listen, bootstrap, offer, delay, gossipPeriod, perfLimit, discovery);
    }

    public NodeSettings withGossipPeriod(Duration period) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, period, perfLimit, discovery);
    }

    public NodeSettings withPerfLimit(long bytes) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, bytes, discovery);
    }

    public NodeSettings withDiscovery(Discovery ways) {
        return new NodeSettings(home, listen, bootstrap, offer, repairDelay, gossipPeriod, perfLimit, ways);
    }
}
