// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Optional;

/** What a number of holders promises, in words. */
final class Durability {

    private Durability() {
    }

    static Optional<String> warning(int holders, PutOptions shards) {
        if (holders == 0 || holders >= shards.totalShards()) {
            return Optional.empty();
        }
        int spare = shards.survivable(holders);
        if (holders == 1) {
            return Optional.of("stored on one peer only: if that is lost, so is the file");
        }
        if (spare == 0) {
            return Optional.of("stored on " + holders + " peers: the loss of any one of them loses the file");
        }
        // Half of all peers may vanish in one instant: that is what is asked of a durable placement.
        return spare * 2 >= holders ? Optional.empty()
                : Optional.of("stored on " + holders + " peers: it survives the loss of " + spare + " of them");
    }
}
