// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.internal.text.JsonLine;
import org.jspecify.annotations.Nullable;

/** Two peers of js-libp2p in processes of their own, which move bytes or files between them. */
public final class ForeignPeers {

    private static final int ANSWER_LIMIT_SECONDS = 300;
    private static final int TRANSFER_LIMIT_SECONDS = 3600;

    private final Path folder;

    private ForeignPeers(Path folder) {
        this.folder = folder;
    }

    /** The peers of a folder with {@code peer.mjs}; empty when it or its packages or Node.js are missing. */
    public static Optional<ForeignPeers> in(@Nullable Path folder) {
        if (folder == null || !Files.exists(folder.resolve("peer.mjs"))
                || !Files.isDirectory(folder.resolve("node_modules")) || !nodeIsThere()) {
            return Optional.empty();
        }
        return Optional.of(new ForeignPeers(folder));
    }

    private static boolean nodeIsThere() {
        try {
            return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sends bytes from one to the other.
     *
     * @param transport {@code tcp} or {@code quic}
     * @param security  {@code noise} or {@code tls}
     */
    Cost measure(String transport, String security, long bytes) throws IOException {
        List<String> options = List.of("--transport", transport, "--security", security, "--timeout",
                Long.toString(TimeUnit.SECONDS.toMillis(ANSWER_LIMIT_SECONDS)));
        Process server = start("listen", List.of(), options);
        Process client = null;
        try {
            String address = awaitLine(server, "ready").getAsJsonArray("addrs").get(0).getAsString();
            client = start("listen", List.of(), options);
            awaitLine(client, "ready");
            perf(client, address, bytes / 8);
            Duration before = processorTime(server).plus(processorTime(client));
            JsonObject result = perf(client, address, bytes);
            Duration processor = processorTime(server).plus(processorTime(client)).minus(before);
            return Cost.of(bytes, Duration.ofNanos((long) (result.get("sec").getAsDouble() * 1e9)), processor);
        } finally {
            server.destroy();
            if (client != null) {
                client.destroy();
            }
        }
    }

    /**
     * Lets one Helia fetch a file from another, over TCP with Noise and Bitswap; both keep blocks in memory.
     *
     * @return megabytes a second
     */
    public double helia(Path file, Path target) throws IOException {
        String limit = Long.toString(TimeUnit.SECONDS.toMillis(TRANSFER_LIMIT_SECONDS));
        List<String> options = List.of("--helia", "--timeout", limit, "--fetch-timeout", limit);
        Process server = start("listen", List.of(), options);
        Process client = null;
        try {
            String address = awaitLine(server, "ready").getAsJsonArray("addrs").get(0).getAsString();
            String cid = ask(server, "addfile", file.toAbsolutePath().toString()).get("cid").getAsString();
            client = start("listen", List.of(), options);
            awaitLine(client, "ready");
            JsonObject result = ask(client, "fetchfile", address, cid, target.toAbsolutePath().toString());
            return result.get("MBps").getAsDouble();
        } finally {
            server.destroy();
            if (client != null) {
                client.destroy();
            }
        }
    }

    private Process start(String command, List<String> arguments, List<String> options) throws IOException {
        var words = new ArrayList<>(List.of("node", "peer.mjs", command));
        words.addAll(arguments);
        words.addAll(options);
        return new ProcessBuilder(words).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static JsonObject perf(Process client, String address, long bytes) throws IOException {
        return ask(client, "perf", address, Long.toString(bytes), "0");
    }

    private static JsonObject ask(Process peer, String command, String... arguments) throws IOException {
        var words = new JsonArray();
        for (String argument : arguments) {
            words.add(argument);
        }
        String line = JsonLine.object().with("id", 1).with("cmd", command).with("args", words) + "\n";
        peer.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        peer.getOutputStream().flush();
        JsonObject result = awaitLine(peer, "result");
        if (!result.get("ok").getAsBoolean()) {
            throw new IOException("js-libp2p could not do " + command + ": " + result.get("error").getAsString());
        }
        return result;
    }

    private static JsonObject awaitLine(Process process, String event) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            if (object.get("ev").getAsString().equals(event)) {
                return object;
            }
        }
        throw new IOException("a peer of js-libp2p ended early");
    }

    private static Duration processorTime(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
