// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.HostLoad;
import io.peerwerk.transport.Identification;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.StreamHandler;

/** A host that notes what it is told and reaches nobody. */
final class FakeHost implements Host {

    final PeerId id = Peers.id();
    final Map<PeerId, List<Multiaddr>> remembered = new ConcurrentHashMap<>();
    final Map<PeerId, List<Multiaddr>> dialled = new ConcurrentHashMap<>();
    /** Dials hang until this opens. */
    final CountDownLatch answers = new CountDownLatch(1);
    volatile List<Multiaddr> addresses;

    FakeHost(String... addresses) {
        this.addresses = Peers.addresses(addresses);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public List<Multiaddr> addresses() {
        return addresses;
    }

    @Override
    public Map<Multiaddr, String> refusedAddresses() {
        return Map.of();
    }

    @Override
    public Connection connect(PeerId peer, Collection<Multiaddr> at) throws IOException {
        dialled.put(peer, List.copyOf(at));
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("nobody is there");
    }

    @Override
    public Connection connect(Multiaddr address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream open(PeerId peer, String protocol) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remember(PeerId peer, Collection<Multiaddr> at) {
        remembered.put(peer, List.copyOf(at));
    }

    @Override
    public List<Multiaddr> known(PeerId peer) {
        return remembered.getOrDefault(peer, List.of());
    }

    @Override
    public List<Connection> connections() {
        return List.of();
    }

    @Override
    public Optional<Connection> connection(PeerId peer) {
        return Optional.empty();
    }

    @Override
    public Registration handle(String protocol, StreamHandler handler) {
        return () -> { };
    }

    @Override
    public Registration listen(ConnectionListener listener) {
        return () -> { };
    }

    @Override
    public Duration ping(PeerId peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Identification identify(PeerId peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HostLoad load() {
        throw new UnsupportedOperationException();
    }
}
