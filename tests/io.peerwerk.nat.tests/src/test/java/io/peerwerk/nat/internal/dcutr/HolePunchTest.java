// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.fixtures.ForeignPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two peers, each behind an address translator of its own in network namespaces, meet through a relay and end up with a
 * direct connection. Needs root, iproute2 and nftables on Linux; without them it is skipped and says so.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HolePunchTest {

    private static final int PATIENCE_SECONDS = 90;

    @TempDir
    private Path folder;

    private final String prefix = "p" + Long.toString(ProcessHandle.current().pid() % 60_466_176, 36);
    private final List<Node> nodes = new ArrayList<>();
    private boolean built;

    /** A process in a namespace and what it says. */
    private record Node(Process process, BlockingQueue<String> lines) {

        String await(String event) throws InterruptedException {
            for (String line = next(); line != null; line = next()) {
                System.out.println(line);
                if (line.contains("\"ev\":\"" + event + '"')) {
                    return line;
                }
            }
            throw new AssertionError("the node did not say '" + event + "' in time");
        }

        void say(String command) throws IOException {
            process.getOutputStream().write((command + '\n').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        private String next() throws InterruptedException {
            return lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void build(String net) throws IOException, InterruptedException {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "network namespaces are a thing of Linux");
        for (String program : List.of("ip", "nft")) {
            Assumptions.assumeTrue(run("sh", "-c", "command -v " + program) == 0, program + " is not installed");
        }
        Assumptions.assumeTrue(run("ip", "netns", "add", prefix + "-try") == 0, "no right to make network namespaces");
        boolean filters = run("ip", "netns", "exec", prefix + "-try", "nft", "add", "table", "ip", "t") == 0;
        run("ip", "netns", "del", prefix + "-try");
        Assumptions.assumeTrue(filters, "nftables does not work here");
        built = true;
        assertEquals(0, script("up", net), "the namespaces could not be made");
    }

    private int script(String what, String net) throws IOException, InterruptedException {
        Path script = folder.resolve("nat.sh");
        try (InputStream in = HolePunchTest.class.getResourceAsStream("nat.sh")) {
            Files.write(script, in.readAllBytes());
        }
        return run("sh", script.toString(), what, prefix, net);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor();
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.process().getOutputStream().close();
            if (!node.process().waitFor(5, TimeUnit.SECONDS)) {
                node.process().destroyForcibly();
            }
        }
        if (built) {
            script("down", "");
        }
    }

    private Node start(String namespace, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return start(namespace, folder, List.of(java.toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), PunchingNode.class.getName()), arguments);
    }

    private Node startJs(String namespace, String... arguments) throws IOException {
        return start(namespace, ForeignPeer.folder(), List.of("node", "peer.mjs", "listen", "--relay", "--dcutr"),
                arguments);
    }

    private Node start(String namespace, Path where, List<String> program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("ip", "netns", "exec", prefix + namespace));
        command.addAll(program);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(where.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var node = new Node(process, new LinkedBlockingQueue<>());
        nodes.add(node);
        Thread.ofVirtual().start(() -> {
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(),
                    StandardCharsets.UTF_8))) {
                out.lines().forEach(node.lines()::add);
            } catch (IOException | UncheckedIOException e) {
                node.lines().add("gone: " + e);
            }
        });
        return node;
    }

    private static String address(String line) {
        int at = line.indexOf("\"address\":\"") + "\"address\":\"".length();
        return line.substring(at, line.indexOf('"', at));
    }

    @ParameterizedTest
    @CsvSource({"tcp,/tcp/4001", "quic,/udp/4001/quic-v1"})
    void twoPeersBehindTranslatorsEndUpWithADirectConnection(String transport, String port) throws Exception {
        build("203.0.113");
        String relay = address(start("-net", "relay", transport, "/ip4/203.0.113.1" + port).await("ready"));
        Node bob = start("-b", "hidden", transport, "/ip4/0.0.0.0" + port, relay);
        String target = address(bob.await("ready"));
        Node alice = start("-a", "dial", transport, "/ip4/0.0.0.0" + port, relay, target);

        String relayed = alice.await("relayed");
        assertTrue(relayed.contains("\"isRelayed\":true,\"initiator\":true"), relayed);
        String atAlice = alice.await("direct");
        assertTrue(atAlice.contains("\"isRelayed\":false,\"initiator\":true"), atAlice);
        assertEquals("/ip4/203.0.113.20" + port, address(atAlice));
        String atBob = bob.await("direct");
        assertTrue(atBob.contains("\"isRelayed\":false,\"initiator\":false"), atBob);
        assertEquals("/ip4/203.0.113.10" + port, address(atBob));
        String echo = alice.await("echo");
        assertTrue(echo.contains("\"isRelayed\":false"), echo);
        assertTrue(echo.contains("\"bytes\":1048576"), echo);
    }

    /**
     * js-libp2p takes addresses for documentation to be private, hence another net; and it dials from a new port each
     * time, which no translator lets in, hence one end that is public.
     */
    @Test
    void jsThatDialledThroughTheRelayFollowsOurInvitation() throws Exception {
        Assumptions.assumeTrue(ForeignPeer.nodeIsThere(), "Node.js is not installed");
        build("198.17.0");
        String relay = address(start("-net", "relay", "tcp", "/ip4/198.17.0.1/tcp/4001").await("ready"));
        Node bob = start("-net", "hidden", "tcp", "/ip4/198.17.0.1/tcp/4002", relay);
        String target = address(bob.await("ready"));
        Node js = startJs("-a", "--listen", "/ip4/0.0.0.0/tcp/4001", "--announce", "/ip4/198.17.0.10/tcp/4001");
        js.await("ready");
        js.say("ping " + target);
        String result = js.await("result");
        assertTrue(result.contains("\"limited\":true"), result);
        String direct = bob.await("direct");
        assertTrue(direct.contains("\"isRelayed\":false,\"initiator\":false"), direct);
        assertTrue(address(direct).startsWith("/ip4/198.17.0.10/tcp/"), direct);
    }

    @Test
    void jsThatIsReachedThroughTheRelayDialsUs() throws Exception {
        Assumptions.assumeTrue(ForeignPeer.nodeIsThere(), "Node.js is not installed");
        build("198.17.0");
        String relay = address(start("-net", "relay", "tcp", "/ip4/198.17.0.1/tcp/4001").await("ready"));
        Node js = startJs("-b", "--listen", relay + "/p2p-circuit");
        String target = relay + "/p2p-circuit/p2p/" + ForeignPeer.text(js.await("ready"), "peer");
        Node alice = start("-net", "dial", "tcp", "/ip4/198.17.0.1/tcp/4003", relay, target);
        String direct = alice.await("direct");
        assertTrue(direct.contains("\"isRelayed\":false,\"initiator\":false"), direct);
        String echo = alice.await("echo");
        assertTrue(echo.contains("\"bytes\":1048576"), echo);
    }
}
