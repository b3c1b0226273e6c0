// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.RegisterResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Unregister;

class RendezvousPointTest {

    private static final List<Identity> IDENTITIES = Stream.generate(Peers::identity).limit(40).toList();

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private RendezvousPoint point = point(RendezvousLimits.standard());
    private long sequence;

    private RendezvousPoint point(RendezvousLimits limits) {
        return new RendezvousPoint(limits, () -> now, new SplittableRandom(42));
    }

    private Status register(Identity peer, String namespace, long ttl) {
        return register(peer.id(), peer, namespace, ttl);
    }

    private Status register(PeerId from, Identity signer, String namespace, long ttl) {
        byte[] record = Peers.record(signer, ++sequence, "/ip4/192.0.2.1/tcp/4001");
        return ((RegisterResponse) answer(from, new Register(namespace, new Opaque(record), ttl))).status();
    }

    private RendezvousMessage answer(PeerId from, RendezvousMessage.Request request) {
        return point.answer(from, request).orElseThrow();
    }

    private DiscoverResponse discover(String namespace, long limit, Opaque cookie) {
        return (DiscoverResponse) answer(IDENTITIES.getLast().id(), new Discover(namespace, limit, cookie));
    }

    private static Set<PeerId> peers(DiscoverResponse response) {
        Set<PeerId> peers = new HashSet<>();
        for (Register registration : response.registrations()) {
            try {
                peers.add(PeerRecord.open(registration.signedRecord().bytes()).peer());
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }
        return peers;
    }

    @Test
    void whoRegistersIsFound() {
        assertEquals(Status.OK, register(IDENTITIES.get(0), "my-app", 0));
        assertEquals(Status.OK, register(IDENTITIES.get(1), "my-app", 0));
        assertEquals(Status.OK, register(IDENTITIES.get(2), "another-app", 0));

        assertEquals(Set.of(IDENTITIES.get(0).id(), IDENTITIES.get(1).id()), peers(discover("my-app", 0, Opaque.NONE)));
        assertEquals(3, peers(discover("", 0, Opaque.NONE)).size());
        assertEquals(Set.of(), peers(discover("nobody", 0, Opaque.NONE)));
    }

    @Test
    void aCookieGivesOnlyWhoCameSince() {
        register(IDENTITIES.get(0), "my-app", 0);
        Opaque cookie = discover("my-app", 0, Opaque.NONE).cookie();
        assertEquals(Set.of(), peers(discover("my-app", 0, cookie)));

        register(IDENTITIES.get(1), "my-app", 0);
        assertEquals(Set.of(IDENTITIES.get(1).id()), peers(discover("my-app", 0, cookie)));
    }

    @Test
    void aCookieThatIsPlayedAgainGivesTheSameAgain() {
        register(IDENTITIES.get(0), "my-app", 0);
        Opaque cookie = discover("my-app", 0, Opaque.NONE).cookie();
        register(IDENTITIES.get(1), "my-app", 0);
        for (int i = 0; i < 1000; i++) {
            assertEquals(Set.of(IDENTITIES.get(1).id()), peers(discover("my-app", 0, cookie)));
        }
    }

    @Test
    void aPeerThatRegistersAgainIsNewsAndIsFoundOnce() {
        register(IDENTITIES.get(0), "my-app", 0);
        Opaque cookie = discover("my-app", 0, Opaque.NONE).cookie();
        register(IDENTITIES.get(0), "my-app", 0);
        assertEquals(1, discover("my-app", 0, cookie).registrations().size());
        assertEquals(1, discover("my-app", 0, Opaque.NONE).registrations().size());
    }

    @Test
    void pagesGiveEachPeerOnce() {
        IDENTITIES.forEach(identity -> register(identity, "my-app", 0));
        Set<PeerId> found = new HashSet<>();
        Opaque cookie = Opaque.NONE;
        for (int i = 0; i < 6; i++) {
            DiscoverResponse page = discover("my-app", 7, cookie);
            assertTrue(page.registrations().size() <= 7);
            peers(page).forEach(peer -> assertTrue(found.add(peer), "twice"));
            cookie = page.cookie();
        }
        assertEquals(IDENTITIES.size(), found.size());
    }

    @Test
    void aPageIsOfBoundedLength() {
        var limits = RendezvousLimits.standard();
        point = point(new RendezvousLimits(32, 10_000, 1 << 24, 255, limits.minTtl(), limits.defaultTtl(),
                limits.maxTtl(), 1000, 2000));
        IDENTITIES.forEach(identity -> register(identity, "my-app", 0));
        DiscoverResponse page = discover("my-app", Long.MAX_VALUE, Opaque.NONE);
        assertTrue(RendezvousCodec.encode(page).length < 2100 && !page.registrations().isEmpty());
    }

    @Test
    void aCookieIsAsRustLibp2pReadsIt() {
        ByteBuffer cookie = ByteBuffer.wrap(discover("my-app", 0, Opaque.NONE).cookie().bytes());
        cookie.getLong();
        byte[] namespace = new byte[cookie.remaining()];
        cookie.get(namespace);
        assertEquals("my-app", new String(namespace));
        assertEquals(8, discover("", 0, Opaque.NONE).cookie().bytes().length);
    }

    @Test
    void aCookieOfAnotherNamespaceIsRefused() {
        Opaque cookie = discover("my-app", 0, Opaque.NONE).cookie();
        assertEquals(Status.INVALID_COOKIE, discover("another-app", 0, cookie).status());
        assertEquals(Status.INVALID_COOKIE, discover("", 0, cookie).status());
        assertEquals(Status.OK, discover("my-app", 0, discover("", 0, Opaque.NONE).cookie()).status());
    }

    @Test
    void aCookieThatIsNoneIsRefused() {
        assertEquals(Status.INVALID_COOKIE, discover("", 0, new Opaque(new byte[7])).status());
        assertEquals(Status.INVALID_COOKIE, discover("", 0, new Opaque(new byte[8 + 256])).status());
        assertEquals(Status.INVALID_COOKIE, discover("", 0, new Opaque(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, -1})).status());
    }

    @Test
    void aCookieOfAnEarlierLifeGivesEverybody() {
        register(IDENTITIES.get(0), "my-app", 0);
        register(IDENTITIES.get(1), "my-app", 0);
        Opaque cookie = discover("my-app", 0, Opaque.NONE).cookie();

        point = new RendezvousPoint(RendezvousLimits.standard(), () -> now, new SplittableRandom(43));
        register(IDENTITIES.get(2), "my-app", 0);
        assertEquals(Set.of(IDENTITIES.get(2).id()), peers(discover("my-app", 0, cookie)));
    }

    @Test
    void aCookieFromTheFutureHidesNobodyForLong() {
        register(IDENTITIES.get(0), "my-app", 0);
        ByteBuffer made = ByteBuffer.wrap(discover("my-app", 0, Opaque.NONE).cookie().bytes().clone());
        made.putLong(0, made.getLong(0) | Cookie.MAX_POSITION);
        Opaque next = discover("my-app", 0, new Opaque(made.array())).cookie();
        register(IDENTITIES.get(1), "my-app", 0);
        assertEquals(Set.of(IDENTITIES.get(1).id()), peers(discover("my-app", 0, next)));
    }

    @Test
    void aRegistrationEndsInTime() {
        register(IDENTITIES.get(0), "short", 7200);
        register(IDENTITIES.get(0), "long", 72 * 3600);
        now = now.plusSeconds(7199);
        assertEquals(1, discover("short", 0, Opaque.NONE).registrations().getFirst().ttl());
        now = now.plusSeconds(1);
        assertEquals(Set.of(), peers(discover("short", 0, Opaque.NONE)));
        assertEquals(1, point.size());
        now = now.plus(Duration.ofDays(3));
        assertEquals(Set.of(), peers(discover("", 0, Opaque.NONE)));
        assertEquals(0, point.size());
    }

    @Test
    void aTimeOutsideTheLimitsIsRefused() {
        assertEquals(Status.INVALID_TTL, register(IDENTITIES.get(0), "a", 7199));
        assertEquals(Status.OK, register(IDENTITIES.get(0), "a", 7200));
        assertEquals(Status.OK, register(IDENTITIES.get(0), "a", 72 * 3600));
        assertEquals(Status.INVALID_TTL, register(IDENTITIES.get(0), "a", 72 * 3600 + 1));
        assertEquals(Status.INVALID_TTL, register(IDENTITIES.get(0), "a", Long.MAX_VALUE));
    }

    @Test
    void aNamespaceOutsideTheLimitsIsRefused() {
        assertEquals(Status.INVALID_NAMESPACE, register(IDENTITIES.get(0), "", 0));
        assertEquals(Status.OK, register(IDENTITIES.get(0), "a".repeat(255), 0));
        assertEquals(Status.INVALID_NAMESPACE, register(IDENTITIES.get(0), "a".repeat(256), 0));
        assertEquals(Status.INVALID_NAMESPACE, register(IDENTITIES.get(0), "ä".repeat(128), 0));
        assertEquals(Status.INVALID_NAMESPACE, discover("a".repeat(256), 0, Opaque.NONE).status());
    }

    @Test
    void theRecordOfAnotherPeerIsRefused() {
        assertEquals(Status.NOT_AUTHORIZED, register(IDENTITIES.get(0).id(), IDENTITIES.get(1), "a", 0));
        assertEquals(0, point.size());
    }

    @Test
    void aRecordWithAWrongSignatureIsRefused() {
        byte[] record = Peers.record(IDENTITIES.get(0), 1, "/ip4/192.0.2.1/tcp/4001");
        record[record.length - 1] ^= 1;
        assertEquals(Status.INVALID_SIGNED_PEER_RECORD, ((RegisterResponse) answer(IDENTITIES.get(0).id(),
                new Register("a", new Opaque(record), 0))).status());
        assertEquals(Status.INVALID_SIGNED_PEER_RECORD, ((RegisterResponse) answer(IDENTITIES.get(0).id(),
                new Register("a", Opaque.NONE, 0))).status());
    }

    @Test
    void onePeerRegistersAtThirtyTwoPlacesAndRefreshesThem() {
        for (int i = 0; i < 32; i++) {
            assertEquals(Status.OK, register(IDENTITIES.get(0), "place" + i, 0));
        }
        assertEquals(Status.UNAVAILABLE, register(IDENTITIES.get(0), "one more", 0));
        assertEquals(Status.OK, register(IDENTITIES.get(0), "place0", 0));
        assertEquals(Status.OK, register(IDENTITIES.get(1), "one more", 0));
        point.answer(IDENTITIES.get(0).id(), new Unregister("place1"));
        assertEquals(Status.OK, register(IDENTITIES.get(0), "one more", 0));
    }

    @Test
    void aFloodOfPeersFillsThePointAndNotTheMemory() {
        var limits = RendezvousLimits.standard();
        point = point(new RendezvousLimits(32, 20, 1 << 24, 255, limits.minTtl(), limits.defaultTtl(),
                limits.maxTtl(), 1000, 1 << 19));
        for (int i = 0; i < 40; i++) {
            assertEquals(i < 20 ? Status.OK : Status.UNAVAILABLE, register(IDENTITIES.get(i), "a", 0));
        }
        assertEquals(20, point.size());
        assertEquals(Status.OK, register(IDENTITIES.get(0), "a", 0));
    }

    @Test
    void recordsThatAreLongFillThePointSooner() {
        var limits = RendezvousLimits.standard();
        point = point(new RendezvousLimits(32, 10_000, 1000, 255, limits.minTtl(), limits.defaultTtl(),
                limits.maxTtl(), 1000, 1 << 19));
        int taken = 0;
        for (Identity identity : IDENTITIES) {
            taken += register(identity, "a", 0) == Status.OK ? 1 : 0;
        }
        assertTrue(taken > 2 && taken < 10, taken + " records");
        now = now.plusSeconds(7200);
        assertEquals(Status.OK, register(IDENTITIES.getLast(), "a", 0));
    }

    @Test
    void aFarewellHasNoAnswerAndTakesOnlyItsOwn() {
        register(IDENTITIES.get(0), "a", 0);
        assertEquals(Optional.empty(), point.answer(IDENTITIES.get(1).id(), new Unregister("a")));
        assertEquals(1, point.size());
        assertEquals(Optional.empty(), point.answer(IDENTITIES.get(0).id(), new Unregister("a")));
        assertEquals(0, point.size());
        assertEquals(Optional.empty(), point.answer(IDENTITIES.get(0).id(), new Unregister("a")));
    }

    @Property(tries = 50)
    void whateverHappensAReaderKnowsInTheEndWhoIsThere(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        point = point(RendezvousLimits.standard());
        Map<PeerId, Instant> model = new HashMap<>();
        Map<PeerId, Instant> reader = new HashMap<>();
        Opaque cookie = Opaque.NONE;
        for (int step = 0; step < 60; step++) {
            Identity peer = IDENTITIES.get(random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> {
                    long ttl = 7200 + random.nextInt(7200);
                    assertEquals(Status.OK, register(peer, "a", ttl));
                    model.put(peer.id(), now.plusSeconds(ttl));
                }
                case 1 -> now = now.plusSeconds(random.nextInt(3600));
                case 2 -> {
                    point.answer(peer.id(), new Unregister("a"));
                    model.remove(peer.id());
                    reader.remove(peer.id()); // he is not told; whoever dials will see
                }
                default -> {
                    DiscoverResponse page = discover("a", 1 + random.nextInt(3), cookie);
                    cookie = page.cookie();
                    note(page, reader);
                }
            }
        }
        List<Register> last = new ArrayList<>();
        do {
            DiscoverResponse page = discover("a", 3, cookie);
            cookie = page.cookie();
            last = page.registrations();
            note(page, reader);
        } while (!last.isEmpty());
        model.values().removeIf(end -> !end.isAfter(now));
        reader.values().removeIf(end -> !end.isAfter(now));
        assertEquals(model.keySet(), reader.keySet());
        assertEquals(model.size(), point.size());
    }

    private void note(DiscoverResponse page, Map<PeerId, Instant> reader) {
        for (Register registration : page.registrations()) {
            try {
                reader.put(PeerRecord.open(registration.signedRecord().bytes()).peer(), now.plusSeconds(registration.ttl()));
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }
    }
}
