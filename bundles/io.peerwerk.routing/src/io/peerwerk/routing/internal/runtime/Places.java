// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.internal.kad.AddressRules;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.Responder;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Identification;
import org.jspecify.annotations.Nullable;

/** Where peers of one table are, of all places where they may be. Thread-safe. */
final class Places {

    /** Addresses of a peer in the table, at most. */
    private static final int MAX_ADDRESSES = 16;

    private final Host host;
    private final DhtOptions options;
    private volatile @Nullable Derived derived;

    /** The rules that follow from addresses of the host: asked for with each question, and seldom others. */
    private record Derived(List<Multiaddr> own, AddressRules rules) {
    }

    Places(Host host, DhtOptions options) {
        this.host = host;
        this.options = options;
    }

    /** Which addresses belong into the table now. A host that listens on this machine alone has its peers there. */
    AddressRules rules() {
        List<Multiaddr> own = host.addresses();
        Derived last = derived;
        if (last == null || !last.own().equals(own)) {
            last = new Derived(own, rules(own));
            derived = last;
        }
        return last.rules();
    }

    private AddressRules rules(List<Multiaddr> own) {
        var machine = new AddressRules(options.everywhere(), true);
        var beyond = new AddressRules(options.everywhere(), false);
        boolean alone = !own.isEmpty() && own.stream().allMatch(a -> machine.isDiallable(a) && !beyond.isDiallable(a));
        return options.loopback() || alone ? machine : beyond;
    }

    /**
     * A peer that may stand in the table: it was at an address that belongs there.
     *
     * @param entry   where it was
     * @param claimed where it or others say it is as well
     */
    Optional<Contact> contact(PeerId peer, Optional<Multiaddr> entry, Collection<Multiaddr> claimed) {
        AddressRules rules = rules();
        return entry.filter(rules::isDiallable).map(first -> {
            List<Multiaddr> addresses = new ArrayList<>(List.of(first));
            rules.diallable(claimed).stream().filter(address -> !address.equals(first)).limit(MAX_ADDRESSES - 1)
                    .forEach(addresses::add);
            return new Contact(peer, addresses);
        });
    }

    /** The peers of an answer that can be asked. */
    List<Contact> closer(KadMessage answer) {
        AddressRules rules = rules();
        List<Contact> closer = new ArrayList<>();
        for (KadPeer peer : answer.closer()) {
            List<Multiaddr> addresses = rules.diallable(peer.addresses());
            if (!addresses.isEmpty() && !peer.id().equals(host.id())) {
                closer.add(new Contact(peer.id(), addresses));
            }
        }
        return closer;
    }

    /** What an answer to others is made from, besides the table. */
    Responder.Around around(Predicate<Octets> provides) {
        return new Responder.Around() {
            @Override
            public AddressRules rules() {
                return Places.this.rules();
            }

            @Override
            public List<Multiaddr> known(PeerId peer) {
                return peer.equals(host.id()) ? host.addresses()
                        : host.connection(peer).map(Places::whereabouts).orElse(List.of());
            }

            @Override
            public boolean provides(Octets content) {
                return provides.test(content);
            }
        };
    }

    /** Where a connected peer can be dialled: where it was, and where it says it is. */
    static List<Multiaddr> whereabouts(Connection connection) {
        List<Multiaddr> all = new ArrayList<>();
        if (connection.initiator()) {
            all.add(connection.remoteAddress());
        }
        connection.identification().map(Identification::listenAddresses).ifPresent(all::addAll);
        return all.stream().distinct().toList();
    }
}
