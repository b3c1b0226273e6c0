// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.multistream.Line;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tls.internal.TlsChannel;

/** A peer misbehaves in the TLS handshake: it is cut off in time, and the host goes on serving another one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTlsPeerTest {

    /** The start of a client's first message, which says that 512 bytes follow. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private Hosts hosts;
    private SwitchHost host;
    private SwitchHost friend;
    private Multiaddr address;

    /** The first handshake of a JVM loads many classes, which takes a busy machine longer than the limit below. */
    @BeforeAll
    static void loadTls() throws IOException {
        try (var first = new Hosts(new TcpTransport(), new TlsChannel())) {
            SwitchHost server = first.start(HostOptions.local());
            SwitchHost client = first.start(HostOptions.local());
            client.connect(Hosts.address(server));
            client.ping(server.id());
        }
    }

    @BeforeEach
    void start() throws IOException {
        hosts = new Hosts(new TcpTransport(), new TlsChannel());
        host = hosts.start(HostOptions.local().within(Duration.ofSeconds(10), Duration.ofSeconds(4)).atMost(64, 16, 32));
        friend = hosts.start(HostOptions.local());
        address = host.addresses().getFirst();
        friend.connect(Hosts.address(host));
    }

    @AfterEach
    void theFriendWasServedAllTheTime() throws IOException {
        try (Hosts all = hosts) {
            assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
            SwitchHost newcomer = all.start(HostOptions.local());
            newcomer.connect(Hosts.address(host));
            assertTrue(newcomer.ping(host.id()).compareTo(Duration.ZERO) > 0);
        }
    }

    @Test
    void aPeerThatSaysNothingAfterChoosingTls() throws IOException {
        try (RawPeer peer = choseTls()) {
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void manyPeersThatStopInTheMiddleOfTheirFirstMessage() throws IOException {
        var peers = new ArrayList<RawPeer>();
        try {
            for (int i = 0; i < 50; i++) {
                RawPeer peer = choseTls();
                peers.add(peer);
                peer.send(HELLO);
            }
            for (RawPeer peer : peers) {
                assertTrue(peer.isCutOff());
            }
        } finally {
            peers.forEach(RawPeer::close);
        }
    }

    @Test
    void aPeerThatSaysOneByteOfItsFirstMessageNowAndThen() throws Exception {
        try (RawPeer peer = choseTls()) {
            peer.send(HELLO);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        peer.send(new byte[1]);
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException e) {
                    // it was cut off, which is what the test waits for
                }
            });
            assertTrue(peer.isCutOff());
        }
    }

    @Test
    void aPeerThatSpeaksSomethingElseAfterChoosingTls() throws IOException {
        try (RawPeer peer = choseTls()) {
            peer.send("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes());
            assertTrue(peer.isCutOff());
        }
    }

    private RawPeer choseTls() throws IOException {
        var peer = new RawPeer(address);
        peer.send(Line.encode(Line.HEADER, "/tls/1.0.0"));
        return peer;
    }
}
