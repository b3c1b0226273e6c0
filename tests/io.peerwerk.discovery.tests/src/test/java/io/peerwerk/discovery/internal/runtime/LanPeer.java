// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.runtime;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.LineProcess;
import io.peerwerk.fixtures.TwoMachines;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.ConnectionListener;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** A host of ours in a process of its own, on a machine of its own, which looks for peers on its local network. */
final class LanPeer implements AutoCloseable {

    private final LineProcess process;
    final String id;

    private LanPeer(LineProcess process) throws InterruptedException {
        this.process = process;
        this.id = await("ready ").substring("ready ".length());
    }

    /** Starts one that listens on these addresses. */
    static LanPeer on(String machine, String... listen) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(TwoMachines.on(machine));
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), LanPeer.class.getName()));
        command.addAll(List.of(listen));
        return new LanPeer(LineProcess.start(new ProcessBuilder(command)));
    }

    /** Waits for a line that begins so. */
    String await(String beginning) throws InterruptedException {
        return process.await(line -> line.startsWith(beginning), beginning);
    }

    boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void close() {
        process.close();
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
