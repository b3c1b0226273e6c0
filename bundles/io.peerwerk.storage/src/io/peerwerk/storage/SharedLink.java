// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Objects;

import io.peerwerk.core.identity.PeerId;

/**
 * A link that somebody shared with this peer.
 *
 * @param link opens the file
 * @param sender who sealed it, proven
 */
public record SharedLink(StorageLink link, PeerId sender) {

    /** Both are there. */
    public SharedLink {
        Objects.requireNonNull(link);
        Objects.requireNonNull(sender);
    }

    /** Without the key, so that a log line gives nothing away. */
    @Override
    public String toString() {
        return "SharedLink[" + link.redacted() + ", " + sender + "]";
    }
}
