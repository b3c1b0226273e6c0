// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import org.osgi.framework.BundleContext;

/** Two hosts of this framework, each with a secure channel that it may use. */
final class HostPair implements AutoCloseable {

    private final MeasuredHosts hosts;

    private HostPair(MeasuredHosts hosts) {
        this.hosts = hosts;
    }

    /** Starts both, as {@link MeasuredHosts#start} does. */
    static HostPair start(BundleContext context, String security, Multiaddr listen) throws IOException {
        return new HostPair(MeasuredHosts.start(context, 2, security, listen));
    }

    /** The host that dials. */
    Host client() {
        return hosts.all().getFirst();
    }

    /** The host that is dialled. */
    Host server() {
        return hosts.all().getLast();
    }

    /** A connection from the one to the other. Blocks. */
    Connection connect() throws IOException {
        return client().connect(server().id(), server().addresses());
    }

    /** One more connection, beside those there are. Blocks. */
    Connection connectAgain() throws IOException {
        return ((Swarm) client()).connect(server().id(), server().addresses(), Swarm.Mode.FRESH);
    }

    @Override
    public void close() {
        hosts.close();
    }
}
