// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.node.internal.bench.ConfiguredModules;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import org.osgi.framework.BundleContext;

/** Two hosts of this framework, each with a secure channel that it may use. */
final class HostPair implements AutoCloseable {

    private static final int MANY = 100_000;
    private static final long MEMORY = 16L << 30;

    private final ConfiguredModules modules;
    private final List<Host> hosts = new ArrayList<>();

    private HostPair(BundleContext context) throws IOException {
        this.modules = new ConfiguredModules(context);
    }

    /**
     * Starts both.
     *
     * @param security the secure channel's protocol; of no matter where the transport brings its own
     * @param listen   what both listen on
     */
    static HostPair start(BundleContext context, String security, Multiaddr listen) throws IOException {
        var pair = new HostPair(context);
        try {
            pair.startOne(security, listen);
            pair.startOne(security, listen);
            return pair;
        } catch (IOException | RuntimeException e) {
            pair.close();
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

    /** The host that dials. */
    Host client() {
        return hosts.getFirst();
    }

    /** The host that is dialled. */
    Host server() {
        return hosts.getLast();
    }

    /** A connection from the one to the other. Blocks. */
    Connection connect() throws IOException {
        return client().connect(server().id(), server().addresses());
    }

    /** One more connection, beside those there are. Blocks. */
    Connection connectAgain() throws IOException {
        PeerId peer = server().id();
        Collection<Multiaddr> addresses = server().addresses();
        return ((Swarm) client()).connect(peer, addresses, Swarm.Mode.FRESH);
    }

    @Override
    public void close() {
        modules.close();
    }
}
