// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.churn;

import java.io.IOException;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.routing.Routing;
import io.peerwerk.routing.RoutingSnapshot;

/** A peer that runs. */
public interface ChurnPeer {

    PeerId id();

    /** Where others reach it, with its id. */
    String address();

    Routing routing();

    /** How many different peers stand in its routing tables. */
    default int others() {
        return (int) routing().snapshot().tables().stream().flatMap(table -> table.buckets().stream())
                .flatMap(bucket -> bucket.peers().stream()).map(RoutingSnapshot.Entry::peer).distinct().count();
    }

    /** Ends it in order: the others are told. */
    void leave();

    /** Ends it by closing its sockets first; gossip and routing cannot say a word. */
    void vanish();

    /** Where peers come from. */
    @FunctionalInterface
    interface Source {
        /** @param bootstrap addresses of peers to ask for the others */
        ChurnPeer start(List<String> bootstrap) throws IOException;
    }
}
