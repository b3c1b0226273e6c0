// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The storage's figures.
 *
 * @param offered bytes of this disk that may be used
 * @param used bytes on this disk that are used, counted exactly
 * @param blocks blocks of all peers that lie here
 * @param objects files of all peers whose manifest lies here, and that are therefore audited from here
 * @param repairsRunning files being repaired by this node
 * @param chunksRepaired chunks brought back to strength since the start
 * @param shardsRestored shards placed anew since the start
 * @param lastRepair when a repair last ended here, null if none did since the start
 */
public record StorageStatus(long offered, long used, long blocks, int objects, int repairsRunning, long chunksRepaired,
        long shardsRestored, @Nullable Instant lastRepair) {
}
