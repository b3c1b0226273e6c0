// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.peerwerk.node.internal.FakeNode;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.internal.control.Messages.ProgressUpdate;
import io.peerwerk.node.internal.control.Messages.StatusReport;
import io.peerwerk.node.internal.control.Messages.StorageReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
    private static final String WRONG_KEY = "peerwerk:bafkreidon73zkcrwdb5iafqtijxildoonbwnpv7dyd6ef3qdgads2jc4su."
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    Path home;

    private FakeNode fake;
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeNode(home);
        server = ControlServer.open(home, fake.node());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void everyRequestAnswersWhatTheNodeKnows() throws IOException {
        try (ControlClient client = ControlClient.connect(home)) {
            StatusReport status = client.status();
            assertEquals(fake.self.toString(), status.peer());
            assertEquals(List.of("transport", "gossip", "storage"), status.modules());
            assertEquals(1, status.members().get("alive"));
            assertEquals(0, status.members().get("suspect"));
            assertEquals(List.of("/ip4/127.0.0.1/tcp/4001/p2p/" + fake.self), status.addresses());
            StorageReport storage = status.storage();
            assertNotNull(storage);
            assertEquals(30, storage.blocks());

            List<PeerReport> peers = client.peers();
            assertEquals(List.of("alive", "dead"), peers.stream().map(PeerReport::state).toList());
            assertEquals(fake.friend.toString(), peers.getFirst().peer());
            assertEquals(2.0, peers.getFirst().roundTripMillis());
            assertNull(peers.getFirst().connection());

            assertEquals(fake.link.toString(), client.items().getFirst().uri());
            assertEquals(42, client.offer(42).storage().offer());
            assertEquals(0.83, client.ping("/ip4/192.0.2.7/tcp/4001").roundTripMillis());
            assertEquals(0.83, client.ping(fake.friend.toString()).roundTripMillis(), "a known peer by its id");
            assertEquals(List.of("/a/1", "/z/1"), client.identify("/ip4/192.0.2.7/tcp/4001").protocols());
            assertTrue(client.identify("/ip4/192.0.2.7/tcp/4001").signed());
            HealthReport health = client.health(fake.link.toString());
            assertEquals(28, health.shardsByHolder().get(fake.friend.toString()));
        }
    }

    @Test
    void aPutTellsItsProgress() throws IOException {
        var updates = new CopyOnWriteArrayList<ProgressUpdate>();
        try (ControlClient client = ControlClient.connect(home)) {
            client.onProgress(updates::add);
            ItemReport item = client.put(home.resolve("photo.jpg"), "4/12");
            assertEquals("4/12", item.shards());
            assertEquals(fake.link.root().toString(), item.cid());
        }
        assertEquals(List.of(new ProgressUpdate(750_000, 1_500_000, "storing")), updates);
    }

    @Test
    void aMeasurementTellsItsProgressAndWhatWasMeasured() throws IOException {
        var updates = new CopyOnWriteArrayList<ProgressUpdate>();
        try (ControlClient client = ControlClient.connect(home)) {
            client.onProgress(updates::add);
            PerfReport perf = client.perf("/ip4/192.0.2.7/udp/4001/quic-v1", 2_000_000, 1_000_000);
            assertEquals(fake.friend.toString(), perf.peer());
            assertEquals("quic tls", perf.transport() + " " + perf.security());
            assertEquals(List.of(2_000_000L, 1_000_000L), List.of(perf.up(), perf.down()));
            assertTrue(perf.upMillis() > 0);
            assertEquals(fake.friend.toString(), client.perf(fake.friend.toString(), 1, 0).peer());
            assertTrue(failure(() -> client.perf(fake.self.toString(), 1, 1)).contains("--perf-limit"));
            assertTrue(failure(() -> client.perf(fake.friend.toString(), 1, 10_000_001)).contains("gave up"));
            assertTrue(failure(() -> client.perf(fake.friend.toString(), -1, 1)).contains("negative"));
        }
        assertEquals(List.of("up", "down"), updates.stream().map(ProgressUpdate::phase).distinct().toList());
        assertTrue(updates.stream().allMatch(update -> update.done() <= update.total()), updates::toString);
    }

    @Test
    void aFailureIsOneLineAndTheConnectionGoesOn() throws IOException {
        try (ControlClient client = ControlClient.connect(home)) {
            assertEquals("the key does not open this file: was the link copied whole?",
                    failure(() -> client.get(WRONG_KEY, home.resolve("x"))));
            assertTrue(failure(() -> client.get("peerwerk:nonsense", home.resolve("x"))).contains("link"));
            assertTrue(failure(() -> client.put(home, "30/10")).contains("30"));
            assertEquals("cannot reach /ip4/192.0.2.7/tcp/1 (connection refused)",
                    failure(() -> client.ping("/ip4/192.0.2.7/tcp/1")));
            assertTrue(failure(() -> client.ping(fake.self.toString())).endsWith("in time"));
            assertEquals("an offer cannot be negative", failure(() -> client.offer(-1)));
            assertTrue(failure(() -> client.put(home.resolve("broken"), "10/30")).contains("a mistake of ours"));
            assertEquals(fake.self.toString(), client.status().peer());
        }
    }

    private static String failure(Executable request) {
        String message = assertThrows(IOException.class, request).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @Test
    void anAbsentModuleIsNamedAndTheRestIsAnswered() throws IOException {
        server.close();
        server = ControlServer.open(home, fake.withoutModules(home));
        try (ControlClient client = ControlClient.connect(home)) {
            assertEquals("the storage module is not loaded", failure(client::items));
            assertEquals("the gossip module is not loaded", failure(client::peers));
            assertEquals("the transport module is not loaded", failure(() -> client.ping("/ip4/192.0.2.7/tcp/4001")));
            assertEquals(List.of(), client.status().modules());
            assertNull(client.status().storage());
        }
    }

    @Test
    void anInterruptOfTheCallerCancelsThePutAtTheNode() throws Exception {
        try (ControlClient client = ControlClient.connect(home)) {
            Thread caller = Thread.ofVirtual().start(() -> assertThrows(IOException.class,
                    () -> client.put(home.resolve("slow"), "10/30")));
            assertTrue(fake.slowPutRuns.await(1, TimeUnit.MINUTES));
            caller.interrupt();
            assertTrue(fake.slowPutCancelled.await(1, TimeUnit.MINUTES));
            assertTrue(fake.slowPutWasInterrupted());
            assertTrue(caller.join(Duration.ofMinutes(1)));
            assertEquals(fake.self.toString(), client.status().peer(), "the connection goes on");
        }
    }

    @Test
    void aCallerThatWasInterruptedBeforeItAsksLosesItsCallAndNotTheConnection() throws Exception {
        try (ControlClient client = ControlClient.connect(home)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> client.put(home.resolve("slow"), "10/30"));
            assertTrue(Thread.interrupted(), "it stays interrupted");
            assertEquals(fake.self.toString(), client.status().peer());
        }
    }

    @Test
    void aCallerThatVanishesCancelsItsPut() throws Exception {
        ControlClient client = ControlClient.connect(home);
        Thread caller = Thread.ofVirtual().start(() -> assertThrows(IOException.class,
                () -> client.put(home.resolve("slow"), "10/30")));
        assertTrue(fake.slowPutRuns.await(1, TimeUnit.MINUTES));
        client.close();
        assertTrue(fake.slowPutCancelled.await(1, TimeUnit.MINUTES));
        assertTrue(caller.join(Duration.ofMinutes(1)));
    }

    @Test
    void aNodeThatStopsEndsTheCallsThatWait() throws Exception {
        try (ControlClient client = ControlClient.connect(home)) {
            var failure = new CopyOnWriteArrayList<String>();
            Thread caller = Thread.ofVirtual().start(() -> failure.add(
                    assertThrows(IOException.class, () -> client.put(home.resolve("slow"), "10/30")).getMessage()));
            assertTrue(fake.slowPutRuns.await(1, TimeUnit.MINUTES));
            server.close();
            assertTrue(caller.join(Duration.ofMinutes(1)));
            assertEquals(1, failure.size());
        }
    }

    @Test
    void withoutANodeTheErrorSaysHowToStartOne() throws IOException {
        server.close();
        assertEquals("no node is running on " + home + " (start one with: peerwerk node --home " + home + ")",
                failure(() -> ControlClient.connect(home)));
    }

    @Test
    void theSocketIsPrivateAndGoesWithTheServer() throws IOException {
        Path socket = home.resolve("control.sock");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        server.close();
        assertFalse(Files.exists(socket));
    }

    @Test
    void aSocketThatACrashLeftBehindIsReplaced() throws IOException {
        server.close();
        // What a killed process leaves: a bound file that nobody listens on.
        try (var crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(home.resolve("control.sock")));
        }
        server = ControlServer.open(home, fake.node());
        try (ControlClient client = ControlClient.connect(home)) {
            assertEquals(fake.self.toString(), client.status().peer());
        }
    }

    @Test
    void aHomeTooDeepForASocketPathHasItsSocketElsewhere() throws IOException {
        Path deep = Files.createDirectories(home.resolve("d".repeat(60)).resolve("e".repeat(60)));
        Path elsewhere;
        try (ControlServer second = ControlServer.open(deep, fake.node());
                ControlClient client = ControlClient.connect(deep)) {
            assertNotNull(second);
            assertEquals(fake.self.toString(), client.status().peer());
            elsewhere = Path.of(Files.readString(deep.resolve("control.path")));
            assertEquals("rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.getParent())));
        }
        assertFalse(Files.exists(elsewhere.getParent()), "nothing is left in the temporary directory");
        assertFalse(Files.exists(deep.resolve("control.path")));
        assertTrue(failure(() -> ControlClient.connect(deep)).startsWith("no node is running on "));
    }

    private SocketChannel raw() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(home.resolve("control.sock")));
        return channel;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String message(String json) {
        return "Content-Length: " + json.length() + "\r\n\r\n" + json;
    }

    private static String readUntil(SocketChannel channel, String expected) throws IOException {
        InputStream in = Channels.newInputStream(channel);
        var seen = new StringBuilder();
        while (seen.indexOf(expected) < 0) {
            int character = in.read();
            assertTrue(character >= 0, () -> "the node ended the connection after: " + seen);
            seen.append((char) character);
        }
        return seen.toString();
    }

    /** Reads until the node ends the connection. */
    private static String rest(SocketChannel channel) throws IOException {
        InputStream in = Channels.newInputStream(channel);
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aMessageThatClaimsTwoGigabytesCostsItsSenderTheConnectionAndNothingElse() throws IOException {
        try (SocketChannel channel = raw()) {
            send(channel, "Content-Length: 2147483647\r\n\r\n{");
            assertEquals("", rest(channel));
        }
        stillServes();
    }

    @Test
    void aNegativeLengthIsRefused() throws IOException {
        try (SocketChannel channel = raw()) {
            send(channel, "Content-Length: -5\r\n\r\n{}");
            assertEquals("", rest(channel));
        }
        stillServes();
    }

    @Test
    void aHeaderWithoutEndIsRefusedWhenItHasUsedUpAWholeMessage() throws IOException {
        try (SocketChannel channel = raw()) {
            String kilobyte = "x".repeat(1024);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 4096; i++) {
                    send(channel, kilobyte);
                }
                throw new IOException("taken: " + rest(channel));
            });
        }
        stillServes();
    }

    @Test
    void theLongestMessageIsTakenAndOneByteMoreIsNot() throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"";
        String longest = body + " ".repeat(Messages.MAX_MESSAGE - body.length() - 1) + "}";
        try (SocketChannel channel = raw()) {
            send(channel, message(longest));
            readUntil(channel, fake.self.toString());
        }
        try (SocketChannel channel = raw()) {
            assertThrows(IOException.class, () -> {
                send(channel, message(longest + " "));
                throw new IOException("answered: " + rest(channel));
            });
        }
        stillServes();
    }

    @Test
    void wrongMethodsAndParametersAreAnsweredWithErrorsAndNoJsonEndsTheConnection() throws IOException {
        try (SocketChannel channel = raw()) {
            send(channel, message("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"destroy\"}"));
            readUntil(channel, "-32601");
            send(channel, message("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"put\",\"params\":{\"path\":7}}"));
            readUntil(channel, "the path must be absolute: 7");
            send(channel, message("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"put\"}"));
            readUntil(channel, "a parameter is missing");
            send(channel, message("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"status\"}"));
            readUntil(channel, fake.self.toString());
            send(channel, message("this is no JSON"));
            rest(channel);
        }
        stillServes();
    }

    @Test
    void moreThanSixteenRequestsAtOnceAreRefused() throws IOException {
        try (SocketChannel channel = raw()) {
            for (int id = 1; id <= 17; id++) {
                send(channel, message("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"put\","
                        + "\"params\":{\"path\":\"/slow\",\"shards\":\"10/30\"}}"));
            }
            String answers = readUntil(channel, "more than 16 requests at once");
            assertTrue(answers.contains("\"id\":17"), answers);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreRefusedUntilOneGoes() throws IOException {
        var channels = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 64; i++) {
                channels.add(raw());
            }
            await().until(() -> {
                try (SocketChannel extra = raw()) {
                    send(extra, message("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"status\"}"));
                    return rest(extra).isEmpty();
                } catch (IOException e) {
                    return true;
                }
            });
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
        await().ignoreExceptions().until(() -> {
            stillServes();
            return true;
        });
    }

    private void stillServes() throws IOException {
        try (ControlClient client = ControlClient.connect(home)) {
            assertEquals(fake.self.toString(), client.status().peer());
        }
    }
}
