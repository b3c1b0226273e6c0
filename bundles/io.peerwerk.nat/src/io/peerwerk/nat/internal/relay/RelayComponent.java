// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.spi.Transport;

/**
 * Relays for others, and lets this host use relays, for as long as the host is there.
 *
 * <p>The transport needs the host and the host takes up transports. Were the transport a component itself, whichever of
 * the two is asked for first would find the other half made; registered from here it comes when the host stands.
 */
@Component(service = {}, immediate = true, configurationPid = RelayComponent.PID)
public final class RelayComponent {

    /** The configuration's name. Without one the defaults hold. */
    public static final String PID = "io.peerwerk.nat.relay";

    /** The configuration: {@link RelayOptions} says what rises and falls with each value. */
    public @interface Settings {

        /** Whether this peer relays for others at all. */
        boolean enabled() default true;

        /** Peers that may be reached through this one. */
        int reservations() default 128;

        /** Circuits at the same time. */
        int circuits() default 512;

        /** Circuits at the same time that begin or end at one peer. */
        int circuitsPerPeer() default 16;

        /** Longest life of a circuit in seconds; 0 means without end. */
        int circuitSeconds() default 120;

        /** Bytes that pass a circuit in each direction; 0 means any number. */
        long circuitBytes() default 131072;

        /** Bytes a second that all circuits together pass on; 0 means any number. */
        long bytesPerSecond() default 1048576;
    }

    private final @Nullable RelayServer server;
    private final RelayTransport transport;
    private final ServiceRegistration<Transport> registration;

    /** The component. */
    @Activate
    public RelayComponent(BundleContext context, @Reference Host host, @Reference Swarm swarm,
            @Reference Identity identity, Settings settings) {
        InstantSource clock = InstantSource.system();
        this.server = settings.enabled() ? new RelayServer(host, identity, options(settings), clock) : null;
        this.transport = new RelayTransport(host, swarm, clock);
        this.registration = context.registerService(Transport.class, transport, null);
    }

    private static RelayOptions options(Settings settings) {
        return RelayOptions.standard()
                .atMost(settings.reservations(), settings.circuits(), settings.circuitsPerPeer())
                .limiting(Duration.ofSeconds(settings.circuitSeconds()), settings.circuitBytes())
                .atRate(settings.bytesPerSecond());
    }

    /** Takes the transport back from the host, then closes what it carries. */
    @Deactivate
    public void stop() {
        registration.unregister();
        transport.close();
        if (server != null) {
            server.close();
        }
    }
}
