// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.FetchedReport;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.node.internal.control.Messages.PeerReport;
import io.peerwerk.node.internal.process.LocalCluster;
import io.peerwerk.node.internal.process.NodeProcess;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.ByteSize;
import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;
import io.peerwerk.node.internal.text.ProgressBar;
import io.peerwerk.node.internal.text.TextTable;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;

/** Eight nodes, three deaths, one file that survives. */
public final class Demonstration {
    private static final int NODES = 8;
    /** Node 1 stores the file and is where the others joined: nothing may depend on it. */
    private static final List<Integer> VICTIMS = List.of(1, 4, 6);
    private static final int FETCHER = 2;
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(60);
    private static final Duration REPAIR_LIMIT = Duration.ofSeconds(180);
    /** Shards of three times the file, those that the repair makes anew, and the fetched copy. */
    private static final int DISK_FACTOR = 6;
    private static final int BAR = 24;
    private static final int PEER_LETTERS = 8;

    private final Program program;
    private final Narrator narrator;
    private final LongSupplier nanos;

    private record Stored(ItemReport item, Duration time) {
    }

    private record Read(FetchedReport file, Duration time) {
    }

    public Demonstration(Program program, Output output, LongSupplier nanos) {
        this.program = program;
        this.narrator = new Narrator(output);
        this.nanos = nanos;
    }

    /**
     * Runs it.
     *
     * @throws IOException in one line when something did not go as it should
     */
    public void run(Path file) throws IOException, InterruptedException {
        long begin = nanos.getAsLong();
        try {
            run(file, begin);
        } catch (IOException e) {
            narrator.event(JsonLine.event("done").with("ok", false).with("error", e.getMessage()));
            throw e;
        }
    }

    private void run(Path file, long begin) throws IOException, InterruptedException {
        long bytes = Files.size(file);
        Output output = narrator.output();
        output.say(output.bold("Peerwerk demo") + "  " + NODES + " nodes, " + VICTIMS.size() + " of them will die; "
                + file);
        output.say("");
        narrator.meanwhile("starting " + NODES + " nodes");
        long start = nanos.getAsLong();
        try (LocalCluster cluster = LocalCluster.start(program, NODES, List.of("--repair-delay", "2s"))) {
            require(cluster.directory(), bytes);
            Duration started = since(start);
            narrator.step("start", NODES + " node processes on loopback, each sees all others", started, "");
            narrator.event(JsonLine.event("started").with("nodes", NODES).with("seconds", Figures.seconds(started)));
            play(cluster, file, begin);
        }
    }

    private void play(LocalCluster cluster, Path file, long begin) throws IOException, InterruptedException {
        Stored stored = store(cluster, file);
        HealthReport full = where(cluster, stored.item());
        tryOtherKey(cluster, stored.item());

        long killed = nanos.getAsLong();
        kill(cluster);
        Duration noticed = notice(cluster, killed);
        Read read = fetch(cluster, stored.item());
        compare(file, read);
        Duration repaired = repair(cluster, stored.item(), full, killed);

        conclude(stored, read, noticed, repaired, since(begin));
    }

    private static void require(Path directory, long bytes) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free / DISK_FACTOR < bytes) {
            throw new IOException("the demo needs " + ByteSize.format(bytes * DISK_FACTOR) + " in " + directory
                    + ", where " + ByteSize.format(free) + " are free; give a smaller FILE");
        }
    }

    private Stored store(LocalCluster cluster, Path file) throws IOException {
        PutOptions shards = PutOptions.standard();
        long start = nanos.getAsLong();
        ItemReport item;
        try (ControlClient node = cluster.node(1).control(); var bar = new ProgressBar(narrator.output(), nanos)) {
            node.onProgress(update -> bar.update(update.done(), update.total(), update.phase()));
            item = node.put(file, shards.toString());
        }
        Duration time = since(start);
        narrator.step("store", item.name() + ", " + ByteSize.format(item.bytes()) + ", through node 1", time,
                Figures.rate(item.bytes(), time));
        narrator.event(JsonLine.event("stored").with("uri", item.uri()).with("cid", item.cid())
                .with("bytes", item.bytes()).with("seconds", Figures.seconds(time))
                .with("mbPerSecond", Figures.megabytesPerSecond(item.bytes(), time)));
        return new Stored(item, time);
    }

    private HealthReport where(LocalCluster cluster, ItemReport item) throws IOException {
        HealthReport health = health(cluster.node(FETCHER), item);
        narrator.step("shards", health.chunks() + " encrypted chunks, each in " + health.totalShards()
                + " shards of which any " + health.dataShards() + " are enough");
        narrator.detail(table(cluster, List.of(health)));
        narrator.event(placement("placed", cluster, health));
        return health;
    }

    private JsonLine placement(String event, LocalCluster cluster, HealthReport health) {
        Map<String, NodeProcess> names = cluster.byPeer();
        Map<String, Integer> shards = health.shardsByHolder().entrySet().stream()
                .collect(Collectors.toMap(e -> names.get(e.getKey()).name(), Map.Entry::getValue, Integer::sum,
                        TreeMap::new));
        return JsonLine.event(event).with("chunks", health.chunks()).with("reachable", health.reachable())
                .with("weakest", health.weakest()).with("holders", shards);
    }

    /** Who holds how many shards, at one moment or at several beside each other. */
    private List<String> table(LocalCluster cluster, List<HealthReport> moments) {
        HealthReport last = moments.getLast();
        int most = last.shardsByHolder().values().stream().mapToInt(Integer::intValue).max().orElse(1);
        var table = moments.size() == 1 ? new TextTable("node", "peer", ">shards", "")
                : new TextTable("node", "peer", ">before", ">now", "");
        for (NodeProcess node : cluster.nodes()) {
            var cells = new ArrayList<>(List.of(node.name(), brief(node.peer())));
            for (HealthReport moment : moments) {
                int shards = moment.shardsByHolder().getOrDefault(node.peer(), 0);
                cells.add(shards == 0 && !node.isAlive() ? "dead" : Integer.toString(shards));
            }
            cells.add("█".repeat(Math.round((float) last.shardsByHolder().getOrDefault(node.peer(), 0) * BAR / most)));
            table.row(cells.toArray(String[]::new));
        }
        var lines = new ArrayList<>(table.lines());
        lines.set(0, narrator.output().dim(lines.getFirst()));
        return lines;
    }

    private static String brief(String peer) {
        return "…" + peer.substring(Math.max(0, peer.length() - PEER_LETTERS));
    }

    /** The same manifest with another key: nobody who lacks the link gets anywhere. */
    private void tryOtherKey(LocalCluster cluster, ItemReport item) throws IOException {
        byte[] other = new byte[StorageLink.KEY_BYTES];
        new SecureRandom().nextBytes(other);
        String link = new StorageLink(StorageLink.parse(item.uri()).root(), Secret.of(other)).toString();
        try (ControlClient node = cluster.node(FETCHER).control()) {
            node.get(link, cluster.directory().resolve("stolen"));
        } catch (IOException expected) {
            if (!expected.getMessage().contains("key")) {
                throw expected;
            }
            narrator.step("lock", "without the key in its link the file cannot be read");
            narrator.event(JsonLine.event("locked").with("refusal", expected.getMessage()));
            return;
        }
        throw new IOException("a link with another key opened the file");
    }

    private void kill(LocalCluster cluster) throws InterruptedException {
        for (int victim : VICTIMS) {
            cluster.node(victim).kill();
        }
        narrator.step("kill", "SIGKILL for " + VICTIMS.stream().map(number -> "node " + number)
                .collect(Collectors.joining(", ")) + "; node 1 had stored the file");
        narrator.event(JsonLine.event("killed").with("peers",
                VICTIMS.stream().map(number -> cluster.node(number).peer()).toList()));
    }

    private Duration notice(LocalCluster cluster, long killed) throws IOException, InterruptedException {
        narrator.meanwhile("waiting until the survivors notice");
        List<String> dead = VICTIMS.stream().map(number -> cluster.node(number).peer()).toList();
        for (NodeProcess node : survivors(cluster)) {
            try (ControlClient control = node.control()) {
                LocalCluster.await(NOTICE_LIMIT, node.name() + " has not noticed the deaths",
                        () -> control.peers().stream().filter(peer -> "dead".equals(peer.state()))
                                .map(PeerReport::peer).toList().containsAll(dead));
            }
        }
        Duration time = since(killed);
        narrator.step("notice", "all " + (NODES - VICTIMS.size()) + " survivors know that they are dead", time, "");
        narrator.event(JsonLine.event("noticed").with("seconds", Figures.seconds(time)));
        return time;
    }

    private static List<NodeProcess> survivors(LocalCluster cluster) {
        return cluster.nodes().stream().filter(node -> !VICTIMS.contains(node.number())).toList();
    }

    private Read fetch(LocalCluster cluster, ItemReport item) throws IOException {
        long start = nanos.getAsLong();
        FetchedReport fetched;
        try (ControlClient node = cluster.node(FETCHER).control();
                var bar = new ProgressBar(narrator.output(), nanos)) {
            node.onProgress(update -> bar.update(update.done(), update.total(), update.phase()));
            fetched = node.get(item.uri(), cluster.directory().resolve("fetched"));
        }
        Duration time = since(start);
        narrator.step("fetch", "from node " + FETCHER + ", with what the survivors hold", time,
                Figures.rate(fetched.bytes(), time));
        return new Read(fetched, time);
    }

    private void compare(Path file, Read read) throws IOException {
        narrator.meanwhile("comparing");
        byte[] source = Digests.sha256(file);
        byte[] copy = Digests.sha256(Path.of(read.file().path()));
        boolean same = Arrays.equals(source, copy);
        String sha256 = HexFormat.of().formatHex(copy);
        narrator.event(JsonLine.event("fetched").with("bytes", read.file().bytes()).with("sha256", sha256)
                .with("same", same).with("seconds", Figures.seconds(read.time()))
                .with("mbPerSecond", Figures.megabytesPerSecond(read.file().bytes(), read.time())));
        if (!same) {
            throw new IOException("the fetched file differs from the stored one");
        }
        narrator.step("compare", "SHA-256 is the same: " + sha256.substring(0, 16) + "…");
    }

    private Duration repair(LocalCluster cluster, ItemReport item, HealthReport before, long killed)
            throws IOException, InterruptedException {
        int full = before.totalShards();
        var latest = new AtomicReference<>(before);
        LocalCluster.await(REPAIR_LIMIT, "the repair is not done", () -> {
            latest.set(health(cluster.node(FETCHER), item));
            narrator.meanwhile("the weakest chunk has " + latest.get().weakest() + " of " + full + " shards");
            return latest.get().weakest() >= full;
        });
        Duration time = since(killed);
        narrator.step("repair", "every chunk has its " + full + " shards again, on the survivors", time,
                "after the kill");
        narrator.detail(table(cluster, List.of(before, latest.get())));
        narrator.event(placement("repaired", cluster, latest.get()).with("seconds", Figures.seconds(time)));
        return time;
    }

    private static HealthReport health(NodeProcess node, ItemReport item) throws IOException {
        try (ControlClient control = node.control()) {
            return control.health(item.uri());
        }
    }

    private void conclude(Stored stored, Read read, Duration noticed, Duration repaired, Duration all) {
        Output output = narrator.output();
        var table = new TextTable("figures", ">");
        table.row("stored", Figures.rate(stored.item().bytes(), stored.time()));
        table.row("fetched after three deaths", Figures.rate(read.file().bytes(), read.time()));
        table.row("deaths noticed by all", Figures.time(noticed));
        table.row("shards back to strength", Figures.time(repaired));
        table.row("whole demo", Figures.time(all));
        output.say("");
        output.say(table);
        output.say("");
        output.say(output.good("ok") + "  " + VICTIMS.size() + " of " + NODES + " nodes died, and nothing was lost.");
        long bytes = stored.item().bytes();
        narrator.event(JsonLine.event("done").with("ok", true).with("bytes", bytes).with("nodes", NODES)
                .with("killed", VICTIMS.size()).with("sha256", read.file().sha256())
                .with("putMBps", Figures.megabytesPerSecond(bytes, stored.time()))
                .with("getMBps", Figures.megabytesPerSecond(bytes, read.time()))
                .with("noticeSeconds", Figures.seconds(noticed)).with("repairSeconds", Figures.seconds(repaired))
                .with("seconds", Figures.seconds(all)));
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
