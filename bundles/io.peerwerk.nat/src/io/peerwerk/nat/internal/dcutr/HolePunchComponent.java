// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import io.peerwerk.transport.Host;
import io.peerwerk.transport.spi.Swarm;

/** Makes direct connections out of relayed ones for as long as the host is there. */
@Component(service = {}, immediate = true, configurationPid = HolePunchComponent.PID)
public final class HolePunchComponent {

    /** The configuration's name. Without one the defaults hold. */
    public static final String PID = "io.peerwerk.nat.dcutr";

    /** The configuration. */
    public @interface Settings {

        /** Whether this peer punches holes. */
        boolean enabled() default true;

        /**
         * Whether addresses of private networks, and on a machine of its own loopback, are tried too. A peer elsewhere
         * that claims one makes this peer send a few packets into its own network.
         */
        boolean privateAddresses() default false;
    }

    private final @Nullable HolePuncher puncher;

    /** The component. */
    @Activate
    public HolePunchComponent(@Reference Host host, @Reference Swarm swarm, Settings settings) {
        this.puncher = settings.enabled()
                ? new HolePuncher(host, swarm, new Candidates(settings.privateAddresses())) : null;
    }

    /** Ends it; connections that stand stay. */
    @Deactivate
    public void stop() {
        if (puncher != null) {
            puncher.close();
        }
    }
}
