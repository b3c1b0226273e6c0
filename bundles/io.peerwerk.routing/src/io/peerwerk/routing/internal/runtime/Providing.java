// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.Lookup;
import io.peerwerk.routing.internal.kad.Provision;
import io.peerwerk.routing.internal.kad.RoutingTable;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;

/** Who has what: announces this peer and finds others. Calls block. */
final class Providing {

    /** So many peers are heard before a search ends early, since one alone could make up as many as are wanted. */
    private static final int HEARD = 3;

    private final Dht dht;
    private final PeerId self;
    private final Supplier<Collection<Multiaddr>> addresses;

    Providing(Dht dht, PeerId self, Supplier<Collection<Multiaddr>> addresses) {
        this.dht = dht;
        this.self = self;
        this.addresses = addresses;
    }

    /** Tells the closest peers; gives how many. */
    int provide(Octets content) throws IOException {
        Lookup lookup = dht.lookup(content);
        var provision = new Provision(lookup, dht.networkSize(), RoutingTable.BUCKET_SIZE);
        var own = new KadPeer(self, dht.rules().tellable(addresses.get()));
        var fan = new Fan(peer -> dht.tell(peer, KadMessage.announce(content, own)));
        dht.run(lookup, KadMessage.of(KadType.FIND_NODE, content), new Dht.Visit() {
            @Override
            void answered(Contact peer, KadMessage answer) {
                provision.next().forEach(fan::start);
            }
        });
        lookup.stop();
        provision.next().forEach(fan::start);
        return fan.await(dht.telling());
    }

    /** Those that others say have it; those of whom most say so first. */
    List<FoundPeer> find(Octets content, int limit) throws IOException {
        var found = new Found(limit);
        KadMessage question = KadMessage.of(KadType.GET_PROVIDERS, content);
        dht.askSelf(question).ifPresent(answer -> found.add(answer.providers()));
        dht.closest(question, found);
        return found.list();
    }

    /** Providers, each with how many have told of it. */
    private final class Found extends Dht.Visit {

        /** More are not kept, whatever others say. */
        private static final int MAX_KEPT = 1024;

        private final int limit;
        private final Map<PeerId, List<Multiaddr>> addressesOf = new LinkedHashMap<>();
        private final Map<PeerId, Integer> votes = new LinkedHashMap<>();
        private int heard;

        Found(int limit) {
            this.limit = limit;
        }

        @Override
        void answered(Contact peer, KadMessage answer) {
            heard++;
            add(answer.providers());
        }

        void add(List<KadPeer> providers) {
            for (KadPeer provider : providers) {
                boolean room = votes.containsKey(provider.id()) || votes.size() < MAX_KEPT;
                if (room && !provider.id().equals(self)) {
                    votes.merge(provider.id(), 1, Integer::sum);
                    addressesOf.merge(provider.id(), dht.rules().tellable(provider.addresses()), Found::union);
                }
            }
        }

        private static List<Multiaddr> union(List<Multiaddr> one, List<Multiaddr> other) {
            List<Multiaddr> all = new ArrayList<>(one);
            other.stream().filter(address -> !one.contains(address)).forEach(all::add);
            return all.stream().limit(32).toList();
        }

        @Override
        boolean enough() {
            return votes.size() >= limit && heard >= HEARD;
        }

        List<FoundPeer> list() {
            return votes.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(limit)
                    .map(entry -> new FoundPeer(entry.getKey(), addressesOf.get(entry.getKey()))).toList();
        }
    }
}
