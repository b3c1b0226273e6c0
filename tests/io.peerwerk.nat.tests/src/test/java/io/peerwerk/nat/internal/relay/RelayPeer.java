// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/** A host that can use relays and, if wanted, is one. */
public final class RelayPeer implements AutoCloseable {

    private final Transport below;
    private final List<SecureChannel> channels;
    private final RelayServer server;
    private final RelayTransport transport;
    private final SwitchHost host;

    private RelayPeer(HostOptions options, Transport below, RelayOptions relays, SecureChannel... channels) {
        this(Identity.generate(new SecureRandom()), options, below, relays,
                channels.length > 0 ? channels : new SecureChannel[] {new NoiseChannel()});
    }

    private RelayPeer(Identity identity, HostOptions options, Transport below, RelayOptions relays,
            SecureChannel... channels) {
        this.below = below;
        this.channels = List.of(channels);
        this.host = new SwitchHost(identity, options, List.of(below), this.channels, List.of(new YamuxMuxer()));
        this.transport = new RelayTransport(host, host, InstantSource.system());
        this.server = relays == null ? null : new RelayServer(host, identity, relays, InstantSource.system());
        host.add(transport);
    }

    /** Listens on loopback and relays for others. With Noise, if no channels are given. */
    public static RelayPeer relaying(RelayOptions options, SecureChannel... channels) {
        return new RelayPeer(HostOptions.local(), new TcpTransport(), options, channels);
    }

    /** Listens nowhere, as if behind a translator. With Noise, if no channels are given. */
    public static RelayPeer hidden(SecureChannel... channels) {
        return new RelayPeer(HostOptions.standard(), new TcpTransport(), null, channels);
    }

    /** Listens on loopback, uses relays. */
    public static RelayPeer open() {
        return over(new TcpTransport());
    }

    /** Listens on loopback over a transport of the test's own, uses relays. */
    public static RelayPeer over(Transport below) {
        return new RelayPeer(HostOptions.local(), below, null);
    }

    /** A host all of whose parts are chosen. */
    public static RelayPeer of(Identity identity, HostOptions options, Transport below, boolean relaying) {
        return new RelayPeer(identity, options, below, relaying ? RelayOptions.standard() : null,
                new NoiseChannel());
    }

    public SwitchHost host() {
        return host;
    }

    RelayServer server() {
        return server;
    }

    RelayTransport transport() {
        return transport;
    }

    /** The address that this relay is listened through. */
    public Multiaddr way() {
        return Hosts.address(host).encapsulate(Multiaddr.of("/p2p-circuit"));
    }

    /** The address of a peer through this relay. */
    public Multiaddr to(RelayPeer target) {
        return way().withPeer(target.host().id());
    }

    @Override
    public void close() {
        transport.close();
        if (server != null) {
            server.close();
        }
        host.close();
        Stream.concat(Stream.of(below), channels.stream()).forEach(Hosts::close);
    }
}
