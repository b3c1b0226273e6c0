// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A real peer: the headless node in a process of its own, started from the bundles that this framework runs. Or a command
 * that asks such a peer.
 */
final class PeerProcess implements AutoCloseable {
    private static final List<String> ROOTS = List.of("io.peerwerk.node", "io.peerwerk.transport.tcp", "io.peerwerk.gossip",
            "io.peerwerk.routing", "io.peerwerk.pubsub", "io.peerwerk.storage", "org.eclipse.equinox.app");
    private static final List<String> RUNTIMES = List.of("org.apache.felix.scr", "org.apache.felix.configadmin",
            "org.apache.aries.spifly.dynamic.bundle", "slf4j.simple");
    private static final Pattern READY = Pattern.compile("\"event\":\"ready\",\"peer\":\"(\\w+)\".*\"addresses\":\\[\"([^\"]+)\"");

    private final Path home;
    private final Process process;
    private final AtomicInteger commands = new AtomicInteger();
    private volatile String id = "";
    private volatile String output = "";

    private PeerProcess(Path home, Process process) {
        this.home = home;
        this.process = process;
        Thread.ofVirtual().name("peer output").start(this::read);
    }

    /** Starts {@code peerwerk node} on this home with further options. */
    static PeerProcess start(Path home, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("node", "--json", "--home", home.toString(), "--listen", "/ip4/127.0.0.1/tcp/0"));
        arguments.addAll(List.of(options));
        return new PeerProcess(home, run(home.resolveSibling(home.getFileName() + "-osgi"), arguments));
    }

    /** Starts {@code peerwerk} with this command for this peer, and gives it these bytes on its standard input. */
    PeerProcess ask(byte[] input, String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--json", "--home", home.toString()));
        Process asking = run(home.resolveSibling(home.getFileName() + "-osgi" + commands.incrementAndGet()), arguments);
        try (OutputStream in = asking.getOutputStream()) {
            in.write(input);
        }
        return new PeerProcess(home, asking);
    }

    private static Process run(Path configurationFolder, List<String> arguments) throws IOException {
        Path configuration = Files.createDirectories(configurationFolder);
        Files.writeString(configuration.resolve("config.ini"), config(), StandardCharsets.ISO_8859_1);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", file(system()).getPath(),
                "org.eclipse.core.runtime.adaptor.EclipseStarter", "-configuration", configuration.toString(), "-data", "@none"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static Bundle system() {
        return FrameworkUtil.getBundle(PeerProcess.class).getBundleContext().getBundle(0);
    }

    private static String config() throws IOException {
        Set<Bundle> bundles = closure();
        List<String> entries = new ArrayList<>();
        for (Bundle bundle : bundles) {
            String name = bundle.getSymbolicName();
            String start = RUNTIMES.contains(name) ? "@2:start" : name.startsWith("io.peerwerk.") || ROOTS.contains(name) ? "@4:start" : "";
            entries.add("reference:file:" + file(bundle).getPath() + start);
        }
        return "osgi.bundles=" + String.join(",", entries).replace(":", "\\:") + "\nosgi.bundles.defaultStartLevel=4\n"
                + "eclipse.application=io.peerwerk.node.cli\norg.osgi.framework.bundle.parent=ext\n";
    }

    /** The bundles that a node needs: those named and all that they are wired to here. */
    private static Set<Bundle> closure() {
        List<Bundle> all = Arrays.asList(system().getBundleContext().getBundles());
        Deque<Bundle> open = all.stream().filter(b -> ROOTS.contains(b.getSymbolicName()) || RUNTIMES.contains(b.getSymbolicName()))
                .collect(Collectors.toCollection(ArrayDeque::new));
        Set<Bundle> closure = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Bundle next = open.remove();
            if (next.getBundleId() != 0 && closure.add(next)) {
                for (BundleWire wire : next.adapt(BundleWiring.class).getRequiredWires(null)) {
                    open.add(wire.getProvider().getBundle());
                }
            }
        }
        return closure;
    }

    private static File file(Bundle bundle) throws IOException {
        return FileLocator.getBundleFileLocation(bundle).orElseThrow(() -> new IOException(bundle + " is in no file"));
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    id = ready.group(1);
                }
                output += line + "\n";
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    /** Whether it can be dialled by now. */
    boolean ready() {
        return !id.isEmpty();
    }

    String id() {
        return id;
    }

    /** What it has printed so far, as JSON lines. */
    String output() {
        return output;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As when the power fails. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
