// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.InteropChecks;
import io.peerwerk.fixtures.LineProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two peers, each behind an address translator of its own in network namespaces, meet through a relay and end up with a
 * direct connection. Needs root, iproute2 and nftables on Linux; without them it is skipped and says so.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HolePunchTest {

    /** What peers take for public, as they do not addresses for documentation; here it leads to namespaces alone. */
    private static final String NET = "198.17.0";

    private static final String DIRECT = "\"isRelayed\":false";
    private static final String AS_CLIENT = "\"isRelayed\":false,\"initiator\":true";
    private static final String AS_SERVER = "\"isRelayed\":false,\"initiator\":false";

    /** A way to be connected directly, and how addresses end that have it, up to their port. */
    enum Way {
        TCP("/tcp/", ""), QUIC("/udp/", "/quic-v1");

        private final String before;
        private final String after;

        Way(String before, String after) {
            this.before = before;
            this.after = after;
        }

        private String at(String ip, int port) {
            return "/ip4/" + ip + before + port + after;
        }

        /** What our peers call it, and js. */
        private String transport() {
            return name().toLowerCase(Locale.ROOT);
        }

        private InteropChecks checks() {
            return new InteropChecks("direct upgrade to " + name(), this == QUIC ? "TLS" : "Noise", "Ed25519");
        }
    }

    @TempDir
    private Path folder;

    private final String prefix = "p" + Long.toString(ProcessHandle.current().pid() % 60_466_176, 36);
    private final List<LineProcess> peers = new ArrayList<>();
    private boolean built;

    /** @param filter what the translators look at: "port" and address, or "address" alone */
    private void build(String filter) throws IOException, InterruptedException {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "network namespaces need Linux");
        for (String program : List.of("ip", "nft")) {
            Assumptions.assumeTrue(run("sh", "-c", "command -v " + program) == 0, program + " is not installed");
        }
        Assumptions.assumeTrue(run("ip", "netns", "add", prefix + "-try") == 0, "no right to make network namespaces");
        boolean filters = run("ip", "netns", "exec", prefix + "-try", "nft", "add", "table", "ip", "t") == 0;
        run("ip", "netns", "del", prefix + "-try");
        Assumptions.assumeTrue(filters, "nftables does not work here");
        built = true;
        assertEquals(0, script("up", NET, filter), "the namespaces could not be made");
    }

    private int script(String what, String... how) throws IOException, InterruptedException {
        Path script = folder.resolve("nat.sh");
        try (InputStream in = HolePunchTest.class.getResourceAsStream("nat.sh")) {
            Files.write(script, in.readAllBytes());
        }
        var command = new ArrayList<>(List.of("sh", script.toString(), what, prefix));
        command.addAll(List.of(how));
        return run(command.toArray(String[]::new));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor();
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        peers.forEach(LineProcess::close);
        if (built) {
            script("down");
        }
    }

    /** What starts a command in a namespace. */
    private List<String> in(String namespace) {
        return List.of("ip", "netns", "exec", prefix + namespace);
    }

    private LineProcess start(String namespace, String... arguments) throws IOException {
        var command = new ArrayList<>(in(namespace));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), PunchingNode.class.getName()));
        command.addAll(List.of(arguments));
        LineProcess peer = LineProcess.start(new ProcessBuilder(command).directory(folder.toFile()));
        peers.add(peer);
        return peer;
    }

    private ForeignPeer startJs(String namespace, String... options) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--relay", "--dcutr"));
        all.addAll(List.of(options));
        return ForeignPeer.listenOn(in(namespace), all.toArray(String[]::new));
    }

    private static String address(String line) {
        int at = line.indexOf("\"address\":\"") + "\"address\":\"".length();
        return line.substring(at, line.indexOf('"', at));
    }

    @ParameterizedTest
    @EnumSource
    void twoPeersBehindTranslatorsEndUpWithADirectConnection(Way way) throws Exception {
        build("port");
        String relay = relay(way);
        LineProcess bob = start("-b", "hidden", way.transport(), way.at("0.0.0.0", 4001), relay);
        String target = address(bob.awaitEvent("ready"));
        LineProcess alice = start("-a", "dial", way.transport(), way.at("0.0.0.0", 4001), relay, target);

        String relayed = alice.awaitEvent("relayed");
        assertTrue(relayed.contains("\"isRelayed\":true,\"initiator\":true"), relayed);
        String atAlice = alice.awaitEvent("direct");
        assertTrue(atAlice.contains(AS_CLIENT), atAlice);
        assertEquals(way.at(NET + ".20", 4001), address(atAlice));
        String atBob = bob.awaitEvent("direct");
        assertTrue(atBob.contains(AS_SERVER), atBob);
        assertEquals(way.at(NET + ".10", 4001), address(atBob));
        String echo = alice.awaitEvent("echo");
        assertTrue(echo.contains(DIRECT), echo);
        assertTrue(echo.contains("\"bytes\":1048576"), echo);
    }

    /*
     * With js-libp2p. It dials from a new port each time, which a translator that filters by port does not let in:
     * hence one end that is public, or translators that filter by address alone.
     */

    @ParameterizedTest
    @EnumSource
    void jsThatDialledThroughTheRelayFollowsOurInvitation(Way way) throws Exception {
        build("port");
        String relay = relay(way);
        weLead(way, "we lead from a public address",
                start("-net", "hidden", way.transport(), way.at(NET + ".1", 4002), relay));
    }

    @ParameterizedTest
    @EnumSource
    void jsFollowsOurInvitationFromTranslatorToTranslator(Way way) throws Exception {
        build("address");
        String relay = relay(way);
        weLead(way, "we lead from behind a translator",
                start("-b", "hidden", way.transport(), way.at("0.0.0.0", 4001), relay));
    }

    private String relay(Way way) throws Exception {
        return address(start("-net", "relay", way.transport(), way.at(NET + ".1", 4001)).awaitEvent("ready"));
    }

    private void weLead(Way way, String direction, LineProcess bob) throws Exception {
        String target = address(bob.awaitEvent("ready"));
        InteropChecks checks = way.checks();
        try (ForeignPeer js = startJs("-a", "--transport", way.transport(), "--listen", way.at("0.0.0.0", 4001),
                "--announce", way.at(NET + ".10", 4001))) {
            checks.check(direction, "ping through the relay", () -> {
                String result = js.ask("ping", target);
                assertTrue(result.contains("\"limited\":true"), result);
            });
            // Nothing but our invitation makes js dial us; it may be here before our pause of half a round trip ends.
            checks.check(direction, "direct connection", () -> {
                String direct = bob.awaitEvent("direct");
                assertTrue(direct.contains(AS_SERVER), direct);
                assertTrue(address(direct).startsWith("/ip4/" + NET + ".10/"), direct);
            });
            checks.check(direction, "echo of 1 MiB", () -> {
                String peer = target.substring(target.lastIndexOf('/') + 1);
                js.ask("direct", peer);
                assertTrue(js.ask("echo-bytes", peer, "" + (1 << 20)).contains("\"bytes\":1048576"));
            });
        }
        checks.assertAllHeld();
    }

    @ParameterizedTest
    @EnumSource
    void jsThatIsReachedThroughTheRelayDialsUs(Way way) throws Exception {
        build("port");
        String relay = relay(way);
        try (ForeignPeer js = startJs("-b", "--transport", way.transport(), "--listen", relay + "/p2p-circuit")) {
            LineProcess alice = start("-net", "dial", way.transport(), way.at(NET + ".1", 4003), relay,
                    through(relay, js));
            jsLeads(way, "js leads and dials our public address", alice, null);
        }
    }

    /** It cannot dial us before it has invited us: our translator lets it in when we have knocked at its own. */
    @ParameterizedTest
    @EnumSource
    void jsThatIsReachedThroughTheRelayInvitesUsFromTranslatorToTranslator(Way way) throws Exception {
        build("address");
        String relay = relay(way);
        try (ForeignPeer js = startJs("-b", "--transport", way.transport(), "--listen", way.at("0.0.0.0", 4001),
                "--announce", way.at(NET + ".20", 4001))) {
            js.ask("relay-reserve", relay);
            LineProcess alice = start("-a", "dial", way.transport(), way.at("0.0.0.0", 4001), relay,
                    through(relay, js));
            jsLeads(way, "js leads from behind a translator", alice, () -> {
                String meet = alice.awaitEvent("meet");
                assertTrue(meet.contains("MEET_AS_INITIATOR"), meet);
            });
        }
    }

    private static String through(String relay, ForeignPeer js) throws IOException {
        return relay + "/p2p-circuit/p2p/" + js.id();
    }

    private static void jsLeads(Way way, String direction, LineProcess alice, @Nullable Executable invitation)
            throws Exception {
        InteropChecks checks = way.checks();
        checks.check(direction, "connection through the relay", () -> {
            String relayed = alice.awaitEvent("relayed");
            assertTrue(relayed.contains("\"isRelayed\":true,\"initiator\":true"), relayed);
        });
        if (invitation != null) {
            checks.check(direction, "invitation", invitation);
        }
        checks.check(direction, "direct connection", () -> {
            String direct = alice.awaitEvent("direct");
            assertTrue(direct.contains(DIRECT), direct);
        });
        checks.check(direction, "echo of 1 MiB", () -> {
            String echo = alice.awaitEvent("echo");
            assertTrue(echo.contains(DIRECT), echo);
            assertTrue(echo.contains("\"bytes\":1048576"), echo);
        });
        checks.assertAllHeld();
    }
}
