// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.routing.internal.runtime.DhtOptions.Mode;
import io.peerwerk.routing.internal.runtime.DhtOptions.Surroundings;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Peers with a routing service each, and foreign ones, of one test on this machine; closed together. */
final class RoutingPeers implements AutoCloseable {

    /** Longer than any lookup: the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The longest wait for one answer, so long that it is not what a test depends on. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final TcpTransport tcp = new TcpTransport();
    private final List<Peer> peers = new ArrayList<>();
    private final List<ForeignPeer> foreign = new ArrayList<>();

    /** One of ours. */
    static final class Peer {

        final Identity identity = Identity.generate(new SecureRandom());
        final SwitchHost host;
        final RoutingService routing;

        private Peer(TcpTransport tcp, List<DhtOptions> tables, InstantSource clock, Duration patience) {
            host = new SwitchHost(identity, HostOptions.local(), List.of(tcp), List.of(new NoiseChannel()),
                    List.of(new YamuxMuxer()));
            routing = new RoutingService(host, identity, tables,
                    new Surroundings(clock, new SecureRandom(), Duration.ofMillis(100), patience));
        }

        Multiaddr address() {
            return Hosts.address(host);
        }

        /** Connects, and waits until the other peer stands in a table. */
        void join(Multiaddr other) throws IOException {
            host.connect(other);
            await().atMost(PATIENCE).until(() -> knows(other));
        }

        boolean knows(Multiaddr other) {
            return routing.snapshot().tables().stream().flatMap(table -> table.buckets().stream())
                    .flatMap(bucket -> bucket.peers().stream()).anyMatch(e -> e.peer().equals(other.peer().orElseThrow()));
        }
    }

    /** A peer that serves both tables. */
    Peer start() {
        return start(List.of(DhtOptions.everywhere(Mode.AUTO, true), DhtOptions.local(Mode.AUTO, true)));
    }

    Peer start(List<DhtOptions> tables) {
        return start(tables, InstantSource.system());
    }

    Peer start(List<DhtOptions> tables, InstantSource clock) {
        return start(tables, clock, ANSWER);
    }

    /** @param patience the longest that it waits for an answer */
    Peer start(List<DhtOptions> tables, InstantSource clock, Duration patience) {
        var peer = new Peer(tcp, tables, clock, patience);
        peers.add(peer);
        return peer;
    }

    /** The id of somebody who is not there. */
    static PeerId stranger() {
        try (Identity identity = Identity.generate(new SecureRandom())) {
            return identity.id();
        }
    }

    /** A foreign peer that speaks the protocol. */
    ForeignPeer startForeign(String mode, String protocol) throws IOException, InterruptedException {
        ForeignPeer peer = ForeignPeer.listen("--dht", mode, "--dht-protocol", protocol, "--timeout", "100000");
        foreign.add(peer);
        return peer;
    }

    @Override
    public void close() {
        foreign.forEach(ForeignPeer::close);
        peers.forEach(peer -> {
            peer.routing.close();
            peer.host.close();
            peer.identity.close();
        });
        tcp.close();
    }
}
