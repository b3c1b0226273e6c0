// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Real hosts on loopback with gossip on top, at two and a half times its usual speed. */
final class RunningPeers implements AutoCloseable {

    static final Duration PERIOD = Duration.ofMillis(400);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of the services that are started from now on, but for the bootstrap peers. */
    GossipOptions options = GossipOptions.standard().withPeriod(PERIOD);

    private static final Multiaddr QUIC = Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1");

    private final List<QuicTransport> quicTransports = new ArrayList<>();
    private final TcpTransport transport = new TcpTransport();
    private final List<SwitchHost> hosts = new ArrayList<>();
    private final Map<PeerId, Identity> identities = new HashMap<>();
    private final List<GossipService> services = new ArrayList<>();

    /** One peer: its host and its gossip. */
    record Peer(SwitchHost host, GossipService gossip) {
        PeerId id() {
            return host.id();
        }

        Multiaddr address() {
            return RunningPeers.address(host);
        }

        MemberState sees(Peer other) {
            return gossip.find(other.id()).map(Member::state).orElse(null);
        }
    }

    Peer start(Multiaddr... bootstrap) {
        SwitchHost host = host(Identity.generate(new SecureRandom()), HostOptions.local());
        return new Peer(host, gossip(host, bootstrap));
    }

    List<Peer> startAll(int count) {
        List<Peer> peers = new ArrayList<>();
        peers.add(start());
        while (peers.size() < count) {
            peers.add(start(peers.getFirst().address()));
        }
        awaitAllAlive(peers);
        return peers;
    }

    SwitchHost host(Identity identity, HostOptions options) {
        return host(identity, options, transport);
    }

    /** A peer that is reached over QUIC and nothing else. */
    Peer startOverQuic(Multiaddr... bootstrap) {
        Identity identity = Identity.generate(new SecureRandom());
        var quic = new QuicTransport(identity);
        quicTransports.add(quic);
        SwitchHost host = host(identity, HostOptions.local().listeningOn(List.of(QUIC)), quic);
        return new Peer(host, gossip(host, bootstrap));
    }

    private SwitchHost host(Identity identity, HostOptions options, Transport over) {
        var host = new SwitchHost(identity, options, List.of(over), List.of(new NoiseChannel()),
                List.of(new YamuxMuxer()));
        hosts.add(host);
        identities.put(host.id(), identity);
        return host;
    }

    GossipService gossip(Host host, Multiaddr... bootstrap) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var service = new GossipService(host, identities.get(host.id()),
                options.withBootstrap(Arrays.asList(bootstrap)), InstantSource.system(), new SplittableRandom(seed));
        services.add(service);
        return service;
    }

    static Multiaddr address(Host host) {
        return host.addresses().getFirst().withPeer(host.id());
    }

    static void awaitAllAlive(List<Peer> peers) {
        await().atMost(PATIENCE).until(() -> peers.stream().allMatch(peer -> peers.stream()
                .allMatch(other -> other == peer || peer.sees(other) == MemberState.ALIVE)));
    }

    static void awaitAllSee(List<Peer> peers, Peer other, MemberState state) {
        await().atMost(PATIENCE).until(() -> peers.stream()
                .allMatch(peer -> peer == other || peer.sees(other) == state));
    }

    @Override
    public void close() {
        services.forEach(GossipService::close);
        hosts.forEach(SwitchHost::close);
        transport.close();
        quicTransports.forEach(QuicTransport::close);
    }
}
