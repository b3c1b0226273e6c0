// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.transport.Host;
import org.osgi.framework.BundleContext;

/**
 * Hosts that another process dials: for each its address on one JSON object a line, and after that, for each line that
 * comes in, what this process's heap holds.
 */
public final class DialledHosts implements AutoCloseable {

    static final String HEAP = "heap";

    private final MeasuredHosts hosts;
    private final PrintStream out;

    /** Starts them, and tells where they are. */
    public DialledHosts(BundleContext context, int count, String security, Multiaddr listen, PrintStream out)
            throws IOException {
        this.hosts = MeasuredHosts.start(context, count, security, listen);
        this.out = out;
        for (Host host : hosts.all()) {
            say(JsonLine.event("host").with("address", host.addresses().getFirst().withPeer(host.id()).toString()));
        }
    }

    /** Answers until nothing more comes. */
    public void obey(BufferedReader commands) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            if (line.equals(HEAP)) {
                say(JsonLine.event(HEAP).with("bytes", Heap.used()));
            }
        }
    }

    private void say(JsonLine line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        hosts.close();
    }
}
