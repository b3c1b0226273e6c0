// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer misbehaves at each layer: it loses its stream or its connection, and the host goes on serving another one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostilePeerTest {

    private static final String COUNT = "/test/count/1.0.0";
    private Hosts hosts;
    private SwitchHost host;
    private SwitchHost friend;
    private Multiaddr address;

    @BeforeEach
    void start() throws IOException {
        hosts = new Hosts(new TcpTransport());
        host = hosts.start(HostOptions.local().within(Duration.ofSeconds(10), Duration.ofSeconds(4)).atMost(64, 8, 32)
                .identifying(false));
        friend = hosts.start(HostOptions.local());
        host.handle(COUNT, stream -> {
            long count = stream.input().transferTo(java.io.OutputStream.nullOutputStream());
            stream.output().write((int) count);
        });
        address = host.addresses().getFirst();
        friend.connect(Hosts.address(host));
    }

    @AfterEach
    void theFriendWasServedAllTheTime() throws IOException {
        try (Hosts all = hosts) {
            assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
            SwitchHost newcomer = all.start(HostOptions.local());
            newcomer.connect(Hosts.address(host));
            try (Stream stream = newcomer.open(host.id(), COUNT)) {
                stream.output().write(new byte[7]);
                stream.output().close();
                assertEquals(7, stream.input().read());
            }
        }
    }

    // ---- negotiation

    @Test
    void aNegotiationLineOfOneMegabyte() throws IOException {
        try (var peer = new RawPeer(address)) {
            peer.send(new byte[] {(byte) 0x80, (byte) 0x80, 0x40});
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aWebBrowserAtTheWrongDoor() throws IOException {
        try (var peer = new RawPeer(address)) {
            peer.send("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes());
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aPeerThatConnectsAndSaysNothing() throws IOException {
        try (var peer = new RawPeer(address)) {
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aPeerThatSaysOneByteNowAndThen() throws Exception {
        try (var peer = new RawPeer(address)) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (byte b : new byte[100]) {
                        peer.send(new byte[] {(byte) (0x13 + b)});
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    // it was cut off, which is what the test waits for
                }
            });
            assertTrue(peer.isCutOff());
        }
    }

    // ---- Noise

    @Test
    void aNoiseMessageOfTheWrongLength() throws IOException {
        try (var peer = new RawPeer(address).choseNoise()) {
            peer.sendNoise(new byte[31]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aNoiseMessageThatClaimsMoreThanAHandshakeNeeds() throws IOException {
        try (var peer = new RawPeer(address).choseNoise()) {
            peer.send(new byte[] {(byte) 0xff, (byte) 0xff});
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aNoiseHandshakeWithAThirdMessageOfGarbage() throws IOException {
        try (var peer = new RawPeer(address).choseNoise()) {
            byte[] key = new byte[32];
            key[0] = 9;
            peer.sendNoise(key);
            peer.receiveNoise();
            peer.sendNoise(new byte[200]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aNoiseKeyOfLowOrder() throws IOException {
        try (var peer = new RawPeer(address).choseNoise()) {
            peer.sendNoise(new byte[32]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aFlippedBitInACiphertext() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            byte[] message = peer.sealed(RawPeer.header(RawPeer.PING, RawPeer.SYN, 0, 1));
            message[5] ^= 4;
            peer.sendNoise(message);
            assertTrue(peer.isCutOff());
            await().until(() -> host.connection(peer.identity.id()).isEmpty());
        }
    }

    @Test
    void aCiphertextShorterThanItsTag() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendNoise(new byte[15]);
            assertTrue(peer.isCutOff());
        }
    }

    // ---- yamux

    @Test
    void aYamuxFrameThatClaimsFourGigabytes() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(RawPeer.DATA, RawPeer.SYN, 1, -1, new byte[100]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aYamuxStreamThatOpensWithMoreThanItsWindow() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(RawPeer.DATA, RawPeer.SYN, 1, 262_146, new byte[100]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aYamuxWindowThatOverflows() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(RawPeer.WINDOW, RawPeer.SYN, 1, -1, new byte[0]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aYamuxFrameOfAnUnknownType() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(7, 0, 1, 0, new byte[0]);
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aPeerThatIgnoresTheWindow() throws IOException {
        host.handle("/test/never/1.0.0", stream -> await().atMost(Duration.ofMinutes(1))
                .until(() -> !stream.connection().isOpen()));
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, "/test/never/1.0.0", new byte[0]);
            byte[] block = new byte[60_000];
            try {
                for (int i = 0; i < 100; i++) {
                    peer.sendFrame(RawPeer.DATA, 0, 1, block.length, block);
                }
            } catch (IOException e) {
                // it was cut off in the middle
            }
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aFloodOfPingsWhoseAnswersNobodyReads() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            byte[] pings = new byte[12 * 5000];
            for (int at = 0; at < pings.length; at += 12) {
                System.arraycopy(RawPeer.header(RawPeer.PING, RawPeer.SYN, 0, at), 0, pings, at, 12);
            }
            try {
                for (int i = 0; i < 2000; i++) {
                    peer.sendNoise(peer.sealed(pings));
                }
            } catch (IOException e) {
                // it was cut off in the middle
            }
            await().until(() -> host.connection(peer.identity.id()).isEmpty());
        }
    }

    @Test
    void aFloodOfStreams() throws IOException {
        var started = new AtomicInteger();
        host.handle("/test/hang/1.0.0", stream -> {
            started.incrementAndGet();
            stream.input().readAllBytes();
        });
        try (var peer = new RawPeer(address).secured()) {
            for (int i = 0; i < 100; i++) {
                peer.open(1 + 2 * i, "/test/hang/1.0.0", new byte[10]);
            }
            assertTrue(peer.isReset(199));
            assertTrue(started.get() <= 32, () -> started + " handlers ran for one peer");
        }
    }

    @Test
    void aPeerThatOpensAndResetsStreamsFasterThanABudgetIsCutOff() throws IOException {
        host.handle("/test/hang/1.0.0", stream -> stream.input().readAllBytes());
        try (var peer = new RawPeer(address).secured()) {
            flood(() -> {
                for (int i = 0; i < 20_000; i++) {
                    peer.open(1 + 2 * i, "/test/hang/1.0.0", new byte[10]);
                    peer.sendFrame(RawPeer.WINDOW, 8, 1 + 2 * i, 0, new byte[0]);
                }
            });
            await().until(() -> host.connection(peer.identity.id()).isEmpty());
        }
        await().until(() -> host.usage().streams() == 0);
    }

    @Test
    void emptyFramesWithoutEnd() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, COUNT, new byte[1]);
            flood(() -> repeat(peer, RawPeer.header(RawPeer.DATA, 0, 1, 0)));
            await().until(() -> host.connection(peer.identity.id()).isEmpty());
        }
    }

    @Test
    void windowUpdatesWithoutEnd() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, COUNT, new byte[1]);
            flood(() -> repeat(peer, RawPeer.header(RawPeer.WINDOW, 0, 1, 1)));
            await().until(() -> host.connection(peer.identity.id()).isEmpty());
        }
    }

    private interface Attack {
        void run() throws IOException;
    }

    /** Attacks until all is said or the host has hung up. */
    private static void flood(Attack attack) {
        try {
            attack.run();
        } catch (IOException e) {
            // it was cut off in the middle
        }
    }

    private static void repeat(RawPeer peer, byte[] header) throws IOException {
        byte[] many = new byte[12 * 5000];
        for (int at = 0; at < many.length; at += 12) {
            System.arraycopy(header, 0, many, at, 12);
        }
        for (int i = 0; i < 200; i++) {
            peer.sendNoise(peer.sealed(many));
        }
    }

    // ---- streams

    @Test
    void aPeerThatNamesItsProtocolByteByByteHoldsAStreamForNoLongerThanAHandshake() throws Exception {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(RawPeer.DATA, RawPeer.SYN, 1, 1, new byte[] {0x13});
            Thread.ofVirtual().start(() -> flood(() -> {
                for (byte b : "/multistream/1.0.0\n".repeat(5).getBytes()) {
                    peer.sendFrame(RawPeer.DATA, 0, 1, 1, new byte[] {b});
                    java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
                }
            }));
            assertTrue(peer.isReset(1));
        }
    }

    @Test
    void aStreamThatIsOpenedAndNeverNamedIsResetAfterTheTimeOfAHandshake() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.sendFrame(RawPeer.WINDOW, RawPeer.SYN, 1, 0, new byte[0]);
            assertTrue(peer.isReset(1));
        }
    }

    @Test
    void oneByteFramesThatNobodyReadsHoldNoMoreMemoryThanTheirBytes() throws Exception {
        var release = new java.util.concurrent.CountDownLatch(1);
        var available = new AtomicInteger();
        host.handle("/test/hold/1.0.0", stream -> {
            await().until(() -> stream.input().available() >= 200_000);
            available.set(stream.input().available());
            release.countDown();
        });
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, "/test/hold/1.0.0", new byte[0]);
            byte[] frames = new byte[13 * 5000];
            for (int at = 0; at < frames.length; at += 13) {
                System.arraycopy(RawPeer.header(RawPeer.DATA, 0, 1, 1), 0, frames, at, 12);
            }
            for (int i = 0; i < 40; i++) {
                peer.sendNoise(peer.sealed(frames));
            }
            assertTrue(release.await(60, TimeUnit.SECONDS));
            assertEquals(200_000, available.get());
        }
    }

    // ---- identify

    @Test
    void aPushedMessageWithALengthBeyondItsEnd() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            byte[] message = {6, 0x2a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
            peer.open(1, "/ipfs/id/push/1.0.0", message);
            assertTrue(peer.isReset(1));
        }
    }

    @Test
    void aPushedMessageThatClaimsTwoGigabytes() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, "/ipfs/id/push/1.0.0", new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07});
            assertTrue(peer.isReset(1));
        }
    }

    @Test
    void aPushInAnotherPeersName() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            byte[] message = new ProtoWriter().bytes(1, friend.connection(host.id()).orElseThrow().key().toBytes())
                    .bytes(2, Multiaddr.of("/ip4/127.0.0.1/tcp/9").toBytes()).toBytes();
            byte[] framed = new byte[1 + message.length];
            framed[0] = (byte) message.length;
            System.arraycopy(message, 0, framed, 1, message.length);
            peer.open(1, "/ipfs/id/push/1.0.0", framed);
            peer.sendFrame(RawPeer.WINDOW, RawPeer.FIN, 1, 0, new byte[0]);
            assertTrue(peer.isReset(1));
            assertTrue(host.known(peer.identity.id()).isEmpty());
            assertFalse(host.known(host.id()).contains(Multiaddr.of("/ip4/127.0.0.1/tcp/9")));
        }
    }

    @Test
    void aPeerThatClaimsEndlessAddresses() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            for (int i = 0; i < 20; i++) {
                var message = new ProtoWriter();
                for (int port = 1; port <= 500; port++) {
                    message.bytes(2, Multiaddr.of("/ip4/10.0." + i + ".1/tcp/" + port).toBytes());
                }
                byte[] bytes = message.toBytes();
                byte[] framed = new byte[2 + bytes.length];
                framed[0] = (byte) (bytes.length & 0x7f | 0x80);
                framed[1] = (byte) (bytes.length >> 7);
                System.arraycopy(bytes, 0, framed, 2, bytes.length);
                peer.open(1 + 2 * i, "/ipfs/id/push/1.0.0", framed);
                peer.sendFrame(RawPeer.WINDOW, RawPeer.FIN, 1 + 2 * i, 0, new byte[0]);
            }
            PeerId id = peer.identity.id();
            await().until(() -> !host.known(id).isEmpty());
            assertTrue(host.known(id).size() <= 16, () -> host.known(id).size() + " addresses are kept");
        }
    }

    @Test
    void aFloodOfPushes() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            byte[] message = {2, 0x32, 0};
            for (int i = 0; i < 200; i++) {
                peer.open(1 + 2 * i, "/ipfs/id/push/1.0.0", message);
                peer.sendFrame(RawPeer.WINDOW, RawPeer.FIN, 1 + 2 * i, 0, new byte[0]);
            }
            assertTrue(peer.isReset(399));
        }
    }

    @Test
    void aFloodOfQuestionsWhoThisIs() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            for (int i = 0; i < 200; i++) {
                peer.open(1 + 2 * i, "/ipfs/id/1.0.0", new byte[0]);
            }
            assertTrue(peer.isReset(399));
        }
    }

    @Test
    void aPushOfMoreThanAllMessagesMayHave() throws IOException {
        try (var peer = new RawPeer(address).secured()) {
            peer.open(1, "/ipfs/id/push/1.0.0", new byte[0]);
            byte[] message = {2, 0x32, 0};
            for (int i = 0; i < 11; i++) {
                peer.sendFrame(RawPeer.DATA, 0, 1, message.length, message);
            }
            assertTrue(peer.isReset(1));
        }
    }

    // ---- floods of connections

    @Test
    void aFloodOfConnectionsThatSayNothing() throws IOException {
        var flood = new ArrayList<RawPeer>();
        try {
            for (int i = 0; i < 100; i++) {
                flood.add(new RawPeer(address));
                if (i % 10 == 0) {
                    assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
                }
            }
            assertTrue(flood.getFirst().isCutOff());
        } finally {
            flood.forEach(RawPeer::close);
        }
    }

    @Test
    void aFloodOfPeersThatAreAllWellBehaved() throws IOException {
        var flood = new ArrayList<RawPeer>();
        try {
            int refused = 0;
            for (int i = 0; i < 60; i++) {
                var peer = new RawPeer(address);
                flood.add(peer);
                try {
                    peer.secured();
                } catch (IOException e) {
                    refused++;
                }
            }
            assertTrue(refused > 0);
            assertTrue(host.connections().size() <= 48, () -> host.connections().size() + " connections were taken");
            assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
        } finally {
            flood.forEach(RawPeer::close);
        }
        await().until(() -> host.connections().size() <= 1);
    }

    @Test
    void aListOfEveryBadThingAtOnce() throws IOException {
        List<byte[]> openings = List.of(new byte[] {0}, new byte[] {1, 'x'}, new byte[1000], "\r\n\r\n".getBytes());
        for (byte[] opening : openings) {
            try (var peer = new RawPeer(address)) {
                peer.send(opening);
                assertTrue(peer.isCutOff(), () -> Arrays.toString(opening));
            }
        }
    }
}
