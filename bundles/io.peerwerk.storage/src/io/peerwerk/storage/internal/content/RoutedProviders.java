// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.routing.Routing;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the distributed hash table: a component while the routing is there. */
@Component(service = Providers.class)
public final class RoutedProviders implements Providers {

    private final Routing routing;

    /** Called by the component runtime, and by who has no such runtime. */
    @Activate
    public RoutedProviders(@Reference Routing routing) {
        this.routing = routing;
    }

    @Override
    public List<Provider> find(Cid content, int limit) throws IOException {
        return routing.findProviders(content, limit).stream()
                .map(found -> new Provider(found.peer(), found.addresses())).toList();
    }

    @Override
    public void provide(Cid content) throws IOException {
        routing.provide(content);
    }

    @Override
    public void unprovide(Cid content) {
        routing.unprovide(content);
    }
}
