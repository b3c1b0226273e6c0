// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.Registration;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.internal.PeerProtocols;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.nat.internal.autonat.V2Message.DialStatus;
import io.peerwerk.nat.internal.autonat.V2Message.Status;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both versions between real hosts on loopback, and with peers that do not keep to the rules. */
class AutonatTest {

    private static final AutonatOptions OPTIONS = AutonatOptions.local();
    private static final InstantSource CLOCK = InstantSource.system();

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SwitchHost asker = hosts.start(HostOptions.local());
    private final SwitchHost server = hosts.start(HostOptions.local());
    private final V2Client client = new V2Client(OPTIONS, new SecureRandom());

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        hosts.close();
    }

    private Connection connected() throws IOException {
        return asker.connect(Hosts.address(server));
    }

    private void serve(AutonatOptions options) {
        var policy = new DialPolicy(server::bound, options.anyScope());
        server.handle(V1Client.PROTOCOL, new V1Server(server, policy, options, CLOCK)::serve);
        server.handle(V2Client.DIAL_REQUEST, new V2Server(server, policy, options, CLOCK, new SecureRandom())::serve);
        asker.handle(V2Client.DIAL_BACK, client::takeDialBack);
    }

    private static Multiaddr closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return Multiaddr.of("/ip4/127.0.0.1/tcp/" + socket.getLocalPort());
        }
    }

    @Test
    void versionTwoProvesAnAddressThatCanBeDialled() throws IOException {
        serve(OPTIONS);
        Multiaddr own = asker.addresses().getFirst();
        assertEquals(new Answer.Dialled(own, true), client.ask(connected(), List.of(own)));
        await().until(() -> asker.connections().size() == 1);
    }

    @Test
    void versionTwoTellsAnAddressThatCannotBeDialled() throws IOException {
        serve(OPTIONS);
        Multiaddr closed = closedPort();
        assertEquals(new Answer.Dialled(closed, false),
                client.ask(connected(), List.of(closed, asker.addresses().getFirst())), "only one is dialled");
    }

    @Test
    void anAddressElsewhereIsDialledOnceItIsPaidFor() throws IOException {
        serve(OPTIONS);
        Registration more = asker.listenOn(Multiaddr.of("/ip4/127.0.0.2/tcp/0"));
        Multiaddr elsewhere = asker.bound().stream().filter(a -> a.toString().contains("127.0.0.2")).findFirst()
                .orElseThrow();
        Connection connection = connected();
        long before = connection.bytesOut();
        assertEquals(new Answer.Dialled(elsewhere, true), client.ask(connection, List.of(elsewhere)));
        assertTrue(connection.bytesOut() - before >= V2Server.MIN_DATA);
        more.close();
    }

    @Test
    void versionOneDialsBack() throws IOException {
        serve(OPTIONS);
        var one = new V1Client(asker.id(), OPTIONS);
        assertEquals(new Answer.DialledAll(true),
                one.ask(connected(), List.of(closedPort(), asker.addresses().getFirst())));
        assertEquals(new Answer.DialledAll(false), one.ask(connected(), List.of(closedPort())));
    }

    @Test
    void privateAddressesAreNotDialledForAnybody() throws IOException {
        serve(new AutonatOptions(true, false, Duration.ZERO, OPTIONS.retry(), OPTIONS.refresh(), OPTIONS.rest(),
                OPTIONS.lifetime(), OPTIONS.step(), OPTIONS.dial(), OPTIONS.herd(), OPTIONS.rates()));
        var seen = new AtomicInteger();
        asker.handle("/count", stream -> seen.incrementAndGet());
        assertEquals(new Answer.Nothing(), client.ask(connected(), asker.addresses()));
        assertEquals(new Answer.Nothing(), new V1Client(asker.id(), OPTIONS).ask(connected(), asker.addresses()));
        assertEquals(1, asker.connections().size());
    }

    @Test
    void moreRequestsThanTheRateAreRejected() throws IOException {
        serve(OPTIONS.at(new DialLimits.Rates(10, 2, 2, 1)));
        Multiaddr own = asker.addresses().getFirst();
        for (int i = 0; i < 2; i++) {
            assertEquals(new Answer.Dialled(own, true), client.ask(connected(), List.of(own)));
        }
        assertEquals(new Answer.Nothing(), client.ask(connected(), List.of(own)));
    }

    @Test
    void versionOneDialsNoOtherPeerThanTheAsker() throws IOException {
        serve(OPTIONS);
        var stranger = hosts.start(HostOptions.local());
        assertEquals(V1Message.Status.BAD_REQUEST, raw(new V1Message.Dial(stranger.id(), stranger.addresses())));
        assertEquals(V1Message.Status.BAD_REQUEST, raw(new V1Message.Dial(null, asker.addresses())));
        assertEquals(V1Message.Status.DIAL_REFUSED,
                raw(new V1Message.Dial(asker.id(), List.of(Multiaddr.of("/ip4/169.254.169.254/tcp/80")))));
        assertTrue(stranger.connections().isEmpty());
    }

    private V1Message.Status raw(V1Message.Dial request) throws IOException {
        try (Stream stream = connected().open(V1Client.PROTOCOL)) {
            Frames.write(stream.output(), request.toBytes());
            stream.output().flush();
            var answer = V1Message.parse(Frames.read(stream.input(), V1Message.MAX_LENGTH));
            return assertInstanceOf(V1Message.DialResponse.class, answer).status();
        }
    }

    @Test
    void aRequestLongerThanTheLimitCostsTheStreamNotTheServer() throws IOException {
        serve(OPTIONS);
        for (String protocol : List.of(V1Client.PROTOCOL, V2Client.DIAL_REQUEST)) {
            Stream stream = connected().open(protocol);
            stream.timeout(Duration.ofSeconds(20));
            stream.output().write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 1, 2, 3});
            stream.output().flush();
            assertThrows(IOException.class, () -> Frames.read(stream.input(), V2Message.MAX_LENGTH));
        }
        Multiaddr own = asker.addresses().getFirst();
        assertEquals(new Answer.Dialled(own, true), client.ask(connected(), List.of(own)));
    }

    @Test
    void dialDataInTinyPiecesIsNoPayment() throws IOException {
        serve(OPTIONS);
        Stream stream = connected().open(V2Client.DIAL_REQUEST);
        stream.timeout(Duration.ofSeconds(20));
        Frames.write(stream.output(),
                V2Message.DialRequest.of(List.of(Multiaddr.of("/ip4/127.0.0.3/tcp/9")), 1).toBytes());
        stream.output().flush();
        assertInstanceOf(V2Message.DialDataRequest.class,
                V2Message.parse(Frames.read(stream.input(), V2Message.MAX_LENGTH)));
        Frames.write(stream.output(), new V2Message.DialDataResponse(new byte[99]).toBytes());
        stream.output().flush();
        assertThrows(IOException.class, () -> Frames.read(stream.input(), V2Message.MAX_LENGTH));
    }

    // ---- servers that lie

    private interface Script {
        void run(Stream stream, V2Message.DialRequest request) throws IOException;
    }

    private void lie(Script script) {
        asker.handle(V2Client.DIAL_BACK, client::takeDialBack);
        server.handle(V2Client.DIAL_REQUEST, stream -> script.run(stream, (V2Message.DialRequest) V2Message
                .parse(Frames.read(stream.input(), V2Message.MAX_LENGTH))));
    }

    private static void say(Stream stream, V2Message message) throws IOException {
        Frames.write(stream.output(), message.toBytes());
        stream.output().flush();
    }

    private void sendNonce(Connection over, long nonce) throws IOException {
        try (Stream back = over.open(V2Client.DIAL_BACK)) {
            back.timeout(Duration.ofSeconds(10));
            Frames.write(back.output(), new DialBack(nonce).toBytes());
            back.output().close();
            back.input().readAllBytes();
        }
    }

    @Test
    void aDialBackThatNeverCameIsNotBelieved() {
        lie((stream, request) -> say(stream, new V2Message.DialResponse(Status.OK, 0, DialStatus.OK)));
        assertThrows(FormatException.class, () -> client.ask(connected(), asker.addresses()));
    }

    @Test
    void aNonceOverTheConnectionThatWasAskedOnProvesNothing() {
        lie((stream, request) -> {
            assertThrows(IOException.class, () -> sendNonce(stream.connection(), request.nonce()));
            say(stream, new V2Message.DialResponse(Status.OK, 0, DialStatus.OK));
        });
        assertThrows(FormatException.class, () -> client.ask(connected(), asker.addresses()));
    }

    @Test
    void aWrongNonceProvesNothing() {
        lie((stream, request) -> {
            Connection fresh = server.connect(stream.connection().peer(), asker.addresses(),
                    Swarm.Mode.FRESH);
            assertThrows(IOException.class, () -> sendNonce(fresh, request.nonce() + 1));
            say(stream, new V2Message.DialResponse(Status.OK, 0, DialStatus.OK));
        });
        assertThrows(FormatException.class, () -> client.ask(connected(), asker.addresses()));
    }

    @Test
    void aNonceThatCameProvesTheAddressWhateverTheServerSays() throws IOException {
        lie((stream, request) -> {
            Connection fresh = server.connect(stream.connection().peer(), asker.addresses(),
                    Swarm.Mode.FRESH);
            sendNonce(fresh, request.nonce());
            say(stream, new V2Message.DialResponse(Status.OK, 0, DialStatus.DIAL_ERROR));
        });
        Multiaddr own = asker.addresses().getFirst();
        assertEquals(new Answer.Dialled(own, true), client.ask(connected(), List.of(own)));
    }

    @Test
    void aServerThatWantsTooManyBytesGetsNone() {
        lie((stream, request) -> {
            say(stream, new V2Message.DialDataRequest(0, V2Client.MAX_DATA + 1));
            stream.input().readAllBytes();
        });
        assertThrows(FormatException.class, () -> client.ask(connected(), asker.addresses()));
    }

    @Test
    void anAnswerAboutAnAddressThatWasNotAskedAboutIsRefused() {
        lie((stream, request) -> say(stream, new V2Message.DialResponse(Status.OK, 1, DialStatus.DIAL_ERROR)));
        assertThrows(FormatException.class, () -> client.ask(connected(), asker.addresses()));
    }

    // ---- all of it

    @Test
    void aPeerFindsOutByItselfThatOthersReachIt() throws IOException {
        SwitchHost third = hosts.start(HostOptions.local());
        Prober finds = prober(asker);
        for (SwitchHost other : List.of(server, third)) {
            prober(other);
            asker.connect(Hosts.address(other));
        }
        await().until(() -> finds.findings().reach() == Reach.PUBLIC);
        assertEquals(Set.copyOf(asker.addresses()), finds.findings().addresses().keySet());
    }

    @Test
    void aPeerFindsOutByItselfThatItIsNotReached() throws IOException {
        SwitchHost host = hosts.start(HostOptions.standard());
        Multiaddr wrong = closedPort();
        host.announce(wrong);
        Prober finds = prober(host);
        for (SwitchHost other : List.of(server, asker)) {
            prober(other);
            host.connect(Hosts.address(other));
        }
        await().until(() -> finds.findings().reach() == Reach.PRIVATE);
        assertEquals(Reach.PRIVATE, finds.findings().addresses().get(wrong));
    }

    private Prober prober(SwitchHost host) {
        var peers = new PeerProtocols(host, () -> { });
        var prober = new Prober(host, host, peers, OPTIONS, () -> { });
        open.add(prober);
        open.add(peers);
        return prober;
    }

    @Test
    void aDialThatFailsSaysSo() {
        assertThrows(DialException.class,
                () -> server.connect(asker.id(), List.of(closedPort()), Swarm.Mode.FRESH));
    }
}
