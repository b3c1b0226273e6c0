// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One line of the user's own catalogue.
 *
 * @param name the file's or folder's name when it was stored
 * @param link the secret that opens it
 * @param bytes its size: the sum of the sizes of its files
 * @param storedAt when the put was acknowledged
 * @param shards the code it was stored with
 * @param folder whether it is a folder
 * @param holders how many distinct peers, this one included, acknowledged shards of it; 0 where that is unknown
 * @param promise what was asked for it and could be promised then; null where it was stored with a code of the user's own
 */
public record StoredItem(String name, StorageLink link, long bytes, Instant storedAt, PutOptions shards,
        boolean folder, int holders, @Nullable Promise promise) {

    /** All parts must be there and sizes not negative. */
    public StoredItem {
        Objects.requireNonNull(name);
        Objects.requireNonNull(link);
        Objects.requireNonNull(storedAt);
        Objects.requireNonNull(shards);
        if (bytes < 0 || holders < 0) {
            throw new IllegalArgumentException("negative size or number of holders");
        }
    }

    /** An item for which nothing was asked. */
    public StoredItem(String name, StorageLink link, long bytes, Instant storedAt, PutOptions shards, boolean folder,
            int holders) {
        this(name, link, bytes, storedAt, shards, folder, holders, null);
    }

    /** An item whose number of holders is not known. */
    public StoredItem(String name, StorageLink link, long bytes, Instant storedAt, PutOptions shards, boolean folder) {
        this(name, link, bytes, storedAt, shards, folder, 0);
    }

    /**
     * Where the item lay on too few peers when it was stored, or is less safe than was asked: a sentence for the user that
     * says what that means.
     */
    public Optional<String> warning() {
        return Durability.warning(holders, shards)
                .or(() -> Optional.ofNullable(promise).flatMap(Promise::warning));
    }

    /** Without the key, so that a log line gives nothing away. */
    @Override
    public String toString() {
        return "StoredItem[" + name + ", " + link.redacted() + ", " + bytes + " bytes, " + shards + "]";
    }
}
