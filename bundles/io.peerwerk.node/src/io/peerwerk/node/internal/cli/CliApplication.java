// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.peerwerk.node.NodeLauncher;
import io.peerwerk.node.internal.process.Program;
import io.peerwerk.node.internal.text.Terminal;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line as an Eclipse application: {@code -application io.peerwerk.node.cli COMMAND …}. */
public final class CliApplication implements IApplication {
    private static final Logger LOG = LoggerFactory.getLogger(CliApplication.class);
    private static final long LAUNCHER_LIMIT_MILLIS = 20_000;
    private static final long SHUTDOWN_LIMIT_MILLIS = 10_000;

    private @Nullable ServiceTracker<NodeLauncher, NodeLauncher> launcher;

    @Override
    public Object start(IApplicationContext context) {
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        var around = new Surroundings(out, err, Terminal.detect(System.getenv()), version(), this::launcher,
                Program::running, CliApplication::bundle, shutdown(bundle()));
        return new CommandLineProgram(around).run(arguments);
    }

    /** The component may still be starting: the application and Declarative Services come up side by side. */
    private NodeLauncher launcher() throws IOException {
        var tracker = new ServiceTracker<NodeLauncher, NodeLauncher>(bundle(), NodeLauncher.class, null);
        launcher = tracker;
        tracker.open();
        try {
            NodeLauncher service = tracker.waitForService(LAUNCHER_LIMIT_MILLIS);
            if (service == null) {
                throw new IOException("the node's bundles did not start; is Declarative Services running?");
            }
            return service;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private static String version() {
        Version version = bundle().getBundle().getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    private static BundleContext bundle() {
        return Objects.requireNonNull(FrameworkUtil.getBundle(CliApplication.class)).getBundleContext();
    }

    /** Taken from the system bundle at once: this bundle may be replaced before it is needed. */
    private static Runnable shutdown(BundleContext context) {
        Bundle system = Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION));
        Framework framework = system.adapt(Framework.class);
        return () -> {
            try {
                framework.stop();
                framework.waitForStop(SHUTDOWN_LIMIT_MILLIS);
            } catch (BundleException e) {
                LOG.warn("the framework did not stop: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Called when the framework stops first; the commands end by themselves or with the process. */
    @Override
    public void stop() {
        ServiceTracker<NodeLauncher, NodeLauncher> tracker = launcher;
        if (tracker != null) {
            tracker.close();
        }
    }
}
