// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.Lookup;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where peers are. Calls block. */
final class Finding {

    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

    /** Addresses of a peer that are collected, at most. */
    private static final int MAX_ADDRESSES = 32;

    private final Dht dht;
    private final Host host;

    Finding(Dht dht, Host host) {
        this.dht = dht;
        this.host = host;
    }

    /** The closest peers that answer. */
    List<FoundPeer> closest(Octets key) throws IOException {
        Lookup lookup = dht.closest(KadMessage.of(KadType.FIND_NODE, key), new Dht.Visit());
        return lookup.closest().stream().map(contact -> new FoundPeer(contact.id(), contact.addresses())).toList();
    }

    /**
     * Where a peer is. Ends as soon as it has been reached at one of the addresses that others tell; if it cannot be
     * reached, all that was told is given.
     */
    Optional<FoundPeer> peer(PeerId peer) throws IOException {
        var search = new Search(peer);
        try {
            dht.closest(KadMessage.of(KadType.FIND_NODE, new Octets(peer.toBytes())), search);
            return search.result();
        } finally {
            search.end();
        }
    }

    /** What others tell of the peer. */
    private final class Search extends Dht.Visit {

        private final PeerId peer;
        private final Set<Multiaddr> told = new LinkedHashSet<>();
        private final AtomicReference<@Nullable Multiaddr> reached = new AtomicReference<>();
        private final List<Thread> dials = new ArrayList<>();

        Search(PeerId peer) {
            this.peer = peer;
        }

        @Override
        void answered(Contact from, KadMessage answer) {
            List<Multiaddr> fresh = new ArrayList<>();
            for (KadPeer other : answer.closer()) {
                if (other.id().equals(peer)) {
                    dht.rules().tellable(other.addresses()).stream().filter(a -> told.size() < MAX_ADDRESSES)
                            .filter(told::add).forEach(fresh::add);
                }
            }
            if (!fresh.isEmpty()) {
                dials.add(Thread.ofVirtual().name("routing-dial-" + peer.brief()).start(() -> dial(fresh)));
            }
        }

        private void dial(List<Multiaddr> addresses) {
            try {
                Connection connection = host.connect(peer, addresses);
                reached.set(connection.initiator() ? connection.remoteAddress() : addresses.getFirst());
                wake();
            } catch (IOException e) {
                LOG.debug("{} is not where others say: {}", peer.brief(), e.getMessage());
            }
        }

        @Override
        boolean enough() {
            return reached.get() != null;
        }

        Optional<FoundPeer> result() {
            Set<Multiaddr> all = new LinkedHashSet<>();
            Multiaddr proved = reached.get();
            if (proved != null) {
                all.add(proved);
            }
            all.addAll(told);
            return all.isEmpty() ? Optional.empty() : Optional.of(new FoundPeer(peer, List.copyOf(all)));
        }

        void end() {
            dials.forEach(Thread::interrupt);
        }
    }
}
