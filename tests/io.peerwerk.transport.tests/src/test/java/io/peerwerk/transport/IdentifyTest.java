// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerRecord;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.Frames;
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

/** What peers learn about each other, when it changes, and what they do not believe. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdentifyTest {

    private static final String ECHO = "/test/echo/1.0.0";
    private static final String PUSH = "/ipfs/id/push/1.0.0";
    private static final Multiaddr OUTSIDE = Multiaddr.of("/ip4/198.51.100.9/tcp/4001");

    private final Hosts hosts = new Hosts(new TcpTransport());
    private SwitchHost alice;
    private SwitchHost bob;

    @BeforeEach
    void start() {
        alice = hosts.start(HostOptions.local());
        bob = hosts.start(HostOptions.local());
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void theAddressesOfAPeerAreSigned() throws IOException {
        alice.connect(Hosts.address(bob));
        Identification bobs = alice.identify(bob.id());
        assertTrue(bobs.signed());
        assertEquals(bob.addresses(), bobs.listenAddresses());
    }

    @Test
    void aNewConnectionSoonKnowsWhoIsThereAtBothEnds() throws IOException {
        Connection connection = alice.connect(Hosts.address(bob));
        await().until(() -> connection.identification().isPresent());
        assertTrue(connection.identification().get().protocols().contains(PUSH));
        await().until(() -> bob.connection(alice.id()).flatMap(Connection::identification).isPresent());
    }

    @Test
    void peersHearOfProtocolsThatComeAndGo() throws IOException {
        Connection connection = known(alice.connect(Hosts.address(bob)));
        Registration echo = bob.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        await().until(() -> connection.identification().get().protocols().contains(ECHO));
        echo.close();
        await().until(() -> !connection.identification().get().protocols().contains(ECHO));
    }

    @Test
    void peersHearOfAnAddressThatIsAnnouncedAndGoesAgain() throws IOException {
        Connection connection = known(alice.connect(Hosts.address(bob)));
        Registration first = bob.announce(OUTSIDE);
        Registration second = bob.announce(OUTSIDE.withPeer(bob.id()));
        await().until(() -> connection.identification().get().listenAddresses().contains(OUTSIDE));
        assertTrue(connection.identification().get().signed());
        assertTrue(alice.known(bob.id()).contains(OUTSIDE));
        first.close();
        assertTrue(bob.addresses().contains(OUTSIDE));
        second.close();
        await().until(() -> !connection.identification().get().listenAddresses().contains(OUTSIDE));
        assertFalse(alice.known(bob.id()).contains(OUTSIDE), "the newer record takes the place of the older one");
    }

    @Test
    void aListOfProtocolsThatIsTooLongForOneMessageComesWhole() throws IOException {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "/a/rather/long/name/of/a/protocol/" + i + "/1.0.0")
                .toList();
        names.forEach(name -> bob.handle(name, stream -> { }));
        alice.connect(Hosts.address(bob));
        assertTrue(alice.identify(bob.id()).protocols().containsAll(names));
        assertTrue(alice.identify(bob.id()).signed());
    }

    @Test
    void aStreamOfAProtocolThatThePeerIsKnownNotToSpeakIsRefusedAtOnce() throws IOException {
        Connection connection = known(alice.connect(Hosts.address(bob)));
        assertThrows(UnsupportedProtocolException.class, () -> connection.open(ECHO));
        assertThrows(UnsupportedProtocolException.class, () -> alice.open(bob.id(), ECHO));
        await().until(() -> connection.streamCount() == 0);
    }

    /** What is known of a peer may be old: it has the last word. */
    @Test
    void aProtocolThatThePeerHasJustLearnedCanBeUsed() throws IOException {
        Connection connection = known(alice.connect(Hosts.address(bob)));
        bob.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        try (Stream stream = connection.open(ECHO)) {
            stream.output().write(7);
            assertEquals(7, stream.input().read());
        }
    }

    @Test
    void aPeerThatHasNeverAskedIsNotToldOfChanges() throws IOException {
        var silent = hosts.start(HostOptions.local().identifying(false));
        known(alice.connect(Hosts.address(silent)));
        known(alice.connect(Hosts.address(bob)));
        alice.announce(OUTSIDE);
        await().until(() -> bob.known(alice.id()).contains(OUTSIDE));
        assertFalse(silent.known(alice.id()).contains(OUTSIDE));
    }

    // ---- what is not believed

    @Test
    void aRecordThatAnotherPeerHasSigned() throws Exception {
        var other = Identity.generate(new SecureRandom());
        byte[] stolen = new PeerRecord(other.id(), 1, List.of(OUTSIDE)).seal(other).toBytes();
        try (var peer = new RawPeer(bob.addresses().getFirst()).secured()) {
            push(peer, 1, new ProtoWriter().bytes(8, stolen).bytes(2, OUTSIDE.toBytes()));
            assertTrue(peer.isReset(1));
            assertEquals(List.of(), bob.known(other.id()), "nothing is kept of a peer that nobody has met");
            assertFalse(bob.known(peer.identity.id()).contains(OUTSIDE));
        }
    }

    @Test
    void aRecordWhoseSignatureIsNoneAtAll() throws Exception {
        try (var peer = new RawPeer(bob.addresses().getFirst()).secured()) {
            byte[] bytes = new PeerRecord(peer.identity.id(), 1, List.of(OUTSIDE)).seal(peer.identity).toBytes();
            bytes[bytes.length - 1] ^= 1;
            push(peer, 1, new ProtoWriter().bytes(8, bytes));
            assertTrue(peer.isReset(1));
            assertFalse(bob.known(peer.identity.id()).contains(OUTSIDE));
        }
    }

    @Test
    void aRecordThatIsOlderThanOneThatWasSeen() throws Exception {
        Multiaddr newer = Multiaddr.of("/ip4/198.51.100.10/tcp/4001");
        try (var peer = new RawPeer(bob.addresses().getFirst()).secured()) {
            push(peer, 1, record(peer.identity, 9, newer));
            await().until(() -> bob.known(peer.identity.id()).contains(newer));
            push(peer, 3, record(peer.identity, 8, OUTSIDE).string(3, "/end/1.0.0"));
            await().until(() -> bob.connection(peer.identity.id()).flatMap(Connection::identification)
                    .filter(said -> said.protocols().contains("/end/1.0.0")).isPresent());
            assertEquals(List.of(newer), bob.known(peer.identity.id()));
        }
    }

    @Test
    void aPushThatGoesOnAndOn() throws Exception {
        try (var peer = new RawPeer(bob.addresses().getFirst()).secured()) {
            var body = new ByteArrayOutputStream();
            for (int i = 0; i < 11; i++) {
                Frames.write(body, new ProtoWriter().string(3, "/p/" + i).toBytes());
            }
            peer.open(1, PUSH, body.toByteArray());
            assertTrue(peer.isReset(1));
            body.reset();
            Frames.write(body, new ProtoWriter().bytes(99, new byte[16_000]).toBytes());
            Frames.write(body, new ProtoWriter().bytes(99, new byte[16_000]).toBytes());
            Frames.write(body, new ProtoWriter().bytes(99, new byte[16_000]).toBytes());
            peer.open(3, PUSH, body.toByteArray());
            assertTrue(peer.isReset(3));
        }
    }

    private static ProtoWriter record(Identity identity, long sequence, Multiaddr address) {
        return new ProtoWriter().bytes(8, new PeerRecord(identity.id(), sequence, List.of(address)).seal(identity)
                .toBytes());
    }

    private static void push(RawPeer peer, int stream, ProtoWriter message) throws IOException {
        var body = new ByteArrayOutputStream();
        Frames.write(body, message.toBytes());
        peer.open(stream, PUSH, body.toByteArray());
        peer.sendFrame(RawPeer.WINDOW, RawPeer.FIN, stream, 0, new byte[0]);
    }

    private static Connection known(Connection connection) {
        await().until(() -> connection.identification().isPresent());
        return connection;
    }
}
