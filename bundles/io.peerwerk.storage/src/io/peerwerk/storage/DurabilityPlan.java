// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.storage.internal.durability.Planner;

/**
 * The code for a target in a network.
 *
 * @param shards k, n and the threshold for repair
 * @param promise what can be promised with it
 */
public record DurabilityPlan(PutOptions shards, Promise promise) {

    /**
     * Finds the code that keeps the target with the least storage. Overheads within a tenth of the least are taken to be
     * alike, and of those the one with fewest shards is taken, as each is a request; then the lowest threshold, as that
     * is the fewest repairs. A network of fewer peers than {@link PutOptions#standard()} has shards gets that code, with the
     * threshold that keeps the target. Where nothing keeps it, it is that code as it is, and the promise says what it cannot
     * keep.
     *
     * @param bytes the size of the file: a large one has more chunks of which none may be lost
     */
    public static DurabilityPlan of(DurabilityTarget target, NetworkConditions network, long bytes) {
        PutOptions shards = new Planner(target, network, bytes).plan().orElse(PutOptions.standard());
        return new DurabilityPlan(shards, Promise.of(target, network, shards, bytes));
    }
}
