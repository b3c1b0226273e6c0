// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.internal.record.IpnsEntry;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import org.junit.jupiter.api.Test;

/** What a peer keeps for others, and what it answers. */
class StoresTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final Places places = new Places(new SplittableRandom(2));
    private final Identity identity = Identity.generate(new SecureRandom());
    private final VirtualNetwork network = new VirtualNetwork(1, Diversity.STANDARD);
    private final VirtualNetwork.Node node = network.add(network.places.contact());

    private ProviderStore providers(int perKey, int perPeer, int total, long bytes) {
        return new ProviderStore(node.contact.key(), new StoreLimits(perKey, perPeer, total, bytes, Duration.ofHours(48)));
    }

    // ---- providers

    @Test
    void anAnnouncementIsKeptForTwoDaysUnlessItIsMadeAgain() throws IOException {
        ProviderStore store = providers(10, 10, 10, 1 << 20);
        Octets content = places.content();
        Contact one = places.contact();
        Contact two = places.contact();
        store.add(content, one, NOW);
        store.add(content, two, NOW);
        store.add(content, one, NOW.plus(DAY));
        assertEquals(List.of(one, two), store.get(content, 10, NOW.plus(DAY.multipliedBy(2)).minusMillis(1)));
        assertEquals(List.of(one), store.get(content, 10, NOW.plus(DAY.multipliedBy(2))));
        assertEquals(List.of(), store.get(content, 10, NOW.plus(DAY.multipliedBy(3))));
        assertEquals(0, store.size());
        assertEquals(0, store.bytes());
    }

    @Test
    void aKeyHasSoManyProvidersAndTheOldestGivesWay() throws IOException {
        ProviderStore store = providers(3, 10, 100, 1 << 20);
        Octets content = places.content();
        List<Contact> contacts = places.contacts(4);
        for (Contact contact : contacts) {
            store.add(content, contact, NOW);
        }
        assertEquals(contacts.subList(1, 4).reversed(), store.get(content, 10, NOW));
        assertEquals(3, store.size());
    }

    @Test
    void aPeerAnnouncesSoMuchAndNoMore() throws IOException {
        ProviderStore store = providers(10, 5, 100, 1 << 20);
        Contact flooder = places.contact();
        Octets first = places.content();
        store.add(first, flooder, NOW);
        for (int i = 0; i < 4; i++) {
            store.add(places.content(), flooder, NOW);
        }
        assertThrows(RefusedException.class, () -> store.add(places.content(), flooder, NOW));
        store.add(first, flooder, NOW);
        store.add(places.content(), places.contact(), NOW);
        assertEquals(6, store.size());
    }

    /** Twenty thousand announcements: the limits hold, and what lies near is there. */
    @Test
    void aFloodOfAnnouncementsIsBoundedAndWhatLiesNearStays() throws IOException {
        long bytes = 200_000;
        ProviderStore store = providers(10, 100, 300, bytes);
        Octets near = new Octets(places.peerAt(node.contact.key(), 12).toBytes());
        Contact honest = places.contact();
        store.add(near, honest, NOW);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            try {
                store.add(places.content(), places.contact(), NOW);
            } catch (RefusedException e) {
                refused++;
            }
            assertTrue(store.size() <= 300 && store.bytes() <= bytes, store.size() + ", " + store.bytes());
        }
        assertTrue(refused > 10_000, refused + " were refused");
        assertEquals(List.of(honest), store.get(near, 10, NOW));
    }

    @Test
    void bytesAreCountedToTheLimit() throws IOException {
        long one = Shelf.OVERHEAD + 34;
        ProviderStore store = providers(10, 10, 10, 2 * one);
        Octets far = new Octets(places.peerAt(node.contact.key(), 0).toBytes());
        Octets farther = new Octets(places.peerAt(node.contact.key(), 0).toBytes());
        store.add(far, new Contact(places.peer(), List.of()), NOW);
        store.add(farther, new Contact(places.peer(), List.of()), NOW);
        assertEquals(2 * one, store.bytes());
        store.add(new Octets(places.peerAt(node.contact.key(), 3).toBytes()), new Contact(places.peer(), List.of()), NOW);
        assertEquals(2 * one, store.bytes());
        assertThrows(RefusedException.class, () -> providers(10, 10, 10, one - 1)
                .add(far, new Contact(places.peer(), List.of()), NOW));
    }

    /** Dropping the farther one alone would not do. */
    @Test
    void whatIsRefusedDrivesNothingOut() throws IOException {
        long one = Shelf.OVERHEAD + 34;
        ProviderStore store = providers(10, 10, 10, 2 * one);
        Octets near = new Octets(places.peerAt(node.contact.key(), 5).toBytes());
        Octets far = new Octets(places.peerAt(node.contact.key(), 0).toBytes());
        Octets between = new Octets(places.peerAt(node.contact.key(), 2).toBytes());
        store.add(near, new Contact(places.peer(), List.of()), NOW);
        store.add(far, new Contact(places.peer(), List.of()), NOW);
        assertThrows(RefusedException.class, () -> store.add(between, places.contact(), NOW));
        assertEquals(1, store.get(far, 1, NOW).size());
        store.add(between, new Contact(places.peer(), List.of()), NOW);
        assertEquals(List.of(1, 0, 1), List.of(near, far, between).stream().map(key -> store.get(key, 1, NOW).size()).toList());
    }

    @Test
    void onlyAMultihashIsContent() {
        assertThrows(FormatException.class, () -> providers(1, 1, 1, 1000).add(new Octets(new byte[] {1, 2, 3}),
                places.contact(), NOW));
    }

    // ---- records

    private KadRecord name(long sequence, Duration validity) {
        return new KadRecord(Validators.key(Validators.NAME, identity.id()), new Octets(IpnsEntry.sign(identity,
                new NameRecord("/ipfs/x" + sequence, sequence, NOW.plus(validity), Duration.ZERO))));
    }

    private RecordStore records(int perPeer, int total) {
        return new RecordStore(node.contact.key(), new Validators(),
                new StoreLimits(1, perPeer, total, 1 << 20, Duration.ofHours(48)));
    }

    private static void put(RecordStore store, KadRecord record, PeerId from, Instant now) throws IOException {
        store.put(store.check(record, now), from, now);
    }

    /** Signatures take long; all wait for the store. */
    @Test
    void aRecordIsLookedAtOnceAndNotWhenItIsPutOrGiven() throws IOException {
        var looks = new AtomicInteger();
        var store = new RecordStore(node.contact.key(), (record, now) -> {
            looks.incrementAndGet();
            return new Validators().check(record, now);
        }, new StoreLimits(1, 10, 10, 1 << 20, Duration.ofHours(48)));
        RecordStore.Ranked first = store.check(name(1, DAY), NOW);
        RecordStore.Ranked second = store.check(name(2, DAY), NOW);
        store.put(first, places.peer(), NOW);
        store.put(second, places.peer(), NOW);
        assertThrows(RefusedException.class, () -> store.put(first, places.peer(), NOW));
        assertEquals(Optional.of(name(2, DAY)), store.get(name(2, DAY).key(), NOW));
        assertEquals(2, looks.get());
    }

    @Test
    void aPublicKeyNeverRunsOut() throws IOException {
        RecordStore store = records(10, 10);
        KadRecord key = key();
        put(store, key, places.peer(), NOW);
        put(store, key, places.peer(), NOW.plus(DAY));
        assertEquals(Optional.of(key), store.get(key.key(), NOW.plus(DAY.multipliedBy(2))));
    }

    @Test
    void theBetterRecordStays() throws IOException {
        RecordStore store = records(10, 10);
        PeerId from = places.peer();
        put(store, name(2, DAY), from, NOW);
        assertThrows(RefusedException.class, () -> put(store, name(1, DAY), places.peer(), NOW));
        put(store, name(2, DAY), places.peer(), NOW);
        put(store, name(3, DAY), places.peer(), NOW);
        assertEquals(1, store.size());
        assertEquals(Optional.of(name(3, DAY)), store.get(name(0, DAY).key(), NOW));
    }

    @Test
    void aRecordIsGivenUntilItRunsOut() throws IOException {
        RecordStore store = records(10, 10);
        put(store, name(1, DAY), places.peer(), NOW);
        assertTrue(store.get(name(1, DAY).key(), NOW.plus(DAY)).isPresent());
        assertTrue(store.get(name(1, DAY).key(), NOW.plus(DAY).plusNanos(1)).isEmpty());
        assertEquals(0, store.size());
        assertThrows(FormatException.class, () -> put(store, name(1, Duration.ofSeconds(-1)), places.peer(), NOW));
    }

    @Test
    void aRecordThatNobodyPutsAgainIsForgotten() throws IOException {
        RecordStore store = records(10, 10);
        put(store, name(1, DAY.multipliedBy(365)), places.peer(), NOW);
        assertTrue(store.get(name(1, DAY).key(), NOW.plus(DAY)).isPresent());
        store.expire(NOW.plus(DAY.multipliedBy(2)));
        assertEquals(0, store.size());
    }

    @Test
    void aPeerPutsSoManyRecordsAndNoMore() throws IOException {
        RecordStore store = records(2, 10);
        PeerId flooder = places.peer();
        for (int i = 0; i < 2; i++) {
            put(store, key(), flooder, NOW);
        }
        KadRecord third = key();
        assertThrows(RefusedException.class, () -> put(store, third, flooder, NOW));
        put(store, third, places.peer(), NOW);
    }

    private static KadRecord key() {
        try (Identity other = Identity.generate(new SecureRandom())) {
            return new KadRecord(Validators.key(Validators.PUBLIC_KEY, other.id()), new Octets(other.publicKey().toBytes()));
        }
    }

    // ---- answers

    private Optional<KadMessage> ask(PeerId from, KadMessage question) {
        return node.honest(from, question);
    }

    @Test
    void onlyThePeerItselfAnnouncesItself() {
        Octets content = places.content();
        Contact one = places.contact();
        Contact other = places.contact();
        assertTrue(ask(one.id(), KadMessage.announce(content, other.toPeer())).isEmpty());
        assertEquals(0, node.providers.size());
        ask(one.id(), new KadMessage(KadType.ADD_PROVIDER, content, null, List.of(), List.of(other.toPeer(), one.toPeer())));
        assertEquals(List.of(one.toPeer()), ask(other.id(), KadMessage.of(KadType.GET_PROVIDERS, content)).orElseThrow().providers());
    }

    @Test
    void whereAProviderCannotBeIsNotToldToOthers() {
        Octets content = places.content();
        PeerId peer = places.peer();
        ask(peer, KadMessage.announce(content, new KadPeer(peer, List.of(
                Multiaddr.of("/ip4/169.254.169.254/tcp/80"),
                Multiaddr.of("/ip4/127.0.0.1/tcp/80"),
                Multiaddr.of("/ip4/8.8.8.8/tcp/80")))));
        assertEquals("[/ip4/8.8.8.8/tcp/80]", ask(places.peer(), KadMessage.of(KadType.GET_PROVIDERS, content))
                .orElseThrow().providers().getFirst().addresses().toString());
    }

    @Test
    void theClosestAreToldButNotTheOneThatAsks() {
        network.add(100);
        network.introduceAll();
        Octets key = places.content();
        PeerId from = node.table.closest(KadKey.of(key), 1).getFirst().id();
        List<KadPeer> closer = ask(from, KadMessage.of(KadType.FIND_NODE, key)).orElseThrow().closer();
        assertEquals(20, closer.size());
        assertTrue(closer.stream().noneMatch(peer -> peer.id().equals(from)));
    }

    @Test
    void whoLooksForThisPeerIsToldWhereItIs() {
        Octets key = new Octets(node.id().toBytes());
        assertEquals(List.of(node.contact.toPeer()),
                ask(places.peer(), KadMessage.of(KadType.FIND_NODE, key)).orElseThrow().closer());
    }

    @Test
    void aValueIsStoredUnderItsOwnKeyAlone() {
        KadRecord record = name(1, DAY);
        var moved = new KadMessage(KadType.PUT_VALUE, places.content(), record, List.of(), List.of());
        assertTrue(ask(places.peer(), moved).isEmpty());
        assertTrue(ask(places.peer(), KadMessage.of(KadType.PUT_VALUE, record.key())).isEmpty());
        network.now = NOW;
        assertEquals(record, ask(places.peer(), KadMessage.put(record)).orElseThrow().record());
        assertEquals(record, ask(places.peer(), KadMessage.of(KadType.GET_VALUE, record.key())).orElseThrow().record());
    }

    @Test
    void aQuestionWithoutAKeyIsRefusedUnlessItIsAPing() {
        assertTrue(ask(places.peer(), KadMessage.of(KadType.PING, Octets.NONE)).isPresent());
        for (KadType type : List.of(KadType.FIND_NODE, KadType.GET_VALUE, KadType.GET_PROVIDERS, KadType.PUT_VALUE)) {
            assertTrue(ask(places.peer(), KadMessage.of(type, Octets.NONE)).isEmpty(), type.toString());
        }
    }

    // ---- what this peer has told

    @Test
    void whatWasToldIsToldAgainAfter22HoursAndWhatWasNotAfterFiveMinutes() {
        var duties = new Duties();
        Octets one = places.content();
        Octets two = places.content();
        duties.told(one, true, NOW);
        duties.told(two, false, NOW);
        assertEquals(List.of(), duties.due(NOW.plus(Duties.RETRY).minusMillis(1), Duties.AGAIN));
        assertEquals(List.of(two), duties.due(NOW.plus(Duties.RETRY), Duties.AGAIN));
        duties.drop(two);
        assertEquals(List.of(), duties.due(NOW.plus(Duties.AGAIN).minusMillis(1), Duties.AGAIN));
        assertEquals(List.of(one), duties.due(NOW.plus(Duties.AGAIN), Duties.AGAIN));
        assertEquals(Duration.ofHours(22), Duties.AGAIN);
    }

    @Test
    void whereHalfOfThePeersGoWithinAMinuteEverythingIsToldAgainWithinAMinute() {
        var duties = new Duties();
        Octets one = places.content();
        Octets two = places.content();
        duties.told(one, true, NOW);
        duties.told(two, false, NOW);
        Duration again = Duties.again(Duration.ofMinutes(1));
        assertEquals(List.of(), duties.due(NOW.plusSeconds(60).minusMillis(1), again));
        assertEquals(Set.of(one, two), Set.copyOf(duties.due(NOW.plusSeconds(60), again)));
        assertEquals(Duties.SOONEST, Duties.again(Duration.ofMillis(1)));
        assertEquals(Duties.AGAIN, Duties.again(Duration.ofDays(100)));
    }

    // ---- the best value

    @Test
    void theBestValueWinsAndTheOthersAreOutdated() throws IOException {
        var best = new BestValue(new Validators(), name(1, DAY).key());
        List<Contact> peers = places.contacts(4);
        best.found(peers.get(0).id(), name(1, DAY), NOW);
        best.found(peers.get(1).id(), name(2, DAY), NOW);
        best.found(peers.get(2).id(), name(2, DAY), NOW);
        assertThrows(FormatException.class, () -> best.found(peers.get(3).id(), key(), NOW));
        assertThrows(FormatException.class, () -> best.found(peers.get(3).id(),
                new KadRecord(name(1, DAY).key(), new Octets(new byte[10])), NOW));
        assertEquals(Optional.of(name(2, DAY)), best.best());
        assertEquals(2, best.agreeing());
        assertEquals(List.of(peers.get(0), peers.get(3)), best.outdated(peers));
    }
}
