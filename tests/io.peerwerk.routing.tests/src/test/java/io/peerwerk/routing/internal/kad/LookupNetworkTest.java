// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.routing.internal.kad.VirtualNetwork.Node;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import org.junit.jupiter.api.Test;

/** Lookups in a network of a thousand peers. The seed stands in each test. */
class LookupNetworkTest {

    private static final int PEERS = 1000;
    private static final int LOOKUPS = 60;

    private static VirtualNetwork network(long seed) {
        var network = new VirtualNetwork(seed, Diversity.STANDARD);
        network.add(PEERS);
        network.introduceAll();
        return network;
    }

    /** The share of the true closest that lookups of random peers for random keys find. */
    private static double found(VirtualNetwork network, String what) {
        double sum = 0;
        int asked = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            Octets key = network.places.content();
            Node asker = network.random();
            Lookup lookup = network.find(asker, key);
            List<PeerId> wanted = new ArrayList<>(network.closest(key, 21));
            wanted.remove(asker.id());
            wanted = wanted.subList(0, 20);
            sum += VirtualNetwork.share(wanted, VirtualNetwork.ids(lookup.closest()));
            asked += lookup.asked();
        }
        System.out.printf("%s: %.3f of the closest found, %d asked on average%n", what, sum / LOOKUPS, asked / LOOKUPS);
        assertTrue(asked / LOOKUPS < 120, "a lookup asks " + asked / LOOKUPS);
        return sum / LOOKUPS;
    }

    @Test
    void theTrueClosestAreFound() {
        assertTrue(found(network(1), "all well") > 0.99);
    }

    @Test
    void theTrueClosestAreFoundWhereAFifthIsSilent() {
        VirtualNetwork network = network(2);
        network.nodes().stream().filter(node -> network.random.nextInt(5) == 0).forEach(node -> node.alive = false);
        assertTrue(found(network, "a fifth is silent") > 0.97);
    }

    @Test
    void theTrueClosestAreFoundWhilePeersComeAndGo() {
        VirtualNetwork network = network(3);
        for (int i = 0; i < PEERS / 8; i++) {
            network.random().alive = false;
            join(network);
        }
        assertTrue(found(network, "an eighth has been replaced") > 0.95);
    }

    /** A new peer asks one that it knows for those close to itself; those it asks learn of it. */
    private static void join(VirtualNetwork network) {
        Node gate = network.random();
        Node node = network.add(network.places.contact());
        node.table.add(gate.contact, network.now);
        Lookup lookup = network.find(node, new Octets(node.id().toBytes()));
        for (Contact contact : lookup.closest()) {
            node.table.add(contact, network.now);
            network.node(contact.id()).table.add(node.contact, network.now);
        }
        for (int bucket = 0; bucket < 4; bucket++) {
            Octets place = new Octets(network.places.peerAt(node.contact.key(), bucket).toBytes());
            network.find(node, place).closest().forEach(contact -> node.table.add(contact, network.now));
        }
    }

    /** Everybody who is asked tells of twenty peers that are closer still, all of whom answer alike. */
    @Test
    void aLookupEndsWhereEverybodyTellsOfCloserPeersWithoutEnd() {
        var network = new VirtualNetwork(4, Diversity.STANDARD);
        Node asker = network.add(network.places.contact());
        Octets key = network.places.content();
        KadKey target = KadKey.of(key);
        var lookup = new Lookup(target, asker.id(), network.places.contacts(20), network.options);
        int asked = 0;
        while (!lookup.isDone()) {
            for (Contact contact : lookup.next()) {
                asked++;
                lookup.answered(contact.id(), Optional.of(contact.addresses().getFirst()), closer(network, contact, target));
            }
        }
        assertEquals(network.options.maxAsked(), asked);
        assertEquals(20, lookup.closest().size());
        lookup.known().values().forEach(known -> assertTrue(known <= Lookup.MAX_KNOWN, known + " are remembered"));
    }

    /** As close as one likes: ids cannot be computed from places, but a liar may know more of them than anybody. */
    private static List<Contact> closer(VirtualNetwork network, Contact than, KadKey target) {
        List<Contact> closer = new ArrayList<>();
        KadKey distance = than.key().distance(target);
        for (int i = 1; i <= 20; i++) {
            KadKey nearer = new KadKey(distance.a() >>> 1, distance.b(), distance.c(), distance.d() ^ i);
            closer.add(new Contact(network.places.peer(), nearer.distance(target), List.of(network.places.anywhere())));
        }
        return closer;
    }

    // ---- sybils

    /** What became of the announcements of one content that sybils crowd. */
    private record Crowded(double honestHolders, double found) {
    }

    /**
     * Sybils, each nearer to a key than all honest peers, in a few networks, who keep nothing and tell of each other
     * alone. An honest peer announces content under the key, and others look for it.
     */
    private static Crowded crowd(long seed, Diversity diversity, int networks) {
        var network = new VirtualNetwork(seed, diversity);
        network.add(500);
        Octets key = network.places.content();
        KadKey target = KadKey.of(key);
        KadKey nearest = KadKey.of(network.closest(key, 1).getFirst()).distance(target);
        List<Node> sybils = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sybils.add(network.add(new Contact(network.places.peerWithin(target, nearest),
                    List.of(network.places.in(150, i % networks)))));
        }
        network.introduceAll();
        List<KadPeer> told = sybils.stream().limit(20).map(sybil -> sybil.contact.toPeer()).toList();
        sybils.forEach(sybil -> sybil.behaviour = (from, question) ->
                Optional.of(new KadMessage(question.type(), question.key(), null, told, List.of())));
        Set<PeerId> bad = new HashSet<>(sybils.stream().map(Node::id).toList());
        List<Node> honest = network.living().stream().filter(node -> !bad.contains(node.id())).toList();

        Node provider = honest.getFirst();
        List<Contact> holders = network.find(provider, key).closest();
        holders.forEach(holder -> network.ask(provider.id(), holder,
                KadMessage.announce(key, provider.contact.toPeer())));
        int found = 0;
        for (Node seeker : honest.subList(1, 51)) {
            var providers = new HashSet<PeerId>();
            network.run(seeker, seeker.lookup(key), KadMessage.of(KadType.GET_PROVIDERS, key),
                    (from, answer) -> answer.providers().forEach(peer -> providers.add(peer.id())));
            found += providers.contains(provider.id()) ? 1 : 0;
        }
        return new Crowded(holders.stream().filter(holder -> !bad.contains(holder.id())).count(), found / 50.0);
    }

    @Test
    void sybilsOfFewNetworksHideNothing() {
        Crowded guarded = crowd(5, Diversity.STANDARD, 4);
        Crowded open = crowd(5, Diversity.NONE, 4);
        System.out.printf("40 sybils in 4 networks: %.0f of 20 holders are honest and %.2f find it; without limits %.0f and %.2f%n",
                guarded.honestHolders(), guarded.found(), open.honestHolders(), open.found());
        assertTrue(guarded.honestHolders() >= 8);
        assertEquals(1.0, guarded.found());
        assertEquals(0, open.honestHolders(), "the attack would work otherwise, so that this test means something");
    }

    /** What does not hold: whoever has addresses in as many networks as there are places can hide a key. */
    @Test
    void sybilsOfManyNetworksCrowdHonestHoldersOut() {
        Crowded crowded = crowd(6, Diversity.STANDARD, 40);
        System.out.printf("40 sybils in 40 networks: %.0f of 20 holders are honest and %.2f find it%n",
                crowded.honestHolders(), crowded.found());
        assertEquals(0, crowded.honestHolders());
    }

    // ---- providing early

    @Test
    void theSizeOfTheNetworkIsEstimated() {
        VirtualNetwork network = network(7);
        var size = new NetworkSize();
        for (int i = 0; i < 40; i++) {
            Octets key = network.places.content();
            size.observe(KadKey.of(key), network.find(network.random(), key).closest());
        }
        System.out.println(PEERS + " peers seem to be " + size.estimate());
        assertTrue(size.estimate() > PEERS * 0.8 && size.estimate() < PEERS * 1.2, size.estimate() + "");
    }

    @Test
    void fewPlacesThatAreCrowdedDoNotChangeTheEstimate() {
        VirtualNetwork network = network(8);
        var size = new NetworkSize();
        for (int i = 0; i < 30; i++) {
            Octets key = network.places.content();
            List<Contact> closest = new ArrayList<>(network.find(network.random(), key).closest());
            if (i % 3 == 0) {
                KadKey target = KadKey.of(key);
                closest.replaceAll(contact -> new Contact(contact.id(), new KadKey(target.a(), target.b() ^ 1, 0, 0),
                        contact.addresses()));
            }
            size.observe(KadKey.of(key), closest);
        }
        assertTrue(size.estimate() > PEERS * 0.6 && size.estimate() < PEERS * 1.6, size.estimate() + "");
    }

    @Test
    void whoKnowsTheSizeOfTheNetworkTellsTheSamePeersEarlier() {
        VirtualNetwork network = network(9);
        network.nodes().stream().filter(node -> network.random.nextInt(5) == 0).forEach(node -> node.alive = false);
        double early = 0;
        double late = 0;
        double share = 0;
        for (int i = 0; i < 30; i++) {
            Octets key = network.places.content();
            Node asker = network.random();
            late += provide(network, asker, key, 0, new HashSet<>());
            var told = new HashSet<PeerId>();
            early += provide(network, asker, key, PEERS * 4 / 5, told);
            List<PeerId> wanted = new ArrayList<>(network.closest(key, 21));
            wanted.remove(asker.id());
            share += VirtualNetwork.share(wanted.subList(0, 20), told) / 30;
        }
        System.out.printf("announcing takes %.1f s, and %.1f s where the size is known; %.2f of the closest are told%n",
                late / 30_000, early / 30_000, share);
        assertTrue(early < late * 0.8, early + " of " + late);
        assertTrue(share > 0.8, share + "");
    }

    private static long provide(VirtualNetwork network, Node asker, Octets key, long size, Set<PeerId> told) {
        Lookup lookup = asker.lookup(key);
        var provision = new Provision(lookup, size, 20);
        long time = network.run(asker, lookup, KadMessage.of(KadType.FIND_NODE, key),
                (from, answer) -> provision.next().forEach(contact -> told.add(contact.id())));
        provision.next().forEach(contact -> told.add(contact.id()));
        assertTrue(told.size() <= 20);
        return time;
    }
}
