// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.UUID;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Two hosts of this framework, made by the same components that make a node's: each has a configuration of its own that
 * names its identity and the secure channel it may use.
 */
final class HostPair implements AutoCloseable {

    /** The property by which a host, its identity and its transports find one another. */
    private static final String MARK = "bench";

    private static final String HOSTS = "io.peerwerk.transport";
    private static final String QUIC = "io.peerwerk.transport.quic";
    private static final int MANY = 100_000;
    private static final long MEMORY = 16L << 30;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final List<AutoCloseable> steps = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    private HostPair(BundleContext context) throws IOException {
        this.context = context;
        this.admin = await(ConfigurationAdmin.class, "(objectClass=*)");
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
        String mark = UUID.randomUUID().toString();
        String own = "(" + MARK + "=" + mark + ")";
        var transport = new Hashtable<String, Object>();
        transport.put(MARK, mark);
        transport.put("identity.target", own);
        configure(QUIC, mark, transport);
        var host = new Hashtable<String, Object>();
        host.put(MARK, mark);
        host.put("listen", new String[] {listen.toString()});
        host.put("connections", MANY);
        host.put("peerConnections", MANY);
        host.put("memory", MEMORY);
        host.put("identity.target", own);
        host.put("secure.target", "(protocol=" + security + ")");
        host.put("transport.target", "(|(!(" + MARK + "=*))" + own + ")");
        configure(HOSTS, mark, host);
        var marked = new Hashtable<String, Object>();
        marked.put(MARK, mark);
        Identity identity = Identity.generate(new SecureRandom());
        ServiceRegistration<Identity> published = context.registerService(Identity.class, identity, marked);
        steps.add(published::unregister);
        hosts.add(await(Host.class, own));
    }

    private void configure(String pid, String name, Hashtable<String, Object> properties) throws IOException {
        Configuration configuration = admin.getFactoryConfiguration(pid, name, null);
        configuration.update(properties);
        steps.add(configuration::delete);
    }

    private <T> T await(Class<T> type, String properties) throws IOException {
        try {
            var filter = FrameworkUtil.createFilter("(&(objectClass=" + type.getName() + ")" + properties + ")");
            var tracker = new ServiceTracker<T, T>(context, filter, null);
            tracker.open();
            steps.add(tracker::close);
            T service = tracker.waitForService(START_LIMIT.toMillis());
            if (service == null) {
                throw new IOException("no " + type.getSimpleName() + " came up; is Declarative Services running?");
            }
            return service;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
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
        for (AutoCloseable step : steps.reversed()) {
            try {
                step.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not stop a host of the benchmark", e);
            }
        }
        steps.clear();
    }
}
