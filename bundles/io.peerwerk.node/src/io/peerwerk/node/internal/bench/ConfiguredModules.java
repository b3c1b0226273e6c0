// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.UUID;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.Host;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Modules of this framework, made by the same components that make a node's: each host has configurations of its own,
 * which name its identity. Until {@link #close}.
 */
public final class ConfiguredModules implements AutoCloseable {

    /** The property by which a host, its identity and all that belongs to it find one another. */
    private static final String MARK = "bench";

    private static final String HOSTS = "io.peerwerk.transport";
    private static final String QUIC = "io.peerwerk.transport.quic";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final List<AutoCloseable> steps = new ArrayList<>();

    /** A host and the mark of what belongs to it. */
    public record Marked(Host host, String mark) {

        /** Closes the host alone. By its configuration gossip and others would go first, and say good-bye. */
        public void cutOff() throws IOException {
            try {
                ((AutoCloseable) host).close();
            } catch (Exception e) {
                throw new IOException("a host could not be closed", e);
            }
        }
    }

    public ConfiguredModules(BundleContext context) throws IOException {
        this.context = context;
        this.admin = await(ConfigurationAdmin.class, "(objectClass=*)");
    }

    /** Starts a host with an identity of its own and these properties. */
    public Marked startHost(Hashtable<String, Object> properties) throws IOException {
        String mark = UUID.randomUUID().toString();
        String own = own(mark);
        var transport = new Hashtable<String, Object>();
        transport.put("identity.target", own);
        configure(QUIC, mark, transport);
        properties.put("identity.target", own);
        properties.put("transport.target", "(|(!(" + MARK + "=*))" + own + ")");
        configure(HOSTS, mark, properties);
        var marked = new Hashtable<String, Object>();
        marked.put(MARK, mark);
        Identity identity = Identity.generate(new SecureRandom());
        ServiceRegistration<Identity> published = context.registerService(Identity.class, identity, marked);
        steps.add(published::unregister);
        return new Marked(await(Host.class, own), mark);
    }

    /** Starts a module that uses a host of here, and gives its service. */
    public <T> T startBeside(Marked host, String pid, Hashtable<String, Object> properties, Class<T> service)
            throws IOException {
        String own = own(host.mark());
        properties.put("host.target", own);
        properties.put("identity.target", own);
        configure(pid, host.mark(), properties);
        return await(service, own);
    }

    /** Starts a component that provides nothing and uses modules of here by these references. */
    public void configureBeside(Marked host, String pid, String... references) throws IOException {
        var properties = new Hashtable<String, Object>();
        for (String reference : references) {
            properties.put(reference + ".target", own(host.mark()));
        }
        configure(pid, host.mark(), properties);
    }

    private static String own(String mark) {
        return "(" + MARK + "=" + mark + ")";
    }

    private void configure(String pid, String mark, Hashtable<String, Object> properties) throws IOException {
        properties.put(MARK, mark);
        Configuration configuration = admin.getFactoryConfiguration(pid, mark, null);
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

    @Override
    public void close() {
        for (AutoCloseable step : steps.reversed()) {
            try {
                step.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not stop a module of the benchmark", e);
            }
        }
        steps.clear();
    }
}
