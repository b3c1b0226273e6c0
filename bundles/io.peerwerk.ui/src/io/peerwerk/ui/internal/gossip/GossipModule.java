// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.gossip;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import io.peerwerk.gossip.Aggregates;
import io.peerwerk.gossip.Slices;

/** Holds on to those services of the gossip module that a node does not hand out. Thread-safe. */
@Component(service = GossipModule.class)
public final class GossipModule {
    private volatile @Nullable Aggregates aggregates;
    private volatile @Nullable Slices slices;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindAggregates(Aggregates came) {
        aggregates = came;
    }

    public void unbindAggregates(Aggregates gone) {
        if (aggregates == gone) {
            aggregates = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindSlices(Slices came) {
        slices = came;
    }

    public void unbindSlices(Slices gone) {
        if (slices == gone) {
            slices = null;
        }
    }

    /** What is known of the whole network, while the module is there. */
    public Optional<Aggregates> aggregates() {
        return Optional.ofNullable(aggregates);
    }

    /** Where this peer stands in it, while the module is there. */
    public Optional<Slices> slices() {
        return Optional.ofNullable(slices);
    }
}
