// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.bench.ConfiguredModules;
import io.peerwerk.transport.Host;
import org.osgi.framework.BundleContext;

/** Hosts of this framework with one secure channel each, which no limit of the host's keeps from being measured. */
final class MeasuredHosts implements AutoCloseable {

    private static final int MANY = 100_000;
    private static final long MEMORY = 16L << 30;

    private final ConfiguredModules modules;
    private final List<Host> hosts = new ArrayList<>();

    private MeasuredHosts(BundleContext context) throws IOException {
        this.modules = new ConfiguredModules(context);
    }

    /**
     * Starts so many.
     *
     * @param security the secure channel's protocol; of no matter where the transport brings its own
     * @param listen   what each listens on
     */
    static MeasuredHosts start(BundleContext context, int count, String security, Multiaddr listen)
            throws IOException {
        var hosts = new MeasuredHosts(context);
        try {
            for (int i = 0; i < count; i++) {
                hosts.startOne(security, listen);
            }
            return hosts;
        } catch (IOException | RuntimeException e) {
            hosts.close();
            throw e;
        }
    }

    private void startOne(String security, Multiaddr listen) throws IOException {
        var host = new Hashtable<String, Object>();
        host.put("listen", new String[] {listen.toString()});
        host.put("connections", MANY);
        host.put("peerConnections", MANY);
        host.put("memory", MEMORY);
        host.put("secure.target", "(protocol=" + security + ")");
        hosts.add(modules.startHost(host).host());
    }

    List<Host> all() {
        return List.copyOf(hosts);
    }

    @Override
    public void close() {
        modules.close();
    }
}
