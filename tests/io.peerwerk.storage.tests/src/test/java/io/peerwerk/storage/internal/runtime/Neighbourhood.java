// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.MembershipListener;
import io.peerwerk.gossip.Role;
import io.peerwerk.storage.internal.transfer.TransferContext.Timing;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/**
 * Real hosts on loopback with real stores, in one JVM. Who is reachable is told by the test, so that it need not wait
 * for gossip to find out.
 */
final class Neighbourhood implements AutoCloseable {

    static final Timing QUICK = new Timing(Duration.ofMillis(300), Duration.ofSeconds(4), Duration.ZERO);

    final List<Node> nodes = new ArrayList<>();
    private final Path home;

    Neighbourhood(Path home, int count) throws IOException {
        this(home, count, options -> options);
    }

    Neighbourhood(Path home, int count, UnaryOperator<StorageOptions> change) throws IOException {
        this.home = home;
        for (int i = 0; i < count; i++) {
            add(change);
        }
    }

    Node add(UnaryOperator<StorageOptions> change) throws IOException {
        Node node = new Node(Identity.generate(new SecureRandom()), home.resolve("node" + nodes.size()));
        nodes.add(node);
        node.start(change);
        nodes.forEach(n -> n.membership.tell(node, MemberState.ALIVE));
        return node;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    /** The node vanishes: its connections break, and the others hear of it. */
    void kill(Node node) throws IOException {
        node.host.close();
        node.storage.close();
        node.alive = false;
        nodes.forEach(n -> n.membership.tell(node, MemberState.DEAD));
    }

    /** The node's host vanishes without a word from gossip. */
    static void cutOff(Node node) {
        node.host.close();
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            node.storage.close();
            node.host.close();
        }
    }

    /** One node. */
    final class Node {

        final Identity identity;
        final Path directory;
        final SwitchHost host;
        final Told membership;
        boolean alive = true;
        StorageService storage;

        private Node(Identity identity, Path directory) {
            this.identity = identity;
            this.directory = directory;
            host = new SwitchHost(identity, HostOptions.local(), List.of(new TcpTransport()),
                    List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
            membership = new Told();
        }

        PeerId id() {
            return host.id();
        }

        /** Can be reached over QUIC from now on, which others prefer. */
        void listenOnQuic() throws IOException {
            host.add(new QuicTransport(identity));
            host.listenOn(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"));
        }

        void start(UnaryOperator<StorageOptions> change) throws IOException {
            StorageOptions options = StorageOptions.in(directory).withOffer(2_000_000_000L).withTiming(QUICK);
            storage = new StorageService(host, membership, change.apply(options), InstantSource.system(),
                    new SecureRandom());
        }

        /** The membership as the test tells it: everybody else, in the state that was told last. */
        final class Told implements Membership {

            private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
            private final List<PeerId> dead = new CopyOnWriteArrayList<>();
            volatile long advertised;

            void tell(Node other, MemberState state) {
                if (other.id().equals(id())) {
                    return;
                }
                if (state == MemberState.DEAD) {
                    dead.add(other.id());
                } else {
                    dead.remove(other.id());
                }
                listeners.forEach(l -> l.changed(null, member(other)));
            }

            private Member member(Node node) {
                MemberState state = dead.contains(node.id()) ? MemberState.DEAD : MemberState.ALIVE;
                return new Member(node.id(), node.host.addresses(), state, 1, Instant.EPOCH, null,
                        node.membership.advertised);
            }

            @Override
            public Member self() {
                return member(Node.this);
            }

            @Override
            public List<Member> members() {
                return List.copyOf(nodes).stream().filter(n -> !n.id().equals(id())).map(this::member).toList();
            }

            @Override
            public Optional<Member> find(PeerId peer) {
                return nodes.stream().filter(n -> n.id().equals(peer)).map(this::member).findFirst();
            }

            @Override
            public Registration listen(MembershipListener listener) {
                listeners.add(listener);
                return () -> listeners.remove(listener);
            }

            @Override
            public void advertise(long offerBytes) {
                advertised = offerBytes;
            }

            @Override
            public void advertise(Role role, boolean does) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void join(Collection<Multiaddr> bootstrap) {
                throw new UnsupportedOperationException();
            }
        }
    }
}
