// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Contribution view shows at one moment.
 *
 * @param notice what to say instead of the figures, null where there are figures
 * @param given what this disk gives to others, null where there is a notice
 * @param taken what this user's own things take of others' disks
 */
public record ContributionModel(@Nullable Notice notice, @Nullable Given given, Taken taken) {
    /**
     * What this disk gives.
     *
     * @param offered bytes offered
     * @param used bytes of the offer that are used
     * @param diskFree bytes free on the disk of the home, -1 where that is not known
     * @param diskSize bytes of the disk of the home, -1 where that is not known
     */
    public record Given(long offered, long used, long diskFree, long diskSize, long blocks, int objects,
            int repairsRunning, long chunksRepaired, long shardsRestored, @Nullable Instant lastRepair) {
        static Given of(StorageStatus status, long diskFree, long diskSize) {
            return new Given(status.offered(), status.used(), diskFree, diskSize, status.blocks(), status.objects(),
                    status.repairsRunning(), status.chunksRepaired(), status.shardsRestored(), status.lastRepair());
        }

        /** Bytes of the offer that are left, 0 where more is used than is offered. */
        public long left() {
            return Math.max(0, offered - used);
        }

        /** Whether more is used than is offered: nothing is dropped, nothing is taken. */
        public boolean overdrawn() {
            return used > offered;
        }

        /** Whether the disk has less room than the offer promises. */
        public boolean beyondDisk() {
            return diskFree >= 0 && left() > diskFree;
        }

        /** The most that makes sense to offer: what is used plus what is free, or a terabyte where nothing is known. */
        public long most() {
            return diskFree >= 0 ? Math.max(offered, used + diskFree) : Math.max(offered, 1_000_000_000_000L);
        }
    }

    /** What this user takes: how many things, their size, and the bytes of shards that this makes. */
    public record Taken(int items, long bytes, long shardBytes) {
        static final Taken NOTHING = new Taken(0, 0, 0);

        static Taken of(List<StoredItem> items) {
            long bytes = 0;
            double shards = 0;
            for (StoredItem item : items) {
                bytes += item.bytes();
                shards += (double) item.bytes() * item.shards().totalShards() / item.shards().dataShards();
            }
            return new Taken(items.size(), bytes, (long) shards);
        }
    }

    /** No figures but this notice. */
    static ContributionModel of(Notice notice) {
        return new ContributionModel(notice, null, Taken.NOTHING);
    }
}
