// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.feed;

import io.peerwerk.core.Registration;
import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Quantity;
import io.peerwerk.storage.Storage;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells gossip how much of this peer's offer is not used yet, while both modules are there; nothing is free when the
 * storage is away. So all peers find out what is free in the whole network.
 */
@Component(service = {}, immediate = true, configurationPid = FreeSpace.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FreeSpace implements AutoCloseable {

    /** The configuration that brings it into being. */
    public static final String PID = "io.peerwerk.node.free";

    private final Aggregates aggregates;
    private final Registration listener;

    @Activate
    public FreeSpace(@Reference(name = "storage") Storage storage,
            @Reference(name = "aggregates") Aggregates aggregates) {
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
        aggregates.report(Quantity.FREE, Math.clamp(offered - used, 0, Quantity.FREE.max()));
    }

    @Deactivate
    @Override
    public void close() {
        listener.close();
        tell(0, 0);
    }
}
