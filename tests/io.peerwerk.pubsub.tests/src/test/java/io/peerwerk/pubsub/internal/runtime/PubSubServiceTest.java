// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.Verdict;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.pubsub.internal.gossipsub.Version;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.RpcCodec;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** Publish and subscribe over real connections, with peers that keep to the protocol and peers that do not. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PubSubServiceTest {

    private static final String TOPIC = "news";
    private static final String PROTOCOL = "/meshsub/1.1.0";

    private final RunningPubSub peers = new RunningPubSub();

    @AfterEach
    void stop() {
        peers.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<RunningPubSub.Peer> line(int count) throws IOException {
        List<RunningPubSub.Peer> line = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RunningPubSub.Peer next = peers.start();
            next.subscribe(TOPIC);
            if (i > 0) {
                next.host.connect(line.getLast().address());
            }
            line.add(next);
        }
        for (int i = 1; i < count; i++) {
            line.get(i).awaitMesh(TOPIC, line.get(i - 1).id());
            line.get(i - 1).awaitMesh(TOPIC, line.get(i).id());
        }
        return line;
    }

    @Test
    void aMessageGoesDownALineOfPeersAndIsHeardOnceByEach() throws Exception {
        List<RunningPubSub.Peer> line = line(5);
        line.getFirst().pubsub.publish(TOPIC, bytes("first"));
        line.getLast().pubsub.publish(TOPIC, bytes("last"));
        for (RunningPubSub.Peer peer : line) {
            List<String> texts = new ArrayList<>(List.of(peer.hear().text(), peer.hear().text()));
            texts.sort(null);
            assertEquals(List.of("first", "last"), texts);
        }
        assertTrue(line.stream().allMatch(RunningPubSub.Peer::hasHeardNothingElse));
    }

    @Test
    void theLongestMessageArrivesAndALongerOneIsRefused() throws Exception {
        List<RunningPubSub.Peer> line = line(2);
        byte[] longest = new byte[line.getFirst().pubsub.maxMessage()];
        longest[longest.length - 1] = 7;
        assertEquals(1, line.getFirst().pubsub.publish(TOPIC, longest));
        assertArrayEquals(longest, line.getLast().hear().data());
        assertThrows(IllegalArgumentException.class,
                () -> line.getFirst().pubsub.publish(TOPIC, new byte[longest.length + 1]));
    }

    @Test
    void aPeerThatPublishesWithoutASubscriptionIsHeard() throws Exception {
        RunningPubSub.Peer listener = peers.start();
        RunningPubSub.Peer guest = peers.start();
        listener.subscribe(TOPIC);
        assertEquals(0, guest.pubsub.publish(TOPIC, bytes("to nobody")));
        guest.host.connect(listener.address());
        guest.awaitPeer(TOPIC, listener.id());
        assertEquals(1, guest.pubsub.publish(TOPIC, bytes("hello")));
        assertEquals("hello", listener.hear().text());
    }

    @Test
    void trustedPeersFindEachOtherAndHearEverythingWithoutAMesh() throws Exception {
        RunningPubSub.Peer one = peers.start();
        GossipsubOptions trusting = GossipsubOptions.standard().withFloodPublish(false);
        RunningPubSub.Peer other = peers.start(trusting, List.of(one.address()));
        one.subscribe(TOPIC);
        other.subscribe(TOPIC);
        other.awaitPeer(TOPIC, one.id());
        assertEquals(1, other.pubsub.publish(TOPIC, bytes("hello")));
        assertEquals("hello", one.hear().text());
        assertEquals(List.of(), other.pubsub.state().topics().getFirst().mesh());
        assertThrows(IllegalArgumentException.class,
                () -> peers.start(trusting, List.of(one.address().withoutPeer())));
    }

    @Test
    void whatAValidatorRejectsIsNeitherHeardNorPassedOn() throws Exception {
        List<RunningPubSub.Peer> line = line(3);
        RunningPubSub.Peer middle = line.get(1);
        middle.pubsub.validate(TOPIC, message -> {
            if (message.text().equals("fails")) {
                throw new IllegalStateException("a validator that fails, on purpose");
            }
            return message.text().equals("good") ? Verdict.ACCEPT : Verdict.REJECT;
        });
        line.getFirst().pubsub.publish(TOPIC, bytes("fails"));
        line.getFirst().pubsub.publish(TOPIC, bytes("bad"));
        await().atMost(RunningPubSub.PATIENCE).until(() -> middle.pubsub.state().peers().stream()
                .anyMatch(peer -> peer.id().equals(line.getFirst().id()) && peer.score() < 0));
        // One bad message: its sender has lost its place in the mesh; what it publishes itself still gets here.
        line.getFirst().pubsub.publish(TOPIC, bytes("good"));
        assertEquals("good", middle.hear().text());
        assertEquals("good", line.getLast().hear().text());
        assertTrue(middle.hasHeardNothingElse() && line.getLast().hasHeardNothingElse());
    }

    @Test
    void aHandlerThatFailsOrIsSlowHoldsUpNobodyElse() throws Exception {
        RunningPubSub.Peer peer = peers.start();
        var release = new CountDownLatch(1);
        var failed = new AtomicInteger();
        peer.pubsub.subscribe(TOPIC, message -> {
            failed.incrementAndGet();
            throw new IllegalStateException("a handler that fails, on purpose");
        });
        Registration slow = peer.pubsub.subscribe(TOPIC, message -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        peer.subscribe(TOPIC);
        peer.pubsub.publish(TOPIC, bytes("one"));
        peer.pubsub.publish(TOPIC, bytes("two"));
        assertEquals("one", peer.hear().text());
        assertEquals("two", peer.hear().text());
        await().atMost(RunningPubSub.PATIENCE).until(() -> failed.get() == 2);
        slow.close();
        release.countDown();
        assertEquals(List.of(TOPIC), peer.pubsub.topics());
    }

    @Test
    void aPeerThatTheApplicationThinksIllOfIsHeardNoMore() throws Exception {
        List<RunningPubSub.Peer> line = line(2);
        RunningPubSub.Peer left = line.getFirst();
        RunningPubSub.Peer right = line.getLast();
        right.pubsub.rate(left.id(), -200);
        await().atMost(RunningPubSub.PATIENCE).until(() -> right.pubsub.state().peers().getFirst().score() < -100);
        left.pubsub.publish(TOPIC, bytes("ignored"));
        assertEquals("ignored", left.hear().text());
        await().atMost(RunningPubSub.PATIENCE).until(() -> right.pubsub.state().topics().getFirst().mesh().isEmpty());
        assertTrue(right.hasHeardNothingElse());
        assertThrows(IllegalArgumentException.class, () -> right.pubsub.rate(left.id(), Double.NaN));
    }

    @Test
    void theTopicIsLeftWithTheLastSubscription() {
        RunningPubSub.Peer peer = peers.start();
        Registration first = peer.subscribe(TOPIC);
        Registration second = peer.subscribe(TOPIC);
        first.close();
        first.close();
        assertEquals(List.of(TOPIC), peer.pubsub.topics());
        second.close();
        assertEquals(List.of(), peer.pubsub.topics());
    }

    @Test
    void aPeerThatGoesIsForgottenAndComesBack() throws Exception {
        List<RunningPubSub.Peer> line = line(2);
        RunningPubSub.Peer left = line.getFirst();
        RunningPubSub.Peer right = line.getLast();
        right.host.connection(left.id()).orElseThrow().close();
        await().atMost(RunningPubSub.PATIENCE).until(() -> left.pubsub.peers(TOPIC).isEmpty());
        right.host.connect(left.address());
        left.awaitPeer(TOPIC, right.id());
        right.awaitPeer(TOPIC, left.id());
        left.pubsub.publish(TOPIC, bytes("again"));
        assertEquals("again", right.hear().text());
    }

    @Test
    void aServiceThatIsReplacedFindsThePeersAgain() throws Exception {
        List<RunningPubSub.Peer> line = line(2);
        RunningPubSub.Peer right = line.getLast();
        RunningPubSub.Peer left = peers.replaced(line.getFirst());
        left.subscribe(TOPIC);
        left.awaitPeer(TOPIC, right.id());
        right.awaitPeer(TOPIC, left.id());
        right.pubsub.publish(TOPIC, bytes("to the new one"));
        assertEquals("to the new one", left.hear().text());
        assertThrows(IllegalStateException.class, () -> line.getFirst().pubsub.publish(TOPIC, bytes("gone")));
    }

    @Test
    void aServiceThatCannotBeginLeavesNothingBehind() throws IOException {
        try (var hosts = new Hosts(new TcpTransport())) {
            SwitchHost host = hosts.start(HostOptions.local());
            Registration taken = host.handle(Version.protocols().getLast(), stream -> { });
            assertThrows(IllegalStateException.class,
                    () -> new PubSubService(host, Peers.identity(), GossipsubOptions.standard()));
            taken.close();
            new PubSubService(host, Peers.identity(), GossipsubOptions.standard()).close();
        }
    }

    // ---- those who do not keep to it

    private interface Attack {
        void on(Stream stream) throws Exception;
    }

    /** A host that takes streams of the protocol, and drops what comes, opens one and does something with it. */
    private void attack(RunningPubSub.Peer victim, Attack attack) throws Exception {
        try (var hosts = new Hosts(new TcpTransport())) {
            SwitchHost stranger = hosts.start(HostOptions.local());
            stranger.handle(PROTOCOL, stream -> stream.input().transferTo(OutputStream.nullOutputStream()));
            attack.on(stranger.connect(victim.address()).open(PROTOCOL));
        }
    }

    private static void write(Stream stream, byte[] frame) throws IOException {
        Frames.write(stream.output(), frame);
        stream.output().flush();
    }

    private static void assertEnds(Stream stream) {
        await().atMost(RunningPubSub.PATIENCE).pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> !stream.connection().isOpen() || resets(stream));
    }

    private static boolean resets(Stream stream) {
        try {
            stream.output().write(0);
            stream.output().flush();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aMalformedRecordCostsTheStreamAndTheThirdOneTheConnection() throws Exception {
        RunningPubSub.Peer victim = peers.start();
        attack(victim, first -> {
            write(first, new byte[] {(byte) 0xFF});
            assertEnds(first);
            for (int i = 0; i < 2; i++) {
                Stream next = first.connection().open(PROTOCOL);
                write(next, new byte[] {0x07});
                assertEnds(next);
            }
            await().atMost(RunningPubSub.PATIENCE).until(() -> !first.connection().isOpen());
        });
        assertEquals(List.of(), victim.pubsub.topics());
    }

    @Test
    void aRecordThatPromisesTooMuchIsNotWaitedFor() throws Exception {
        RunningPubSub.Peer victim = peers.start();
        attack(victim, stream -> {
            stream.output().write(Varint.encode(WireLimits.MAX_RPC + 1L));
            stream.output().flush();
            assertEnds(stream);
        });
    }

    @Test
    void aSecondStreamOfAPeerTakesThePlaceOfTheFirst() throws Exception {
        RunningPubSub.Peer victim = peers.start();
        attack(victim, first -> {
            write(first, RpcCodec.encode(new Rpc(List.of(new Rpc.Subscription("a", true)), List.of(), Control.NONE)));
            await().atMost(RunningPubSub.PATIENCE).until(() -> victim.pubsub.peers("a").size() == 1);
            Stream second = first.connection().open(PROTOCOL);
            write(second, RpcCodec.encode(new Rpc(List.of(new Rpc.Subscription("b", true)), List.of(), Control.NONE)));
            await().atMost(RunningPubSub.PATIENCE).until(() -> victim.pubsub.peers("b").size() == 1);
            assertEnds(first);
        });
    }

    @Test
    void aPeerThatNeverReadsHoldsUpNobody() throws Exception {
        RunningPubSub.Peer victim = peers.start();
        RunningPubSub.Peer honest = peers.start();
        victim.subscribe(TOPIC);
        honest.subscribe(TOPIC);
        honest.host.connect(victim.address());
        honest.awaitMesh(TOPIC, victim.id());
        victim.awaitPeer(TOPIC, honest.id());
        try (var hosts = new Hosts(new TcpTransport())) {
            SwitchHost deaf = hosts.start(HostOptions.local());
            var done = new CountDownLatch(1);
            deaf.handle(PROTOCOL, stream -> {
                try {
                    done.await(); // takes the stream and reads nothing
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Stream stream = deaf.connect(victim.address()).open(PROTOCOL);
            write(stream, RpcCodec.encode(new Rpc(List.of(new Rpc.Subscription(TOPIC, true)), List.of(), Control.NONE)));
            victim.awaitPeer(TOPIC, deaf.id());
            byte[] large = new byte[200_000];
            for (int i = 0; i < 200; i++) { // 40 MB: far more than any window and queue
                large[0] = (byte) i;
                victim.pubsub.publish(TOPIC, large);
                PubSubMessage heard = honest.hear();
                assertEquals((byte) i, heard.data()[0]);
            }
            done.countDown();
        }
    }
}
