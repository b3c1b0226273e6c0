// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.PerfReport;
import io.peerwerk.node.processes.Peerwerk.Result;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the command line, between two nodes that run. */
@Tag("processes")
@TestInstance(Lifecycle.PER_CLASS)
class CommandLineProcessesTest {
    /** A good-bye may be lost; then the others find out. */
    private static final Set<String> GONE = Set.of("left", "dead");

    private Path directory;
    private Cluster cluster;
    private Path first;
    private Path second;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        cluster = Cluster.start(directory, 2);
        first = cluster.node(1).home();
        second = cluster.node(2).home();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static Result on(Path home, String... arguments) throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        return Peerwerk.run(all);
    }

    @Test
    void aStoredFileIsListedAndFetchedFromTheOtherNode() throws Exception {
        Path source = RandomFiles.write(directory.resolve("photo ü.jpg"), 3_000_001, 1);
        JsonObject stored = on(first, "put", source.toString(), "--json").json().getFirst();
        assertEquals("stored", stored.get("event").getAsString());
        assertEquals(3_000_001, stored.get("bytes").getAsLong());
        String uri = stored.get("uri").getAsString();
        assertTrue(uri.startsWith("peerwerk:" + stored.get("cid").getAsString()), uri);

        List<JsonObject> items = on(first, "ls", "--json").json();
        assertTrue(items.stream().anyMatch(item -> item.get("uri").getAsString().equals(uri)
                && item.get("name").getAsString().equals("photo ü.jpg")), items::toString);
        assertEquals(List.of(), on(second, "ls", "--json").json());

        Path copy = directory.resolve("copy.jpg");
        JsonObject fetched = on(second, "get", uri, "-o", copy.toString(), "--json").json().getFirst();
        assertEquals("fetched", fetched.get("event").getAsString());
        assertEquals(3_000_001, fetched.get("bytes").getAsLong());
        assertEquals(RandomFiles.sha256(source), fetched.get("sha256").getAsString());
        assertEquals(-1, Files.mismatch(source, copy));
        assertTrue(on(second, "get", uri, "-o", copy.toString()).failure(1).contains("already"));

        JsonObject health = on(second, "health", uri, "--json").json().getFirst();
        assertEquals(30, health.get("weakest").getAsInt());
        assertEquals(2, health.getAsJsonObject("holders").size());
    }

    @Test
    void aFolderComesBackAsItWas() throws Exception {
        Path source = Files.createDirectories(directory.resolve("holiday/day one"));
        Files.writeString(source.resolve("notes.txt"), "sunny");
        Files.createFile(source.getParent().resolve("empty"));
        String uri = on(first, "put", source.getParent().toString()).out().strip();
        Path copy = directory.resolve("holiday copy");
        assertEquals(0, on(second, "get", uri, "-o", copy.toString()).code());
        assertEquals("sunny", Files.readString(copy.resolve("day one/notes.txt")));
        assertTrue(Files.isRegularFile(copy.resolve("empty")));
    }

    @Test
    void relativePathsAreThoseOfTheCaller() throws Exception {
        Files.writeString(directory.resolve("relative.txt"), "here");
        Process put = Peerwerk.process("put", "relative.txt", "--home", first.toString())
                .directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String uri = new String(put.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, put.waitFor());
        Process get = Peerwerk.process("get", uri, "-o", "came back.txt", "--home", second.toString())
                .directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertEquals(0, get.waitFor());
        assertEquals("here", Files.readString(directory.resolve("came back.txt")));
    }

    @Test
    void eachNodeKnowsTheOther() throws Exception {
        TestNode other = cluster.node(2);
        JsonObject peer = on(first, "peers", "--json").json().stream()
                .filter(line -> line.get("peer").getAsString().equals(other.peer())).findAny().orElseThrow();
        assertEquals("alive", peer.get("state").getAsString());
        assertTrue(peer.get("connected").getAsBoolean());
        assertFalse(peer.get("relayed").getAsBoolean());
        assertEquals("tcp", peer.get("transport").getAsString());

        JsonObject status = on(first, "status", "--json").json().getFirst();
        assertEquals(cluster.node(1).peer(), status.get("peer").getAsString());
        assertEquals("[\"transport\",\"gossip\",\"storage\"]", status.get("modules").toString());
        assertEquals(cluster.node(1).process().pid(), status.get("pid").getAsLong());

        JsonObject pong = on(first, "ping", other.address(), "--count", "1", "--json").json().getFirst();
        assertEquals(other.peer(), pong.get("peer").getAsString());
        assertTrue(pong.get("roundTripMs").getAsDouble() > 0);
        JsonObject identity = on(first, "identify", other.address(), "--json").json().getFirst();
        assertEquals(other.peer(), identity.get("peer").getAsString());
        assertTrue(identity.get("protocols").toString().contains("/ipfs/ping/1.0.0"));
        assertTrue(identity.get("signed").getAsBoolean());
    }

    @Test
    void aPingThatIsEndedSaysWhatHasComeOfItSoFar() throws Exception {
        Process ping = Peerwerk.process("ping", cluster.node(2).address(), "--count", "100000", "--interval", "20ms",
                "--json", "--home", first.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = ping.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(out.readLine().contains("\"pong\""));
            assertTrue(out.readLine().contains("\"pong\""));
            ping.toHandle().destroy();
            assertTrue(out.lines().anyMatch(line -> line.contains("\"summary\"")));
            assertTrue(ping.waitFor(1, TimeUnit.MINUTES));
        } finally {
            ping.destroyForcibly();
        }
    }

    @Test
    void aNodeThatAllowsItIsMeasuredUpToItsLimit() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("measured"), cluster.joining("--perf-limit", "20MB"))) {
            JsonObject perf = on(first, "perf", node.address(), "20MB", "10MB", "--json").json().getFirst();
            assertEquals(node.peer(), perf.get("peer").getAsString());
            assertEquals(20_000_000, perf.get("up").getAsLong());
            assertEquals(10_000_000, perf.get("down").getAsLong());
            assertTrue(perf.get("upMBps").getAsDouble() > 0 && perf.get("downMBps").getAsDouble() > 0);
            String message = on(first, "perf", node.address(), "0", "20000001").failure(1);
            assertTrue(message.contains("perhaps it allows fewer bytes"), message);
        }
        String message = on(first, "perf", cluster.node(2).address()).failure(1);
        assertTrue(message.contains("does not let others measure"), message);
    }

    @Test
    void aLimitOfTheUploadHoldsAtOnceWhileBytesMoveAndIsKeptOverARestart() throws Exception {
        Path home = directory.resolve("limited");
        TestNode node = TestNode.start(home, cluster.joining("--perf-limit", "1GB", "--upload", "100kB"));
        try (node; ControlClient control = cluster.node(1).control()) {
            var fetching = CompletableFuture.supplyAsync(() -> measure(control, node));
            await().atMost(Duration.ofMinutes(1)).until(() -> sent(node) > 200_000);
            assertFalse(fetching.isDone(), "10 MB at 100 kB a second take long");
            assertTrue(sent(node) < 5_000_000, "most of it is still to come");
            assertEquals(0, on(home, "limits", "--upload", "0", "--json").json().getFirst().get("upload").getAsLong());
            assertEquals(10_000_000, fetching.get(1, TimeUnit.MINUTES).down());
            assertEquals(3_000_000, on(home, "limits", "--upload", "3MB", "--max-connections", "44", "--json").json()
                    .getFirst().get("upload").getAsLong());
            await().atMost(Duration.ofMinutes(1)).until(() -> on(home, "status", "--json").json().getFirst()
                    .getAsJsonObject("load").get("maxConnections").getAsInt() == 44);
            assertEquals(0, node.terminate());
        }
        try (TestNode again = TestNode.start(home, cluster.joining())) {
            assertEquals(node.peer(), again.peer());
            JsonObject kept = on(home, "limits", "--json").json().getFirst();
            assertEquals(3_000_000, kept.get("upload").getAsLong());
            assertEquals(44, kept.get("maxConnections").getAsInt());
        }
    }

    private static PerfReport measure(ControlClient control, TestNode node) {
        try {
            return control.perf(node.address(), 0, 10_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sent(TestNode node) throws IOException {
        try (ControlClient control = node.control()) {
            return control.status().bytesOut();
        }
    }

    @Test
    void aNodeOnOnePortIsReachedOverBothTransportsAndBothVersionsOfIp() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path home = directory.resolve("everywhere");
        Process process = Peerwerk.process("node", "--home", home.toString(), "--json", "--port",
                Integer.toString(port), "--no-mdns", "--no-port-mapping", "--while-stdin-open").start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertTrue(ready != null && ready.contains("/tcp/" + port + "/"), ready);
            assertEquals("{}", on(home, "status", "--json").json().getFirst().get("refused").toString());
            for (String way : List.of("/ip4/127.0.0.1/tcp/%d", "/ip4/127.0.0.1/udp/%d/quic-v1", "/ip6/::1/tcp/%d",
                    "/ip6/::1/udp/%d/quic-v1")) {
                String address = way.formatted(port);
                if (ready.contains(address)) {
                    assertTrue(on(first, "ping", address, "--count", "1", "--json").json().getFirst()
                            .has("roundTripMs"), address);
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anOfferIsObeyedAtOnceToldToOthersAndKeptOverARestart() throws Exception {
        Path home = directory.resolve("offering");
        TestNode node = TestNode.start(home, cluster.joining("--offer", "7GB"));
        try (node) {
            assertEquals(7_000_000_000L, on(home, "status", "--json").json().getFirst().get("offer").getAsLong());
            assertEquals(50_000_000, on(home, "offer", "50MB", "--json").json().getFirst().get("offer").getAsLong());
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (ControlClient control = cluster.node(1).control()) {
                    return control.peers().stream()
                            .anyMatch(peer -> peer.peer().equals(node.peer()) && peer.offer() == 50_000_000);
                }
            });
            assertEquals(0, node.terminate());
        }
        try (TestNode again = TestNode.start(home, cluster.joining())) {
            assertEquals(node.peer(), again.peer(), "the identity is kept");
            assertEquals(50_000_000, on(home, "status", "--json").json().getFirst().get("offer").getAsLong());
        }
    }

    @Test
    void sigtermEndsANodeCleanlyAndTheOthersKnow() throws Exception {
        Path home = directory.resolve("leaving");
        try (TestNode node = TestNode.start(home, cluster.joining())) {
            awaitStateAtFirst(node, Set.of("alive"));
            assertEquals(0, node.terminate());
            assertFalse(Files.exists(home.resolve("control.sock")));
            awaitStateAtFirst(node, GONE);
        }
    }

    private void awaitStateAtFirst(TestNode node, Set<String> states) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            try (ControlClient control = cluster.node(1).control()) {
                return control.peers().stream()
                        .anyMatch(peer -> peer.peer().equals(node.peer()) && states.contains(peer.state()));
            }
        });
    }

    @Test
    void aNodeEndsWithTheProcessThatWantedIt() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("child"))) {
            node.process().getOutputStream().close();
            assertTrue(node.process().waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, node.process().exitValue());
        }
    }

    @Test
    void aSecondNodeOnTheSameHomeIsRefusedAndTheFirstGoesOn() throws Exception {
        assertEquals("peerwerk node: a node is already running on home " + first + " (process "
                + cluster.node(1).process().pid() + ")", on(first, "node").failure(1));
        assertEquals(0, on(first, "status", "--json").code());
    }

    @Test
    void aHomeThatCannotBeWrittenIsOneClearLine() throws Exception {
        Path file = Files.createFile(directory.resolve("a file"));
        assertEquals("peerwerk node: home " + file + " cannot be written: not a directory",
                on(file, "node").failure(1));
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
        String message = on(Path.of("/proc/peerwerk"), "node").failure(1);
        assertTrue(message.startsWith("peerwerk node: home /proc/peerwerk cannot be written: "), message);
    }

    @Test
    void anAddressThatIsTakenIsOneClearLine() throws Exception {
        String taken = cluster.node(1).address().replaceAll("/p2p/.*", "");
        String message = on(directory.resolve("taken"), "node", "--listen", taken).failure(1);
        assertTrue(message.contains(taken), message);
    }

    @Test
    void wrongLinksAndKeysAreOneClearLineAndLeaveNoFile() throws Exception {
        Path source = RandomFiles.write(directory.resolve("secret"), 10_000, 2);
        String uri = on(first, "put", source.toString()).out().strip();
        Path target = directory.resolve("stolen");
        StorageLink link = StorageLink.parse(uri);
        String otherKey = new StorageLink(link.root(), Secret.of(new byte[StorageLink.KEY_BYTES])).toString();
        for (String wrong : List.of("peerwerk:", "https://example.org/", uri.substring(0, uri.length() - 1),
                uri.replace("peerwerk:b", "peerwerk:c"), otherKey)) {
            String message = on(second, "get", wrong, "-o", target.toString()).failure(1);
            assertTrue(message.startsWith("peerwerk get: "), message);
            assertFalse(message.contains(link.key().encoded()), "the key does not show");
        }
        assertFalse(Files.exists(target));
        assertTrue(on(second, "get", otherKey, "-o", target.toString()).failure(1).contains("key"));
    }

    @Test
    void withoutANodeEveryAskingCommandSaysHowToStartOne() throws Exception {
        Path nobody = directory.resolve("nobody");
        for (String command : List.of("ls", "peers", "status")) {
            assertEquals("peerwerk " + command + ": no node is running on " + nobody + " (start one with: peerwerk node"
                    + " --home " + nobody + ")", on(nobody, command).failure(1));
        }
    }

    @Test
    void wrongUsageIsExitCodeTwo() throws Exception {
        assertTrue(Peerwerk.run("fly").failure(2).contains("--help"));
        assertTrue(on(first, "offer", "much").failure(2).contains("size"));
    }
}
