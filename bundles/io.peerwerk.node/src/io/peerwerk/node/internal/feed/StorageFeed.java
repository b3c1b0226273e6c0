// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Membership;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.gossip.Role;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells gossip what this peer stores for others, while both modules are there: that it does at all, and how much of its
 * offer is not used yet, so that all peers find out what is free in the whole network. Nothing is when the storage is
 * away.
 */
@Component(service = {}, immediate = true, configurationPid = StorageFeed.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class StorageFeed implements AutoCloseable {

    /** The configuration that brings it into being. */
    public static final String PID = "io.peerwerk.node.feed.storage";

    private final Membership membership;
    private final Aggregates aggregates;
    private final Registration listener;

    @Activate
    public StorageFeed(@Reference(name = "storage") Storage storage,
            @Reference(name = "membership") Membership membership,
            @Reference(name = "aggregates") Aggregates aggregates) {
        this.membership = membership;
        this.aggregates = aggregates;
        this.listener = storage.listen(event -> {
            if (event instanceof StorageEvent.UsageChanged(long used, long offered)) {
                tell(used, offered);
            }
        });
        StorageStatus now = storage.status();
        tell(now.used(), now.offered());
    }

    /** More can be used than is offered, after the offer was made smaller. */
    private void tell(long used, long offered) {
        membership.advertise(Role.STORAGE, offered > 0);
        aggregates.report(Quantity.FREE, Math.clamp(offered - used, 0, Quantity.FREE.max()));
    }

    @Deactivate
    @Override
    public void close() {
        listener.close();
        tell(0, 0);
    }
}
