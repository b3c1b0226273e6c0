// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.Routing;
import io.peerwerk.routing.RoutingSnapshot;

/** A routing whose tables and answers are what the test says. */
public final class FakeRouting implements Routing {
    /** What a search comes to. */
    @FunctionalInterface
    public interface Finding {
        Optional<FoundPeer> find(PeerId peer) throws IOException;
    }

    public final List<RoutingSnapshot.Table> tables = new ArrayList<>();
    public volatile Finding finding = peer -> Optional.empty();

    /** A table in which each bucket has the peers with these numbers. */
    public static RoutingSnapshot.Table table(String protocol, RoutingSnapshot.Bucket... buckets) {
        return new RoutingSnapshot.Table(protocol, true, 1200, 3, 4, List.of(buckets));
    }

    public static RoutingSnapshot.Bucket bucket(int sharedBits, int... peers) {
        List<RoutingSnapshot.Entry> entries = new ArrayList<>();
        for (int number : peers) {
            entries.add(new RoutingSnapshot.Entry(FakeNode.id(number), List.of(Multiaddr.of("/ip4/192.0.2.7/tcp/" + (5000 + number))),
                    FakeNode.THEN, FakeNode.THEN.plusSeconds(number)));
        }
        return new RoutingSnapshot.Bucket(sharedBits, entries);
    }

    @Override
    public RoutingSnapshot snapshot() {
        return new RoutingSnapshot(tables);
    }

    @Override
    public Optional<FoundPeer> findPeer(PeerId peer) throws IOException {
        return finding.find(peer);
    }

    @Override
    public List<FoundPeer> closestPeers(byte[] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int provide(Cid content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unprovide(Cid content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FoundPeer> findProviders(Cid content, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int putValue(byte[] key, byte[] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> getValue(byte[] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int publishName(String value, Duration lifetime) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<NameRecord> resolveName(PeerId name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offer(PeerId peer, Collection<Multiaddr> addresses) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doubt(PeerId peer) {
        throw new UnsupportedOperationException();
    }
}
