// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** Too few shards of a chunk, or no copy of the manifest, can be reached now; later may be better. */
public class NotEnoughShardsException extends StorageException {

    private static final long serialVersionUID = 1;

    private final int needed;
    private final int found;

    /** {@code found} of {@code needed} shards were found; the sentence says which peers are away. */
    public NotEnoughShardsException(String message, int needed, int found) {
        super(message);
        this.needed = needed;
        this.found = found;
    }

    /** How many shards are needed. */
    public int needed() {
        return needed;
    }

    /** How many were found. */
    public int found() {
        return found;
    }
}
