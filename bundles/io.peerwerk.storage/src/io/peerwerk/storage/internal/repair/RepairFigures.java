// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was repaired from here since the start.
 *
 * @param running repairs under way
 * @param last when the last one ended, null if none did
 */
public record RepairFigures(int running, long chunks, long shards, @Nullable Instant last) {

    /** Nothing yet. */
    static final RepairFigures NONE = new RepairFigures(0, 0, 0, null);

    RepairFigures started() {
        return new RepairFigures(running + 1, chunks, shards, last);
    }

    RepairFigures ended(int moreChunks, int moreShards, Instant now) {
        return new RepairFigures(running - 1, chunks + moreChunks, shards + moreShards, now);
    }
}
