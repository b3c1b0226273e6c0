// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Role;
import io.peerwerk.nat.Reach;
import io.peerwerk.nat.Reachability;
import io.peerwerk.nat.ReachabilityMonitor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells gossip that this peer is a relay, while everybody reaches it: a relay that nobody reaches helps nobody. */
@Component(service = {}, immediate = true, configurationPid = RelayFeed.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RelayFeed implements AutoCloseable {

    /** The configuration that brings it into being; there is none where the user wants no relay. */
    public static final String PID = "io.peerwerk.node.feed.relay";

    private final Membership membership;
    private final Registration listener;

    @Activate
    public RelayFeed(@Reference(name = "reachability") ReachabilityMonitor reachability,
            @Reference(name = "membership") Membership membership) {
        this.membership = membership;
        this.listener = reachability.listen(this::tell);
        tell(reachability.status());
    }

    private void tell(Reachability now) {
        membership.advertise(Role.RELAY, now.reach() == Reach.PUBLIC);
    }

    @Deactivate
    @Override
    public void close() {
        listener.close();
        tell(Reachability.UNKNOWN);
    }
}
