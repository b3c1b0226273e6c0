// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.NodeLimits;
import io.peerwerk.node.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest extends CommandLines {

    @Test
    void pubSaysHowManyPeersItGoesTo() {
        assertEquals(0, run("pubsub", "pub", "weather", "rain"), this::err);
        assertEquals("", out());
        assertEquals("sent to 2 peers" + System.lineSeparator(), err());
        JsonObject published = json("pubsub", "pub", "weather", "rain").getFirst();
        assertEquals("published", published.get("event").getAsString());
        assertEquals(4, published.get("bytes").getAsInt());
        assertEquals(2, published.get("peers").getAsInt());
        fails(2, "pub or sub?", "pubsub");
    }

    @Test
    void subPrintsEachMessageAsALineUntilItIsInterrupted() throws InterruptedException {
        for (String json : new String[] {"", "--json"}) {
            Thread command = Thread.ofPlatform().start(() -> run(json.isEmpty() ? new String[] {"pubsub", "sub", "weather"}
                    : new String[] {"pubsub", "sub", "weather", json}));
            await().atMost(Duration.ofSeconds(60)).until(() -> pubsub.topics().contains("weather"));
            pubsub.publish("weather", "rain\nand \u001b[31mred".getBytes(StandardCharsets.UTF_8));
            await().atMost(Duration.ofSeconds(60)).until(() -> out().contains("rain"));
            command.interrupt();
            command.join();
            if (json.isEmpty()) {
                assertEquals(fake.self.brief() + " rain and \uFFFD[31mred" + System.lineSeparator(), out());
            } else {
                JsonObject message = JsonParser.parseString(out().lines().toList().getLast()).getAsJsonObject();
                assertEquals("rain\nand \u001b[31mred", message.get("text").getAsString());
                assertEquals(fake.self.toString(), message.get("from").getAsString());
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> pubsub.topics().isEmpty());
        }
    }

    @Test
    void putPrintsTheLinkAloneOnStandardOutput() throws IOException {
        assertEquals(0, run("put", file().toString()), this::err);
        assertEquals(fake.link + System.lineSeparator(), out());
        assertTrue(err().startsWith("stored photo.jpg, 1.50 MB in "), this::err);
        assertTrue(err().contains("10/30 shards on 3 peers"), this::err);
    }

    @Test
    void putWarnsWhenThePeersAreTooFewToBeSafe() throws IOException {
        Path file = Files.createFile(home.resolve("alone"));
        assertEquals(0, run("put", file.toString()), this::err);
        assertTrue(err().contains("careful: stored on one peer only"), this::err);
        assertTrue(json("put", file.toString()).getFirst().get("warning").getAsString().contains("one peer only"));
    }

    @Test
    void putSaysWhatIsPromised() throws IOException {
        assertEquals(0, run("put", file().toString()), this::err);
        String promise = json("put", file().toString()).getFirst().get("promise").getAsString();
        assertTrue(err().isEmpty());
        assertEquals(0, run("put", "--durability", "1e-3,1e-6", file().toString()), this::err);
        assertTrue(promise.contains("half"), promise);
        assertFalse(json("put", "--shards", "4/12", file().toString()).getFirst().has("promise"));
    }

    @Test
    void aLinkIsSharedWithAPeerAndOpenedThere() {
        String shared = json("share", fake.link.toString(), fake.self.toString()).getFirst().get("share").getAsString();
        assertEquals("fetched", json("get", shared, "-o", home.resolve("x").toString()).getFirst().get("event").getAsString());
        assertEquals(0, run("share", fake.link.toString(), fake.friend.toString()), this::err);
        fails(1, "another peer", "get", out().strip(), "-o", home.resolve("x").toString());
    }

    @Test
    void aLinkIsTakenBackByRotation() {
        assertEquals("rotated", json("rotate", fake.link.toString()).getFirst().get("name").getAsString());
        assertEquals(0, run("rotate", fake.link.toString()), this::err);
        assertEquals(fake.link + System.lineSeparator(), out());
    }

    @Test
    void putWithJsonPrintsOneObject() throws IOException {
        JsonObject stored = json("put", file().toString(), "--shards", "4/12").getFirst();
        assertEquals("stored", stored.get("event").getAsString());
        assertEquals(fake.link.toString(), stored.get("uri").getAsString());
        assertEquals(fake.link.root().toString(), stored.get("cid").getAsString());
        assertEquals(1_500_000, stored.get("bytes").getAsLong());
        assertEquals("4/12", stored.get("shards").getAsString());
    }

    @Test
    void getPrintsDigestAndPathAsChecksumToolsDo() {
        Path target = home.resolve("copy");
        assertEquals(0, run("get", fake.link.toString(), "-o", target.toString()), this::err);
        assertEquals("ab".repeat(32) + "  " + target + System.lineSeparator(), out());
        JsonObject fetched = json("get", fake.link.toString(), "-o", target.toString()).getFirst();
        assertEquals("fetched", fetched.get("event").getAsString());
        assertEquals("ab".repeat(32), fetched.get("sha256").getAsString());
        assertEquals(1_500_000, fetched.get("bytes").getAsLong());
    }

    @Test
    void listsArePrintedAsTablesOrLines() {
        assertEquals(0, run("ls"), this::err);
        assertTrue(out().startsWith("NAME "), this::out);
        assertTrue(out().contains("photo.jpg"), this::out);
        assertEquals("photo.jpg", json("ls").getFirst().get("name").getAsString());

        assertEquals(0, run("peers"), this::err);
        assertEquals(3, out().lines().count(), this::out);
        List<JsonObject> peers = json("peers");
        assertEquals("alive", peers.getFirst().get("state").getAsString());
        assertEquals(2.0, peers.getFirst().get("roundTripMs").getAsDouble());
        assertFalse(peers.getFirst().get("connected").getAsBoolean());
        assertEquals("dead", peers.getLast().get("state").getAsString());
    }

    @Test
    void statusIsOneObject() {
        List<JsonObject> lines = json("status");
        assertEquals(1, lines.size());
        JsonObject status = lines.getFirst();
        assertEquals(fake.self.toString(), status.get("peer").getAsString());
        assertEquals(1, status.getAsJsonObject("members").get("alive").getAsInt());
        assertEquals(30, status.get("blocks").getAsLong());
        assertEquals(0, run("status"), this::err);
        assertTrue(out().contains("10.0 GB, 1.50 MB used by 30 blocks of 1 file"), this::out);
    }

    @Test
    void offerTakesSizesAsPeopleWriteThem() {
        assertEquals(500L << 20, json("offer", "500MiB").getFirst().get("offer").getAsLong());
        assertEquals(500L << 20, fake.offer.get());
        assertEquals(0, run("offer", "0"), this::err);
        assertEquals("offers 0 B, 1.50 MB used" + System.lineSeparator(), out());
    }

    @Test
    void statusTellsHowTheNodeStandsInTheNetwork() {
        JsonObject status = json("status").getFirst();
        assertEquals("private", status.get("reach").getAsString());
        assertEquals("private",
                status.getAsJsonObject("reachByAddress").get("/ip4/203.0.113.5/tcp/4001").getAsString());
        JsonObject mapping = status.getAsJsonArray("mappings").get(0).getAsJsonObject();
        assertEquals("203.0.113.5:5001", mapping.get("external").getAsString());
        assertEquals(1, status.getAsJsonArray("relays").size());
        assertEquals("/ip4/203.0.113.5/tcp/4001", status.getAsJsonArray("observed").get(0).getAsString());
        assertEquals("no such protocol", status.getAsJsonObject("refused").get("/ip6/::/tcp/4001").getAsString());
        assertEquals(400, status.getAsJsonObject("load").get("maxConnections").getAsInt());
        assertEquals(0, run("status"), this::err);
        for (String part : List.of("through relays, not directly", "203.0.113.5:5001 to udp 4001 (PCP)",
                "/ip4/198.51.100.1/tcp/4001/p2p-circuit", "3 of 400 connections, 30 streams, 1.20 MB of 512 MB",
                "/ip6/::/tcp/4001: no such protocol")) {
            assertTrue(out().contains(part), () -> part + " is not in " + out());
        }
    }

    @Test
    void limitsAreShownAndChangedOneByOne() {
        JsonObject free = json("limits").getFirst();
        assertEquals("limits", free.get("event").getAsString());
        assertEquals(0, free.get("upload").getAsLong());
        assertEquals("[]", free.get("deny").toString());
        assertFalse(Files.exists(home.resolve("limits.json")), "who asks changes nothing");

        json("limits", "--upload", "2MB/s", "--deny", "192.0.2.0/24", "--deny", fake.friend.toString());
        JsonObject set = json("limits", "--peer-download", "500kB", "--max-connections", "40").getFirst();
        assertEquals(2_000_000, set.get("upload").getAsLong());
        assertEquals(500_000, set.get("peerDownload").getAsLong());
        assertEquals(40, set.get("maxConnections").getAsInt());
        assertEquals(2, set.getAsJsonArray("deny").size());
        assertEquals(0, run("limits"), this::err);
        assertTrue(out().contains("2.00 MB/s") && out().contains("as fast as it goes, 500 kB/s with each peer")
                && out().contains("40 at most") && out().contains("192.0.2.0/24, " + fake.friend), this::out);
        JsonObject back = json("limits", "--upload", "0", "--deny", "none").getFirst();
        assertEquals(0, back.get("upload").getAsLong());
        assertEquals("[]", back.get("deny").toString());
        assertEquals(40, back.get("maxConnections").getAsInt());
    }

    @Test
    void pingIdentifyAndHealthPrintTheirResults() {
        List<JsonObject> pongs = json("ping", "/ip4/192.0.2.7/tcp/4001", "-c", "2", "-i", "1ms");
        assertEquals(3, pongs.size());
        assertEquals(0.83, pongs.getFirst().get("roundTripMs").getAsDouble());
        assertEquals("summary", pongs.getLast().get("event").getAsString());
        assertEquals(2, pongs.getLast().get("answered").getAsInt());
        assertEquals(0.83, pongs.getLast().get("mostMs").getAsDouble());
        assertEquals(0, run("ping", "/ip4/192.0.2.7/tcp/4001", "-c", "1"), this::err);
        assertEquals(fake.friend + " answered in 0.83 ms" + System.lineSeparator(), out());
        assertTrue(err().startsWith("1 sent, 1 answered; round trip least 0.83 ms"), this::err);
        JsonObject peer = json("identify", "/ip4/192.0.2.7/tcp/4001").getFirst();
        assertEquals("js-libp2p/3\u001b[31m", peer.get("agent").getAsString(), "JSON escapes it");
        assertTrue(peer.get("signed").getAsBoolean());
        assertEquals(0, run("identify", "/ip4/192.0.2.7/tcp/4001"), this::err);
        assertFalse(out().contains("\u001b"), "a stranger's escape sequence does not reach the terminal");
        JsonObject health = json("health", fake.link.toString()).getFirst();
        assertEquals(28, health.get("weakest").getAsInt());
        assertEquals(28, health.getAsJsonObject("holders").get(fake.friend.toString()).getAsInt());
    }

    @Test
    void perfPrintsTheRateOfEachDirection() {
        assertEquals(0, run("perf", "/ip4/192.0.2.7/udp/4001/quic-v1", "2MB", "1MB"), this::err);
        List<String> lines = out().lines().toList();
        assertEquals(2, lines.size(), this::out);
        assertTrue(lines.getFirst().startsWith("up ") && lines.getFirst().contains("MB/s   2.00 MB in "), this::out);
        assertTrue(lines.getLast().startsWith("down ") && lines.getLast().contains("MB/s   1.00 MB in "), this::out);
        assertTrue(err().endsWith("measured " + fake.friend + " at /ip4/192.0.2.7/udp/4001/quic-v1, quic with tls"
                + System.lineSeparator()), this::err);
        JsonObject measured = json("perf", fake.friend.toString(), "0", "8MiB").getFirst();
        assertEquals(0, measured.get("up").getAsLong());
        assertEquals(0, measured.get("upMBps").getAsDouble());
        assertEquals(8 << 20, measured.get("down").getAsLong());
        assertTrue(measured.get("downMBps").getAsDouble() > 0);
        fails(1, "does not let others measure", "perf", fake.self.toString(), "1", "1");
    }

    @Test
    void theHashTableIsAskedAndTold() throws IOException {
        String content = fake.link.root().toString();
        assertEquals(3, json("dht", "provide", content).getFirst().get("peers").getAsInt());
        JsonObject provider = json("dht", "findprovs", content, "--limit", "5").getFirst();
        assertEquals(fake.friend.toString(), provider.get("peer").getAsString());
        assertEquals("/ip4/192.0.2.7/tcp/4001/p2p/" + fake.friend, provider.get("addresses").getAsJsonArray().get(0).getAsString());
        fails(1, "nobody is found", "dht", "findprovs", "bafkqaaa");
        assertEquals(fake.friend.toString(), json("dht", "findpeer", fake.friend.toString()).getFirst().get("peer").getAsString());
        fails(1, "nobody knows where", "dht", "findpeer", fake.self.toString());
        assertEquals("closest", json("dht", "closest", "/ipns/self").getFirst().get("event").getAsString());
        assertEquals(5, json("dht", "put", "/ipns/self", "/ipfs/x").getFirst().get("peers").getAsInt());
        assertEquals(3, json("dht", "put", "hex:0102", "hex:03").getFirst().get("peers").getAsInt());
        fails(1, "hexadecimal", "dht", "put", "hex:0102", "hex:0");
        assertEquals("0102", json("dht", "get", "hex:0102").getFirst().get("hex").getAsString());
        JsonObject name = json("dht", "get", "/ipns/" + fake.friend).getFirst();
        assertEquals("18446744073709551615", name.get("sequence").getAsString());
        assertEquals(0, run("dht", "get", "/ipns/" + fake.friend), this::err);
        assertTrue(out().startsWith("/ipfs/�x"), "no control character reaches the terminal");
        JsonObject table = json("dht", "table").getFirst();
        assertEquals(1000, table.get("networkSize").getAsInt());
        assertEquals(1, table.get("peers").getAsJsonArray().size());
    }

    @Test
    void whatTheNodeRefusesIsOneLineAndExitCodeOne() throws IOException {
        fails(1, "cannot reach", "ping", "/ip4/192.0.2.7/tcp/1");
        fails(1, "link", "get", "peerwerk:nonsense", "-o", "x");
        fails(1, "neither a link nor", "get", "https://example.org/", "-o", "x");
        fails(1, "no such file or directory", "put", home.resolve("missing").toString());
        fails(1, "peerwerk ping: ", "--json", "ping", "/ip4/192.0.2.7/tcp/1");
        server.close();
        fails(1, "no node is running on " + home + " (start one with: peerwerk node --home " + home + ")", "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "put", "get peerwerk:x", "offer", "offer 10apples", "put --shards 30/10 x",
        "put --shards x x", "ping", "ping -c 0 /ip4/1.2.3.4/tcp/1", "ping -c x /ip4/1.2.3.4/tcp/1", "ls extra", "ls /ipfs", "pin x", "unpin", "export x", "import", "gc x", "share x", "share peerwerk:x y", "put --durability maybe x",
        "put --durability high --shards 4/12 x", "put --public --shards 4/12 x", "perf", "perf x 0 0", "perf x much", "ping -i soon x",
        "status --colour", "node --listen nonsense", "node --offer -1GB",
        "node --repair-delay soon", "node --upload fast", "node --upload 10", "node --deny here", "node --memory 1kB",
        "node --max-connections -1", "node --port 70000", "node --port 1 --listen /ip4/127.0.0.1/tcp/0",
        "node --relay-rate -1", "limits --download 10", "limits --allow 192.0.2.1/24", "limits --max-connections 1", "dht", "dht fly", "dht provide", "dht get a b", "dht put a", "dht table x",
        "dht findprovs x --limit 0", "bench --nodes 1", "bench --size much"})
    void wrongUsageIsOneLineAndExitCodeTwo(String line) {
        fails(2, "--help", line.isEmpty() ? new String[0] : line.split(" "));
    }

    @Test
    void everyCommandHelpsWithExamplesOrWords() {
        for (String command : List.of("node", "demo", "put", "get", "ls", "peers", "status", "offer", "limits", "ping",
                "identify", "perf", "health", "share", "rotate", "pin", "unpin", "gc", "export",
                "import", "dht", "bench")) {
            assertEquals(0, run(command, "--help"), command);
            assertTrue(out().startsWith("Usage: peerwerk " + command), out());
            assertTrue(out().contains("--json"), out());
        }
        assertEquals(0, run("--help"));
        assertTrue(out().contains("Examples:"), this::out);
        assertEquals(0, run("--version"));
        assertEquals("peerwerk 0.1.0" + System.lineSeparator(), out());
    }

    @Test
    void theNodeCommandHandsItsOptionsToTheLauncherAndItsFailureToTheUser() {
        fails(1, "a node is already running on home " + home, "node", "--listen", "/ip4/127.0.0.1/tcp/0", "--listen",
                "/ip6/::1/tcp/0", "--bootstrap", "/ip4/192.0.2.7/tcp/4001", "--offer", "5GB", "--repair-delay", "2s",
                "--perf-limit", "1GB", "--no-mdns", "--rendezvous-point", "--no-port-mapping", "--no-relay", "--relay-rate",
                "2MB", "--upload", "1MB/s", "--max-connections", "50", "--memory", "64MiB", "--deny", "192.0.2.0/24",
                "--deny", fake.friend.toString());
        NodeSettings settings = started.get();
        assertEquals(home, settings.home());
        assertEquals(2, settings.listen().size());
        assertEquals("/ip4/192.0.2.7/tcp/4001", settings.bootstrap().getFirst().toString());
        assertEquals(5_000_000_000L, settings.offer());
        assertEquals(2, settings.repairDelay().toSeconds());
        assertEquals(1_000_000_000L, settings.perfLimit());
        assertEquals(new NodeSettings.Discovery(false, true), settings.discovery());
        assertEquals(new NodeSettings.Reaching(false, false, 2_000_000), settings.reaching());
        assertEquals(new NodeLimits.Change(1_000_000L, null, null, null, 50, 64L << 20, null,
                List.of("192.0.2.0/24", fake.friend.toString())), settings.limits());
        fails(1, "already running", "node", "--port", "4001");
        assertEquals(NodeSettings.everywhere(4001), started.get().listen());
        fails(1, "already running", "node");
        assertEquals(0, started.get().perfLimit());
        assertEquals(new NodeSettings.Discovery(true, false), started.get().discovery());
        assertEquals(NodeSettings.DEFAULT_LISTEN, started.get().listen());
        assertNull(started.get().offer());
        assertEquals(NodeSettings.Reaching.STANDARD, started.get().reaching());
        assertEquals(NodeLimits.Change.NOTHING, started.get().limits());
    }

    @Test
    void theDemoNeedsItsProgramAndAnExistingFile() {
        fails(1, "no such file", "demo", home.resolve("missing").toString());
        fails(1, "no program here", "demo");
    }

    @Test
    void verboseShowsWhereAnErrorComesFrom() throws IOException {
        server.close();
        assertEquals(1, run("status", "--verbose"));
        assertTrue(err().contains("\tat io.peerwerk."), this::err);
    }
}
