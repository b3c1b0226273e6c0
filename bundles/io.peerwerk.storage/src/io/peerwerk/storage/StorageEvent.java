// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.core.multiformats.Cid;

/** What a {@link StorageListener} hears. */
public sealed interface StorageEvent {

    /** A put was acknowledged. */
    record ItemStored(StoredItem item) implements StorageEvent {
    }

    /** The bytes on this disk, or the bytes offered, changed; several changes at once come as one event. */
    record UsageChanged(long used, long offered) implements StorageEvent {
    }

    /** This node began to bring a file back to strength. */
    record RepairStarted(Cid root, int chunks) implements StorageEvent {
    }

    /** {@code done} of {@code chunks} chunks were looked at, {@code shardsRestored} shards placed anew so far. */
    record RepairProgress(Cid root, int done, int chunks, int shardsRestored) implements StorageEvent {
    }

    /** The repair ended; {@code complete} is whether every chunk has all its shards reachable again. */
    record RepairFinished(Cid root, int chunksRepaired, int shardsRestored, boolean complete) implements StorageEvent {
    }
}
