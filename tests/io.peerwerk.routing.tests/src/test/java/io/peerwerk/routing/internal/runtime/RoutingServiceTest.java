// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.routing.FoundPeer;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.RoutingSnapshot;
import io.peerwerk.routing.internal.kad.Duties;
import io.peerwerk.routing.internal.record.IpnsEntry;
import io.peerwerk.routing.internal.record.Validators;
import io.peerwerk.routing.internal.runtime.DhtOptions.Mode;
import io.peerwerk.routing.internal.runtime.RoutingPeers.Peer;
import io.peerwerk.routing.internal.wire.KadCodec;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.routing.internal.wire.KadPeer;
import io.peerwerk.routing.internal.wire.KadRecord;
import io.peerwerk.routing.internal.wire.KadType;
import io.peerwerk.routing.internal.wire.Octets;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers of ours, over real connections. */
class RoutingServiceTest {

    private static final Cid CONTENT = Cid.raw("a thing".getBytes(StandardCharsets.UTF_8));
    private static final Octets CONTENT_KEY = new Octets(CONTENT.hash().toBytes());
    private static final int CHECKS = 8;
    private static final List<DhtOptions> LOCAL = List.of(DhtOptions.local(Mode.AUTO, true));

    private final RoutingPeers peers = new RoutingPeers();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @AfterEach
    void close() {
        peers.close();
    }

    private static RoutingSnapshot.Table table(Peer peer) {
        return peer.routing.snapshot().tables().getFirst();
    }

    private static List<PeerId> ids(List<FoundPeer> found) {
        return found.stream().map(FoundPeer::peer).toList();
    }

    /** Peers in a row, each of whom has met the one before it. */
    private List<Peer> row(int count) throws IOException {
        List<Peer> row = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = peers.start(LOCAL, now::get);
            if (i > 0) {
                peer.join(row.getLast().address());
            }
            row.add(peer);
        }
        return row;
    }

    @Test
    void whatThePeerAtOneEndProvidesThePeerAtTheOtherFindsAndReaches() throws IOException {
        List<Peer> row = row(6);
        Peer first = row.getFirst();
        Peer last = row.getLast();
        assertTrue(first.routing.provide(CONTENT) >= 1);
        List<FoundPeer> found = last.routing.findProviders(CONTENT, 3);
        assertEquals(List.of(first.host.id()), ids(found));
        last.host.ping(first.host.id());
        assertEquals(List.of(), first.routing.findProviders(CONTENT, 3), "it does not find itself");
        assertEquals(first.host.id(), last.routing.findPeer(first.host.id()).orElseThrow().peer());
    }

    @Test
    void aPeerThatNobodyKnowsIsNotFound() throws IOException {
        List<Peer> row = row(2);
        PeerId stranger = peers.start(LOCAL).host.id();
        assertEquals(Optional.empty(), row.getFirst().routing.findPeer(stranger));
    }

    /** One of those that are asked says where the peer is; all others, the peer itself too, never answer. */
    @Test
    void aSearchEndsAsSoonAsThePeerIsReached() throws IOException {
        var silent = new AtomicBoolean();
        Peer mute = peers.start(List.of());
        Peer wanted = peers.start(List.of());
        for (Peer peer : List.of(mute, wanted)) {
            peer.host.handle(DhtOptions.LOCAL, stream -> {
                KadMessage question = KadCodec.decodeRequest(Frames.read(stream.input(), KadCodec.MAX_REQUEST));
                if (silent.get()) {
                    stream.input().read();
                }
                Frames.write(stream.output(), KadCodec.encode(KadMessage.of(question.type(), question.key())));
            });
        }
        Peer known = peers.start(LOCAL);
        Peer seeker = peers.start(LOCAL, now::get, Duration.ofHours(1));
        seeker.join(known.address());
        seeker.join(mute.address());
        silent.set(true);
        wanted.host.connect(known.address());
        await().atMost(RoutingPeers.PATIENCE).until(() -> known.host.connection(wanted.host.id())
                .flatMap(Connection::identification).isPresent());
        Optional<FoundPeer> found = assertTimeoutPreemptively(RoutingPeers.PATIENCE,
                () -> seeker.routing.findPeer(wanted.host.id()), "it waits for the one that is silent");
        assertEquals(wanted.host.id(), found.orElseThrow().peer());
    }

    @Test
    void aNameIsResolvedAndTheNewestRecordWins() throws IOException {
        List<Peer> row = row(4);
        Peer owner = row.getFirst();
        owner.routing.publishName("/ipfs/one", Duration.ofHours(1));
        owner.routing.publishName("/ipfs/two", Duration.ofHours(1));
        NameRecord record = row.getLast().routing.resolveName(owner.host.id()).orElseThrow();
        assertEquals("/ipfs/two", record.value());
        assertEquals(1, record.sequence());
        now.updateAndGet(t -> t.plus(Duration.ofHours(1)).plusSeconds(1));
        assertEquals(Optional.empty(), row.getLast().routing.resolveName(owner.host.id()));
    }

    @Test
    void aNameIsResolvedWhereTheOwnerAndTheOneThatAsksAreAlone() throws IOException {
        List<Peer> row = row(2);
        PeerId name = row.get(0).host.id();
        row.get(0).routing.publishName("/ipfs/one", Duration.ofHours(1));
        assertEquals("/ipfs/one", row.get(1).routing.resolveName(name).orElseThrow().value(), "it was given to keep");
        KadMessage question = KadMessage.of(KadType.GET_VALUE, Validators.key(Validators.NAME, name));
        assertTrue(talk(row.get(1), row.get(0), question).record() != null, "the owner has it too");
    }

    @Test
    void peersThatHaveAnOlderRecordAreGivenTheNewerOne() throws IOException {
        List<Peer> row = row(3);
        Octets key = Validators.key(Validators.NAME, row.get(0).host.id());
        byte[] older = IpnsEntry.sign(row.get(0).identity, new NameRecord("/ipfs/one", 1, now.get().plusSeconds(3600), Duration.ZERO));
        byte[] newer = IpnsEntry.sign(row.get(0).identity, new NameRecord("/ipfs/two", 2, now.get().plusSeconds(3600), Duration.ZERO));
        talk(row.get(1), row.get(0), KadMessage.put(new KadRecord(key, new Octets(older))));
        talk(row.get(0), row.get(1), KadMessage.put(new KadRecord(key, new Octets(newer))));

        assertArrayEquals(newer, row.get(2).routing.getValue(key.bytes()).orElseThrow());
        await().atMost(RoutingPeers.PATIENCE).until(() -> new Octets(newer).equals(
                talk(row.get(1), row.get(0), KadMessage.of(KadType.GET_VALUE, key)).record().value()));
    }

    @Test
    void whatIsNoValueOfItsKeyIsNotSent() throws IOException {
        Peer peer = row(2).getFirst();
        byte[] key = Validators.key(Validators.PUBLIC_KEY, peer.host.id()).bytes();
        assertThrows(FormatException.class, () -> peer.routing.putValue(key, new byte[] {1}));
        assertThrows(FormatException.class, () -> peer.routing.putValue(new byte[0], new byte[] {1}));
        assertThrows(FormatException.class, () -> peer.routing.putValue(key, new byte[KadCodec.MAX_VALUE + 1]));
        assertThrows(FormatException.class, () -> peer.routing.getValue(new byte[KadCodec.MAX_KEY + 1]));
    }

    /** A peer that knows nobody and counts what is announced to it. */
    private Peer counting(AtomicInteger announced) {
        Peer peer = peers.start(List.of());
        peer.host.handle(DhtOptions.LOCAL, stream -> {
            byte[] bytes = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST);
            for (; bytes != null; bytes = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST)) {
                KadMessage question = KadCodec.decodeRequest(bytes);
                if (question.type() == KadType.ADD_PROVIDER) {
                    announced.incrementAndGet();
                } else {
                    Frames.write(stream.output(), KadCodec.encode(KadMessage.of(question.type(), question.key())));
                    stream.output().flush();
                }
            }
        });
        return peer;
    }

    @Test
    void whatIsProvidedIsAnnouncedAgainIn22Hours() throws IOException {
        var announced = new AtomicInteger();
        Peer provider = peers.start(LOCAL, now::get);
        provider.join(counting(announced).address());
        assertEquals(1, provider.routing.provide(CONTENT));
        assertEquals(1, announced.get());
        now.updateAndGet(t -> t.plus(Duties.AGAIN));
        await().atMost(RoutingPeers.PATIENCE).until(() -> announced.get() == 2);

        provider.routing.provide(Cid.raw(new byte[] {1}));
        provider.routing.unprovide(CONTENT);
        now.updateAndGet(t -> t.plus(Duties.AGAIN));
        await().atMost(RoutingPeers.PATIENCE).until(() -> announced.get() == 4);
    }

    @Test
    void aClientAsksAndIsNotAsked() throws IOException {
        Peer server = peers.start(LOCAL);
        Peer client = peers.start(List.of(DhtOptions.local(Mode.CLIENT, true)));
        client.join(server.address());
        assertFalse(table(client).serving());
        assertEquals(1, client.routing.provide(CONTENT));
        assertEquals(0, server.routing.snapshot().size());
        assertThrows(IOException.class, () -> talk(server, client, KadMessage.of(KadType.PING, Octets.NONE)));
    }

    @Test
    void aPeerThatStopsServingLeavesTheTables() throws IOException {
        List<Peer> row = row(2);
        await().atMost(RoutingPeers.PATIENCE).until(() -> row.get(0).knows(row.get(1).address()));
        row.get(1).routing.close();
        await().atMost(RoutingPeers.PATIENCE).until(() -> !row.get(0).knows(row.get(1).address()));
        assertThrows(IOException.class, () -> row.get(1).routing.provide(CONTENT));
    }

    @Test
    void aPeerThatIsOfferedIsCheckedAndEnters() throws IOException {
        Peer one = peers.start(LOCAL);
        Peer other = peers.start(LOCAL);
        Peer bystander = peers.start(List.of());
        one.routing.offer(bystander.host.id(), bystander.host.addresses());
        one.routing.offer(one.host.id(), one.host.addresses());
        one.routing.offer(other.host.id(), other.host.addresses());
        await().atMost(RoutingPeers.PATIENCE).until(() -> one.knows(other.address()));
        await().atMost(RoutingPeers.PATIENCE).until(() -> other.knows(one.address()));
        assertEquals(1, one.routing.snapshot().size(), "who does not take part is not in the table");
    }

    /** Peers that send a long answer byte by byte, as many as are checked at a time. */
    @Test
    void peersThatNeverComeToTheEndOfTheirAnswersDoNotStopTheChecks() throws IOException {
        Peer one = peers.start(LOCAL, now::get, Duration.ofSeconds(5));
        for (int i = 0; i < CHECKS; i++) {
            Peer slow = peers.start(List.of());
            slow.host.handle(DhtOptions.LOCAL, stream -> {
                stream.output().write(Varint.encode(KadCodec.MAX_ANSWER));
                for (int sent = 0; sent < KadCodec.MAX_ANSWER; sent++) {
                    stream.output().write(0);
                    stream.output().flush();
                    LockSupport.parkNanos(100_000_000);
                }
            });
            one.routing.offer(slow.host.id(), slow.host.addresses());
        }
        Peer honest = peers.start(LOCAL);
        await().atMost(RoutingPeers.PATIENCE).until(() -> {
            now.updateAndGet(t -> t.plus(Duration.ofMinutes(3))); // it is tried again, should it have been slow itself
            one.routing.offer(honest.host.id(), honest.host.addresses());
            return one.knows(honest.address());
        });
    }

    @Test
    void withoutLoopbackPeersOfThisMachineDoNotEnterOnceTheHostListensElsewhere() throws IOException {
        Peer one = peers.start(List.of(DhtOptions.everywhere(Mode.AUTO, false), DhtOptions.local(Mode.AUTO, false)));
        Peer other = peers.start();
        assertTrue(one.routing.snapshot().tables().size() == 2);
        one.join(other.address()); // it listens on loopback alone: its peers are there

        Peer wide = peers.start(List.of(DhtOptions.everywhere(Mode.AUTO, false)));
        wide.host.announce(Multiaddr.of("/ip4/192.0.2.7/tcp/4001"));
        wide.host.connect(other.address());
        await().atMost(RoutingPeers.PATIENCE).until(() -> table(wide).serving());
        assertThrows(IOException.class, () -> wide.routing.findProviders(CONTENT, 1));
        assertEquals(0, wide.routing.snapshot().size());
    }

    // ---- strangers

    private static KadMessage talk(Peer asker, Peer asked, KadMessage question) throws IOException {
        return talk(asker, asked, KadCodec.encode(question), question.type());
    }

    private static KadMessage talk(Peer asker, Peer asked, byte[] question, KadType type) throws IOException {
        asker.host.connect(asked.address());
        try (Stream stream = asker.host.open(asked.host.id(), DhtOptions.LOCAL)) {
            stream.timeout(RoutingPeers.PATIENCE);
            Frames.write(stream.output(), question);
            stream.output().flush();
            return KadCodec.decodeAnswer(Frames.read(stream.input(), KadCodec.MAX_ANSWER), type);
        }
    }

    @Test
    void severalQuestionsOnOneStreamAreAnswered() throws IOException {
        List<Peer> row = row(2);
        try (Stream stream = row.get(0).host.open(row.get(1).host.id(), DhtOptions.LOCAL)) {
            for (int i = 0; i < 3; i++) {
                Frames.write(stream.output(), KadCodec.encode(KadMessage.of(KadType.FIND_NODE, CONTENT_KEY)));
                stream.output().flush();
                KadCodec.decodeAnswer(Frames.read(stream.input(), KadCodec.MAX_ANSWER), KadType.FIND_NODE);
            }
        }
    }

    @Test
    void whoAnnouncesSomebodyElseLosesItsStreamAndNothingIsKept() throws IOException {
        List<Peer> row = row(2);
        KadPeer other = new KadPeer(peers.start(LOCAL).host.id(), List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/1")));
        byte[] announcement = KadCodec.encode(KadMessage.announce(CONTENT_KEY, other));
        assertThrows(IOException.class, () -> talk(row.get(0), row.get(1), announcement, KadType.PING));
        assertEquals(0, table(row.get(1)).providers());
        assertEquals(KadType.PING, talk(row.get(0), row.get(1), KadMessage.of(KadType.PING, Octets.NONE)).type());
    }

    @Test
    void aForgedRecordLosesItsStreamAndNothingIsKept() throws IOException {
        List<Peer> row = row(2);
        byte[] entry = IpnsEntry.sign(row.get(0).identity, new NameRecord("/x", 1, now.get().plusSeconds(60), Duration.ZERO));
        entry[entry.length - 1] ^= 1;
        KadMessage forged = KadMessage.put(new KadRecord(Validators.key(Validators.NAME, row.get(0).host.id()), new Octets(entry)));
        assertThrows(IOException.class, () -> talk(row.get(0), row.get(1), forged));
        assertEquals(0, table(row.get(1)).records());
    }

    @Test
    void aQuestionThatIsTooLongLosesItsStreamAndOthersAreServed() throws IOException {
        List<Peer> row = row(2);
        assertThrows(IOException.class, () -> talk(row.get(0), row.get(1), new byte[KadCodec.MAX_REQUEST + 1], KadType.PING));
        assertThrows(IOException.class, () -> talk(row.get(0), row.get(1), new byte[] {(byte) 0xff}, KadType.PING));
        assertEquals(KadType.PING, talk(row.get(0), row.get(1), KadMessage.of(KadType.PING, Octets.NONE)).type());
    }

    /** As one that announces much at once. */
    @Test
    void moreQuestionsThanAreAnsweredAtOnceWaitForTheirTurn() throws IOException {
        List<Peer> row = row(2);
        try (Stream stream = row.get(0).host.open(row.get(1).host.id(), DhtOptions.LOCAL)) {
            int all = Admission.PEER_BURST + 3 * Admission.PEER_PER_SECOND;
            for (int i = 0; i < all; i++) {
                Frames.write(stream.output(), KadCodec.encode(KadMessage.of(KadType.PING, Octets.NONE)));
            }
            stream.output().flush();
            for (int i = 0; i < all; i++) {
                KadCodec.decodeAnswer(Frames.read(stream.input(), KadCodec.MAX_ANSWER), KadType.PING);
            }
        }
    }

    @Test
    void aPeerThatStopsServingAnswersOnOpenStreamsNeither() throws IOException {
        List<Peer> row = row(2);
        try (Stream stream = row.get(0).host.open(row.get(1).host.id(), DhtOptions.LOCAL)) {
            ping(stream);
            row.get(1).routing.close();
            assertThrows(IOException.class, () -> ping(stream));
        }
    }

    private static void ping(Stream stream) throws IOException {
        Frames.write(stream.output(), KadCodec.encode(KadMessage.of(KadType.PING, Octets.NONE)));
        stream.output().flush();
        KadCodec.decodeAnswer(Frames.read(stream.input(), KadCodec.MAX_ANSWER), KadType.PING);
    }

    /** A peer that serves nothing but lies: twenty closer peers that are not there, and providers that are made up. */
    @Test
    void lookupsEndThoughAPeerTellsOfOthersThatAreNotThere() throws IOException {
        Peer liar = peers.start(List.of());
        liar.host.handle(DhtOptions.LOCAL, stream -> {
            KadMessage question = KadCodec.decodeRequest(Frames.read(stream.input(), KadCodec.MAX_REQUEST));
            List<KadPeer> lies = new ArrayList<>();
            for (int port = 1; port <= 20; port++) {
                lies.add(new KadPeer(RoutingPeers.stranger(), List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/" + port))));
            }
            Frames.write(stream.output(), KadCodec.encode(new KadMessage(question.type(), question.key(), null, lies, List.of())));
        });
        Peer honest = peers.start(LOCAL);
        Peer seeker = peers.start(LOCAL);
        seeker.join(liar.address());
        seeker.join(honest.address());
        honest.routing.provide(CONTENT);
        assertEquals(List.of(honest.host.id()), ids(seeker.routing.findProviders(CONTENT, 1)));
        assertEquals(Set.of(honest.host.id(), liar.host.id()), Set.copyOf(ids(seeker.routing.closestPeers(CONTENT_KEY.bytes()))));
    }

    @Test
    void aCallThatIsInterruptedEnds() throws Exception {
        Peer lonely = peers.start(LOCAL);
        var thrown = new AtomicReference<Exception>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                lonely.routing.provide(CONTENT);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        thread.interrupt();
        thread.join();
        assertTrue(thrown.get() instanceof InterruptedIOException, thrown.get() + "");
    }
}
