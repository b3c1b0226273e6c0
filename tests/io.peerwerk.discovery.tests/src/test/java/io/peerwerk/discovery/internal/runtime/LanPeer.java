// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** A host of ours in a process of its own, on a machine of its own, which looks for peers on its local network. */
final class LanPeer implements AutoCloseable {

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    final String id;

    private LanPeer(Process process) throws InterruptedException {
        this.process = process;
        Thread.ofPlatform().daemon().start(() -> {
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("gone");
            }
        });
        this.id = await("ready ").substring("ready ".length());
    }

    /** Starts one that listens on these addresses. */
    static LanPeer on(String machine, String... listen) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(TwoMachines.on(machine));
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), LanPeer.class.getName()));
        command.addAll(List.of(listen));
        return new LanPeer(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Waits for a line that begins so. */
    String await(String beginning) throws InterruptedException {
        for (String line = next(); line != null; line = next()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        return fail("the peer did not say '" + beginning + "' in time");
    }

    private String next() throws InterruptedException {
        return lines.poll(30, TimeUnit.SECONDS);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The process. */
    public static void main(String[] listen) throws IOException {
        try (var hosts = new Hosts(new TcpTransport())) {
            List<Multiaddr> addresses = new ArrayList<>();
            for (String address : listen) {
                addresses.add(Multiaddr.parse(address));
            }
            SwitchHost host = hosts.start(HostOptions.standard().listeningOn(addresses));
            host.listen(new ConnectionListener() {
                @Override
                public void opened(Connection connection) {
                    System.out.println("connected " + connection.peer() + " " + connection.remoteAddress());
                }
            });
            try (var discovery = new LanDiscovery(host, new MulticastNetwork(), 8, new SecureRandom())) {
                System.out.println("ready " + host.id());
                System.in.read(); // until whoever started this is gone
            }
        }
    }
}
