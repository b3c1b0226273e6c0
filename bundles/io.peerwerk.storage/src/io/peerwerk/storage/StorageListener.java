// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

/** Hears what changes in the storage; called one event at a time and never on a thread that a transfer waits for. */
@FunctionalInterface
public interface StorageListener {

    /** Something changed. */
    void changed(StorageEvent event);
}
