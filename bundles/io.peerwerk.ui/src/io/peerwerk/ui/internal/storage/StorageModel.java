// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.node.Notice;

/**
 * What the Storage view shows at one moment.
 *
 * @param notice what to say instead of the list, null where there is a list
 * @param rows transfers under way first, then what is stored, the newest first
 */
public record StorageModel(@Nullable Notice notice, List<Row> rows) {
    /** A line of the list. */
    public sealed interface Row {
        String name();
    }

    /** Something that is on its way. */
    public record Moving(Transfer transfer, Transfers.State state) implements Row {
        @Override
        public String name() {
            return transfer.name();
        }
    }

    /** Something that is stored. */
    public record Stored(StoredItem item, HealthReport health) implements Row {
        @Override
        public String name() {
            return item.name();
        }

        /** How many shards each peer holds; empty while that is not known. */
        public Map<PeerId, Integer> holders() {
            return health instanceof HealthReport.Known known ? known.health().shardsByHolder() : Map.of();
        }
    }

    public StorageModel {
        rows = List.copyOf(rows);
    }

    /** No list but this notice. */
    static StorageModel of(Notice notice) {
        return new StorageModel(notice, List.of());
    }
}
