// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;

/**
 * Peers in one thread with a clock that is moved by what happens: an answer takes 20 to 300 ms, silence ten seconds.
 * One seed gives one course of events.
 */
final class VirtualNetwork {

    static final long SILENCE = 10_000;

    final SplittableRandom random;
    final Places places;
    final LookupOptions options;
    private final Diversity diversity;
    private final Map<PeerId, Node> nodes = new LinkedHashMap<>();
    Instant now = Instant.parse("2030-01-01T00:00:00Z");

    /** How many questions were asked in all. */
    int questions;

    VirtualNetwork(long seed, Diversity diversity) {
        this.random = new SplittableRandom(seed);
        this.places = new Places(random);
        this.diversity = diversity;
        this.options = LookupOptions.standard(diversity);
    }

    /** One peer. */
    final class Node implements Responder.Around {
        final Contact contact;
        final RoutingTable table;
        final ProviderStore providers;
        final RecordStore records;
        private final Responder responder;
        /** What it answers; nothing for silence. */
        BiFunction<PeerId, KadMessage, Optional<KadMessage>> behaviour = this::honest;
        boolean alive = true;

        Node(Contact contact) {
            this.contact = contact;
            table = new RoutingTable(contact.key(), diversity);
            providers = new ProviderStore(contact.key(), StoreLimits.PROVIDERS);
            records = new RecordStore(contact.key(), new Validators(), StoreLimits.RECORDS);
            responder = new Responder(contact.id(), new Responder.Stores(table, records, providers), this);
        }

        PeerId id() {
            return contact.id();
        }

        Optional<KadMessage> honest(PeerId from, KadMessage question) {
            try {
                return Optional.of(responder.answer(from, responder.check(question, now), now).orElse(question));
            } catch (IOException refused) {
                return Optional.empty();
            }
        }

        @Override
        public AddressRules rules() {
            return new AddressRules(true, false);
        }

        @Override
        public List<Multiaddr> known(PeerId peer) {
            return peer.equals(id()) ? contact.addresses() : List.of();
        }

        @Override
        public boolean provides(Octets content) {
            return false;
        }

        Lookup lookup(Octets key) {
            KadKey target = KadKey.of(key);
            return new Lookup(target, id(), table.closest(target, options.count()), options);
        }
    }

    Node add(Contact contact) {
        var node = new Node(contact);
        nodes.put(node.id(), node);
        return node;
    }

    List<Node> add(int count) {
        List<Node> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add(places.contact()));
        }
        return added;
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    Node node(PeerId peer) {
        return nodes.get(peer);
    }

    List<Node> living() {
        return nodes.values().stream().filter(node -> node.alive).toList();
    }

    /** Each peer meets all others in some order, and keeps those that find room. */
    void introduceAll() {
        List<Node> order = new ArrayList<>(nodes.values());
        for (Node node : nodes.values()) {
            Collections.shuffle(order, new Random(random.nextLong()));
            for (Node other : order) {
                if (other != node && node.table.hasRoom(other.contact)) {
                    node.table.add(other.contact, now);
                }
            }
        }
    }

    /** The peers that are really the closest of those that live. */
    List<PeerId> closest(Octets key, int count) {
        KadKey target = KadKey.of(key);
        return living().stream().map(node -> node.contact)
                .sorted(Comparator.comparing((Contact contact) -> contact.key().distance(target))).limit(count)
                .map(Contact::id).toList();
    }

    Node random() {
        List<Node> living = living();
        return living.get(random.nextInt(living.size()));
    }

    /** What a lookup does with each answer. */
    interface Visit {
        void answered(Contact from, KadMessage answer);
    }

    /** Runs a lookup to its end; gives how many milliseconds it took. */
    long run(Node asker, Lookup lookup, KadMessage question, Visit visit) {
        record Arrival(long at, int number, Contact from, Optional<KadMessage> answer) {
        }
        var arrivals = new PriorityQueue<Arrival>(Comparator.comparingLong(Arrival::at).thenComparingInt(Arrival::number));
        var start = new HashMap<PeerId, Integer>();
        long time = 0;
        while (!lookup.isDone()) {
            for (Contact peer : lookup.next()) {
                if (start.merge(peer.id(), 1, Integer::sum) > 1) {
                    throw new AssertionError("asked twice: " + peer.id());
                }
                questions++;
                Optional<KadMessage> answer = ask(asker.id(), peer, question);
                long delay = answer.isPresent() ? random.nextLong(20, 300) : SILENCE;
                arrivals.add(new Arrival(time + delay, questions, peer, answer));
            }
            Arrival next = arrivals.poll();
            if (next == null) {
                if (!lookup.isDone()) {
                    throw new AssertionError("the lookup neither asks nor ends");
                }
                break;
            }
            time = next.at();
            if (next.answer().isPresent()) {
                Multiaddr where = Optional.ofNullable(nodes.get(next.from().id())).map(node -> node.contact)
                        .orElse(next.from()).addresses().getFirst();
                lookup.answered(next.from().id(), Optional.of(where), next.answer().get().closer().stream()
                        .filter(peer -> !peer.addresses().isEmpty())
                        .map(peer -> new Contact(peer.id(), peer.addresses())).toList());
                visit.answered(next.from(), next.answer().get());
            } else {
                lookup.failed(next.from().id());
            }
        }
        return time;
    }

    Lookup find(Node asker, Octets key) {
        Lookup lookup = asker.lookup(key);
        run(asker, lookup, KadMessage.of(KadType.FIND_NODE, key), (from, answer) -> { });
        return lookup;
    }

    /** Asks one peer. */
    Optional<KadMessage> ask(PeerId from, Contact peer, KadMessage question) {
        Node node = nodes.get(peer.id());
        return node == null || !node.alive ? Optional.empty() : node.behaviour.apply(from, question);
    }

    static List<PeerId> ids(Collection<Contact> contacts) {
        return contacts.stream().map(Contact::id).collect(Collectors.toList());
    }

    /** Which part of the wanted ones is there. */
    static double share(Collection<PeerId> wanted, Collection<PeerId> found) {
        return (double) wanted.stream().filter(found::contains).count() / wanted.size();
    }
}
