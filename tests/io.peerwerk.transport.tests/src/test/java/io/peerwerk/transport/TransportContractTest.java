// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Bytes;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two hosts can expect of each other, whatever the transport between them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportContractTest {

    private static final String ECHO = "/test/echo/1.0.0";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    private Hosts hosts;
    private SwitchHost alice;
    private SwitchHost bob;

    /** A fresh transport for an identity; closed by the test if it can be closed. */
    abstract Transport transport(Identity identity);

    /** An address to listen on that is free each time. */
    abstract Multiaddr freeAddress();

    /** An address of this transport's kind where nobody listens. */
    abstract Multiaddr deadAddress();

    /** How links are secured. */
    SecureChannel secureChannel() {
        return new NoiseChannel();
    }

    @BeforeEach
    void startTwoHosts() {
        hosts = new Hosts(this::transport, secureChannel());
        alice = hosts.start(HostOptions.standard().listeningOn(List.of(freeAddress())));
        bob = hosts.start(HostOptions.standard().listeningOn(List.of(freeAddress())));
        bob.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    // ---- connections

    @Test
    void aConnectionShowsWhoIsAtItsEnds() throws IOException {
        Connection connection = alice.connect(bob.id(), bob.addresses());
        assertEquals(bob.id(), connection.peer());
        assertEquals(bob.id(), connection.key().toPeerId());
        assertTrue(connection.initiator() && connection.isOpen());
        assertEquals(bob.addresses().getFirst(), connection.remoteAddress());
        await().until(() -> bob.connection(alice.id()).isPresent());
        assertFalse(bob.connection(alice.id()).get().initiator());
    }

    @Test
    void aSecondConnectGivesTheSameConnection() throws IOException {
        Connection first = alice.connect(bob.id(), bob.addresses());
        assertSame(first, alice.connect(bob.id(), bob.addresses()));
        assertSame(first, alice.connect(bob.id(), List.of(deadAddress())));
        assertSame(first, alice.connection(bob.id()).orElseThrow());
    }

    @Test
    void callersThatWantTheSamePeerAtTheSameTimeShareOneDial() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<java.util.concurrent.Future<Connection>>();
            for (int i = 0; i < 50; i++) {
                calls.add(threads.submit(() -> alice.connect(bob.id(), bob.addresses())));
            }
            for (var call : calls) {
                assertSame(calls.getFirst().get(), call.get());
            }
        }
        assertEquals(1, alice.connections().size());
    }

    @Test
    void whenBothDialAtOnceBothGetAConnectionThatWorks() throws Exception {
        alice.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        for (int i = 0; i < 5; i++) {
            var back = CompletableFuture.supplyAsync(() -> connected(bob, alice));
            Connection there = alice.connect(bob.id(), bob.addresses());
            assertEquals(alice.id(), back.get().peer());
            assertEquals("hi", echo(alice.open(bob.id(), ECHO), "hi"));
            assertEquals("hi", echo(bob.open(alice.id(), ECHO), "hi"));
            there.close();
            alice.connections().forEach(Connection::close);
            bob.connections().forEach(Connection::close);
            await().until(() -> alice.connections().isEmpty() && bob.connections().isEmpty());
        }
    }

    @Test
    void anotherPeerThanTheOneDialledIsRefusedAndTheErrorSaysWhy() {
        SwitchHost carol = hosts.start(HostOptions.standard());
        DialException refused = assertThrows(DialException.class, () -> carol.connect(alice.id(), bob.addresses()));
        assertTrue(refused.getMessage().contains("another peer is there: " + bob.id()), refused::getMessage);
        await().until(() -> bob.connections().isEmpty());
        assertTrue(carol.connections().isEmpty());
    }

    @Test
    void aPeerThatIsNotThereIsAnErrorThatNamesTheAddress() {
        DialException refused = assertThrows(DialException.class, () ->
                alice.connect(bob.id(), List.of(deadAddress())));
        assertTrue(refused.reasons().containsKey(deadAddress()), refused::getMessage);
        DialException unknown = assertThrows(DialException.class, () -> alice.open(bob.id(), ECHO));
        assertTrue(unknown.reasons().isEmpty(), unknown::getMessage);
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotWork() throws IOException {
        Multiaddr strange = Multiaddr.of("/ip4/127.0.0.1/udp/1/webtransport");
        List<Multiaddr> addresses = List.of(strange, deadAddress(), bob.addresses().getFirst());
        assertEquals(bob.id(), alice.connect(bob.id(), addresses).peer());
    }

    @Test
    void withoutAPeerInTheAddressWhoeverIsThereIsTaken() throws IOException {
        assertEquals(bob.id(), alice.connect(bob.addresses().getFirst()).peer());
    }

    @Test
    void aHostDoesNotTalkToItself() {
        assertThrows(IOException.class, () -> alice.connect(alice.id(), alice.addresses()));
        assertThrows(IOException.class, () -> alice.connect(alice.addresses().getFirst()));
    }

    @Test
    void anAddressThatWorkedIsRemembered() throws IOException {
        alice.connect(bob.id(), bob.addresses()).close();
        await().until(() -> alice.connections().isEmpty());
        assertEquals(bob.addresses().getFirst(), alice.known(bob.id()).getFirst());
        assertEquals("again", echo(alice.open(bob.id(), ECHO), "again"));
    }

    @Test
    void anAddressThatWasGivenInAdvanceIsUsed() throws IOException {
        alice.remember(bob.id(), bob.addresses());
        assertEquals("hello", echo(alice.open(bob.id(), ECHO), "hello"));
    }

    @Test
    void listenersHearOfConnectionsInOrder() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        var gone = new CountDownLatch(1);
        bob.listen(new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                heard.add("opened " + connection.peer());
            }

            @Override
            public void closed(Connection connection) {
                heard.add("closed " + connection.peer());
                gone.countDown();
            }
        });
        Connection connection = alice.connect(bob.id(), bob.addresses());
        // Who dials may be ready before the other end is.
        await().until(() -> bob.connection(alice.id()).isPresent());
        connection.close();
        assertTrue(gone.await(30, TimeUnit.SECONDS));
        assertEquals(List.of("opened " + alice.id(), "closed " + alice.id()), heard);
    }

    @Test
    void bytesOfAConnectionAreCounted() throws IOException {
        Connection connection = alice.connect(bob.id(), bob.addresses());
        long before = connection.bytesOut();
        echo(connection.open(ECHO), "x".repeat(10_000));
        assertTrue(connection.bytesOut() - before >= 10_000);
        assertTrue(connection.bytesIn() >= 10_000);
    }

    // ---- protocols of every host

    @Test
    void aPingMeasuresARoundTrip() throws IOException {
        alice.connect(bob.id(), bob.addresses());
        assertTrue(alice.ping(bob.id()).compareTo(Duration.ZERO) > 0);
        assertTrue(bob.ping(alice.id()).compareTo(Duration.ZERO) > 0);
    }

    @Test
    void identifyTellsWhoIsThere() throws IOException {
        Connection connection = alice.connect(bob.id(), bob.addresses());
        Identification id = alice.identify(bob.id());
        assertEquals(bob.id(), id.peer());
        assertEquals(bob.addresses(), id.listenAddresses());
        assertTrue(id.agent().startsWith("peerwerk/"), id::agent);
        assertTrue(id.protocols().containsAll(List.of(ECHO, "/ipfs/id/1.0.0", "/ipfs/ping/1.0.0")), id::toString);
        assertEquals(Optional.of(connection.localAddress()), id.observedAddress());
    }

    @Test
    void aPeerThatDialsBecomesDiallable() throws IOException {
        bob.connect(alice.id(), alice.addresses());
        await().until(() -> alice.known(bob.id()).containsAll(bob.addresses()));
    }

    // ---- streams

    @Test
    void aStreamGoesOnInOneDirectionAfterTheOtherHasEnded() throws Exception {
        var heard = new CompletableFuture<String>();
        bob.handle("/test/half/1.0.0", stream -> {
            heard.complete(text(stream.input().readAllBytes()));
            stream.output().write("answer after the end".getBytes(StandardCharsets.UTF_8));
        });
        alice.connect(bob.id(), bob.addresses());
        try (Stream stream = alice.open(bob.id(), "/test/half/1.0.0")) {
            stream.output().write("question".getBytes(StandardCharsets.UTF_8));
            stream.output().close();
            assertEquals("question", heard.get(30, TimeUnit.SECONDS));
            assertEquals("answer after the end", text(stream.input().readAllBytes()));
            assertEquals(-1, stream.input().read());
            assertThrows(IOException.class, () -> stream.output().write(1));
        }
    }

    @Test
    void aStreamThatIsOnlyWrittenToArrivesWithItsEnd() throws Exception {
        var heard = new CompletableFuture<String>();
        bob.handle("/test/letter/1.0.0", stream -> heard.complete(text(stream.input().readAllBytes())));
        alice.connect(bob.id(), bob.addresses());
        try (Stream stream = alice.open(bob.id(), "/test/letter/1.0.0")) {
            stream.output().write("no answer needed".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("no answer needed", heard.get(30, TimeUnit.SECONDS));
        await().until(() -> alice.connection(bob.id()).orElseThrow().streamCount() == 0);
    }

    @Test
    void echoOf64MiBComesBackWholeToAReaderThatIsSlow() throws Exception {
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), ECHO);
        var sent = Bytes.send(stream, 64L * MIB, 7);
        long received = Bytes.receive(stream, 64L * MIB);
        assertEquals(sent.get(30, TimeUnit.SECONDS), received);
        stream.close();
    }

    @Test
    void aWriterWaitsForAReaderThatDoesNotRead() throws Exception {
        var read = new CountDownLatch(1);
        var total = new CompletableFuture<Long>();
        bob.handle("/test/late/1.0.0", stream -> {
            awaitLatch(read);
            total.complete(stream.input().transferTo(java.io.OutputStream.nullOutputStream()));
        });
        Connection connection = alice.connect(bob.id(), bob.addresses());
        Stream stream = connection.open("/test/late/1.0.0");
        stream.timeout(Duration.ofMillis(300));
        byte[] block = new byte[64 * 1024];
        var written = new AtomicInteger();
        assertThrows(SocketTimeoutException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                stream.output().write(block);
                written.addAndGet(block.length);
            }
        });
        assertTrue(written.get() < 8 * MIB, () -> written + " bytes were taken for a peer that reads none");
        assertEquals("others go on", echo(connection.open(ECHO), "others go on"));
        read.countDown();
        stream.timeout(Duration.ofSeconds(30));
        stream.output().close();
        assertTrue(total.get(30, TimeUnit.SECONDS) >= written.get());
        stream.close();
    }

    @Test
    void manyStreamsRunAtOnce() throws Exception {
        alice.connect(bob.id(), bob.addresses());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<java.util.concurrent.Future<String>>();
            for (int i = 0; i < 400; i++) {
                String text = ("stream " + i + ' ').repeat(2000);
                calls.add(threads.submit(() -> echo(alice.open(bob.id(), ECHO), text)));
            }
            for (int i = 0; i < calls.size(); i++) {
                assertEquals(("stream " + i + ' ').repeat(2000), calls.get(i).get());
            }
        }
        await().until(() -> alice.connection(bob.id()).orElseThrow().streamCount() == 0);
    }

    @Test
    void aResetReachesTheHandlerThatReads() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        bob.handle("/test/reset/1.0.0", stream -> {
            try {
                stream.output().write(1);
                stream.output().flush();
                stream.input().readAllBytes();
                failure.complete(new AssertionError("the stream ended well"));
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        });
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/reset/1.0.0");
        stream.output().write(new byte[100]);
        assertEquals(1, stream.input().read());
        stream.reset();
        assertInstanceOf(StreamResetException.class, failure.get(30, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> stream.output().write(1));
        assertThrows(IOException.class, () -> stream.input().read());
    }

    @Test
    void aHandlerThatThrowsResetsItsStream() throws IOException {
        bob.handle("/test/throws/1.0.0", stream -> {
            throw new IllegalStateException("this is what the test wants");
        });
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/throws/1.0.0");
        assertThrows(StreamResetException.class, () -> stream.input().read());
        assertEquals("others go on", echo(alice.open(bob.id(), ECHO), "others go on"));
    }

    @Test
    void aHandlerThatReturnsEndsItsStream() throws IOException {
        bob.handle("/test/brief/1.0.0", stream -> stream.output().write(5));
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/brief/1.0.0");
        assertArrayEquals(new byte[] {5}, stream.input().readAllBytes());
        stream.close();
        await().until(() -> stream.connection().streamCount() == 0);
    }

    @Test
    void aReadThatTakesTooLongEndsWithATimeout() throws IOException {
        bob.handle("/test/silent/1.0.0", stream -> stream.input().readAllBytes());
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/silent/1.0.0");
        stream.timeout(Duration.ofMillis(50));
        assertThrows(SocketTimeoutException.class, () -> stream.input().read());
        stream.output().write(1);
        stream.output().flush();
        stream.reset();
    }

    @Test
    void aProtocolThatThePeerDoesNotSpeakIsAnErrorOfItsOwn() throws IOException {
        alice.connect(bob.id(), bob.addresses());
        // At the first read, or at once when the peer has told what it speaks by then.
        assertThrows(UnsupportedProtocolException.class, () -> {
            Stream stream = alice.open(bob.id(), "/no/such/1.0.0");
            stream.output().write(new byte[1000]);
            assertThrows(UnsupportedProtocolException.class, () -> stream.input().read());
            stream.input().read();
        });
    }

    @Test
    void aProtocolGoesWithItsRegistrationAndCanComeAgain() throws IOException {
        var registration = bob.handle("/test/comes/1.0.0", stream -> stream.output().write(1));
        assertThrows(IllegalStateException.class, () -> bob.handle("/test/comes/1.0.0", stream -> { }));
        alice.connect(bob.id(), bob.addresses());
        assertEquals(1, firstByte("/test/comes/1.0.0"));
        registration.close();
        assertThrows(UnsupportedProtocolException.class, () -> firstByte("/test/comes/1.0.0"));
        bob.handle("/test/comes/1.0.0", stream -> stream.output().write(2));
        registration.close();
        assertEquals(2, firstByte("/test/comes/1.0.0"));
    }

    @Test
    void aLostConnectionEndsItsStreams() throws Exception {
        bob.handle("/test/wait/1.0.0", stream -> stream.input().readAllBytes());
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/wait/1.0.0");
        var reading = CompletableFuture.supplyAsync(() -> thrown(() -> stream.input().read()));
        await().until(() -> bob.connection(alice.id()).map(Connection::streamCount).orElse(0) > 0);
        bob.connection(alice.id()).orElseThrow().close();
        assertInstanceOf(StreamResetException.class, reading.get(30, TimeUnit.SECONDS));
        await().until(() -> alice.connection(bob.id()).isEmpty());
        assertFalse(stream.connection().isOpen());
        assertThrows(StreamResetException.class, () -> stream.connection().open(ECHO));
    }

    @Test
    void anInterruptEndsAWaitingRead() throws Exception {
        bob.handle("/test/wait/1.0.0", stream -> stream.input().readAllBytes());
        alice.connect(bob.id(), bob.addresses());
        Stream stream = alice.open(bob.id(), "/test/wait/1.0.0");
        var failure = new AtomicReference<Throwable>();
        Thread reader = Thread.ofVirtual().start(() -> failure.set(thrown(() -> stream.input().read())));
        await().until(() -> reader.getState() == Thread.State.WAITING);
        reader.interrupt();
        reader.join(PATIENCE);
        assertInstanceOf(java.io.InterruptedIOException.class, failure.get());
        stream.reset();
    }

    @Test
    void aQuestionIsAnswered() throws IOException {
        var reverse = new Exchange.Protocol("/test/reverse/1.0.0", 100, 100, Duration.ofSeconds(30));
        Exchange.serve(bob, reverse, (from, request) -> {
            assertEquals(alice.id(), from);
            return new StringBuilder(text(request)).reverse().toString().getBytes(StandardCharsets.UTF_8);
        });
        alice.connect(bob.id(), bob.addresses());
        assertEquals("olleh", text(Exchange.ask(alice, bob.id(), reverse, "hello".getBytes(StandardCharsets.UTF_8))));
        assertThrows(IllegalArgumentException.class, () -> Exchange.ask(alice, bob.id(), reverse, new byte[101]));
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() throws IOException {
        var generous = new Exchange.Protocol("/test/long/1.0.0", 100, 101, Duration.ofSeconds(30));
        var strict = new Exchange.Protocol("/test/long/1.0.0", 100, 100, Duration.ofSeconds(30));
        Exchange.serve(bob, generous, (from, request) -> new byte[101]);
        alice.connect(bob.id(), bob.addresses());
        assertEquals(101, Exchange.ask(alice, bob.id(), generous, new byte[0]).length);
        assertThrows(io.peerwerk.core.wire.FormatException.class, () ->
                Exchange.ask(alice, bob.id(), strict, new byte[0]));
    }

    // ---- what comes and goes

    /** Many times, since the other end may still be busy with its handshake when the transport goes. */
    @RepeatedTest(20)
    void aTransportThatGoesAndComesAgainServesTheSameAddress() throws IOException {
        Transport first = hosts.transport(bob);
        alice.connect(bob.id(), bob.addresses());
        List<Multiaddr> before = bob.addresses();
        bob.remove(first);
        assertEquals(List.of(), bob.addresses());
        await().until(() -> alice.connections().isEmpty() && bob.connections().isEmpty());
        assertThrows(DialException.class, () -> alice.connect(bob.id(), before));
        bob.add(first);
        assertEquals(before, bob.addresses());
        assertEquals("back again", echo(alice.open(bob.id(), ECHO), "back again"));
    }

    @Test
    void aClosedHostIsGone() throws IOException {
        alice.connect(bob.id(), bob.addresses());
        List<Multiaddr> addresses = bob.addresses();
        bob.close();
        await().until(() -> alice.connections().isEmpty());
        assertThrows(DialException.class, () -> alice.connect(bob.id(), addresses));
        assertThrows(IOException.class, () -> bob.connect(alice.id(), alice.addresses()));
    }

    @Test
    void twoHostsHaveTwoNames() {
        assertNotEquals(alice.id(), bob.id());
    }

    // ---- small things

    private int firstByte(String protocol) throws IOException {
        try (Stream stream = alice.open(bob.id(), protocol)) {
            return stream.input().read();
        }
    }

    private static Connection connected(Host from, Host to) {
        try {
            return from.connect(to.id(), to.addresses());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String echo(Stream stream, String text) throws IOException {
        try (stream) {
            stream.timeout(PATIENCE);
            stream.output().write(text.getBytes(StandardCharsets.UTF_8));
            stream.output().close();
            return text(stream.input().readAllBytes());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static Throwable thrown(Action action) {
        try {
            action.run();
            return new AssertionError("nothing was thrown");
        } catch (IOException e) {
            return e;
        }
    }

    private static void awaitLatch(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
