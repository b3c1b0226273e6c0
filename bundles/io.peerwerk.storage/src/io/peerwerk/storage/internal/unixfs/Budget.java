// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import io.peerwerk.core.wire.FormatException;

/** What is left of what a call may go through. Not thread-safe. */
final class Budget {

    private final long most;
    private long spent;
    private int waiting;

    Budget(ReadLimits limits) {
        this.most = limits.maxEntries();
    }

    void spend() throws FormatException {
        if (spent == most) {
            throw new FormatException("there are over " + most + " entries");
        }
        spent++;
    }

    /** Takes the links of a folder or shard into memory, beside those of what it lies in. */
    void hold(int links) throws FormatException {
        waiting += links;
        if (waiting > ReadLimits.MAX_WAITING_LINKS) {
            throw new FormatException("folders in folders have too many links to go through");
        }
    }

    void release(int links) {
        waiting -= links;
    }
}
