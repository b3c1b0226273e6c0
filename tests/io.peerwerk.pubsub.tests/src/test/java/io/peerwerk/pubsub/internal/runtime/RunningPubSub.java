// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** Real hosts on loopback that publish and subscribe. */
final class RunningPubSub implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TcpTransport transport = new TcpTransport();
    private final List<Peer> peers = new ArrayList<>();

    /** One peer. */
    static final class Peer implements AutoCloseable {
        private final Identity identity;
        final SwitchHost host;
        final PubSubService pubsub;
        private final BlockingQueue<PubSubMessage> heard = new LinkedBlockingQueue<>();

        private Peer(SwitchHost host, Identity identity, GossipsubOptions options, List<Multiaddr> direct) {
            this.identity = identity;
            this.host = host;
            this.pubsub = new PubSubService(host, identity, options, direct);
        }

        PeerId id() {
            return host.id();
        }

        Multiaddr address() {
            return Hosts.address(host);
        }

        Registration subscribe(String topic) {
            return pubsub.subscribe(topic, heard::add);
        }

        /** The next message. */
        PubSubMessage hear() throws InterruptedException {
            PubSubMessage message = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing was heard; " + pubsub.state());
            }
            return message;
        }

        boolean hasHeardNothingElse() {
            return heard.isEmpty();
        }

        void awaitPeer(String topic, PeerId other) {
            await().atMost(PATIENCE).until(() -> pubsub.peers(topic).contains(other));
        }

        void awaitMesh(String topic, PeerId other) {
            await().atMost(PATIENCE).until(() -> pubsub.state().topics().stream()
                    .anyMatch(t -> t.name().equals(topic) && t.mesh().contains(other)));
        }

        @Override
        public void close() {
            pubsub.close();
            host.close();
        }
    }

    Peer start() {
        return start(GossipsubOptions.standard());
    }

    Peer start(GossipsubOptions options) {
        return start(options, List.of());
    }

    Peer start(GossipsubOptions options, List<Multiaddr> direct) {
        Identity identity = Peers.identity();
        var host = new SwitchHost(identity, HostOptions.local(), List.of(transport), List.of(new NoiseChannel()),
                List.of(new YamuxMuxer()));
        var peer = new Peer(host, identity, options, direct);
        peers.add(peer);
        return peer;
    }

    /** The same host with another service, as after an update of the bundle. */
    Peer replaced(Peer before) {
        before.pubsub.close();
        var after = new Peer(before.host, before.identity, GossipsubOptions.standard(), List.of());
        peers.add(after);
        return after;
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        transport.close();
    }
}
