// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.jspecify.annotations.Nullable;

/** Hosts with public content of one test, closed together. */
final class ContentPeers implements AutoCloseable {

    /** How bytes get from one to the other. */
    enum Way {
        TCP, QUIC
    }

    private final Hosts hosts;
    private final HostOptions options;
    private final Path home;
    private final List<Peer> peers = new ArrayList<>();

    /** One of them. */
    static final class Peer {

        final SwitchHost host;
        final Path directory;
        PublicContentService content;

        private Peer(SwitchHost host, Path directory) {
            this.host = host;
            this.directory = directory;
        }

        /** Blocks that came from somebody else so far. */
        long blocksFrom(Peer other) {
            return content.bitswap().account(other.host.id()).blocksReceived();
        }

        Multiaddr address() {
            return Hosts.address(host);
        }
    }

    ContentPeers(Path home) {
        this(home, Way.TCP);
    }

    ContentPeers(Path home, Way way) {
        this.home = home;
        hosts = way == Way.TCP ? new Hosts(new TcpTransport()) : new Hosts(QuicTransport::new);
        options = way == Way.TCP ? HostOptions.local()
                : HostOptions.local().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1")));
    }

    Peer start() throws IOException {
        return start(o -> o, null);
    }

    Peer start(UnaryOperator<PublicOptions> change, @Nullable Providers providers) throws IOException {
        Peer peer = new Peer(hosts.start(options), home.resolve("peer" + peers.size()));
        peers.add(peer);
        open(peer, change, providers);
        return peer;
    }

    /** Starts the content of a host whose last one is closed. */
    void open(Peer peer, UnaryOperator<PublicOptions> change, @Nullable Providers providers) throws IOException {
        peer.content = new PublicContentService(peer.host,
                change.apply(PublicOptions.in(peer.directory).withPatience(Duration.ofSeconds(20))), providers);
    }

    /** Providers as the test says them, who know content by its hash as the real ones do. */
    static final class Told implements Providers {

        final List<Cid> provided = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger tries = new AtomicInteger();
        final List<Cid> asked = Collections.synchronizedList(new ArrayList<>());
        volatile List<Provider> known = List.of();
        volatile boolean lonely;
        volatile boolean broken;

        @Override
        public List<Provider> find(Cid content, int limit) {
            asked.add(content);
            return known;
        }

        @Override
        public void provide(Cid content) throws IOException {
            tries.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("a defect");
            }
            if (lonely) {
                throw new IOException("nobody is there");
            }
            provided.add(content);
        }

        @Override
        public void unprovide(Cid content) {
            provided.removeIf(other -> other.hash().equals(content.hash()));
        }

        void knows(Peer peer) {
            known = List.of(new Provider(peer.host.id(), peer.host.addresses()));
        }
    }

    @Override
    public void close() {
        for (Peer peer : peers) {
            try {
                peer.content.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        hosts.close();
    }
}
