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

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/** Two peers of js-libp2p in processes of their own, which measure {@code /perf/1.0.0} between them. */
public final class ForeignPeers {

    private static final int ANSWER_LIMIT_SECONDS = 300;

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

    private Process start(String command, List<String> arguments, List<String> options) throws IOException {
        var words = new ArrayList<>(List.of("node", "peer.mjs", command));
        words.addAll(arguments);
        words.addAll(options);
        return new ProcessBuilder(words).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static JsonObject perf(Process client, String address, long bytes) throws IOException {
        String line = "{\"id\":1,\"cmd\":\"perf\",\"args\":[\"" + address + "\",\"" + bytes + "\",\"0\"]}\n";
        client.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        JsonObject result = awaitLine(client, "result");
        if (!result.get("ok").getAsBoolean()) {
            throw new IOException("js-libp2p could not measure: " + result.get("error").getAsString());
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
