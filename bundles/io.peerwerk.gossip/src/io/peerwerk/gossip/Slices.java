// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.util.Optional;

/**
 * Whether this peer belongs to the strongest of the network, by the storage that it offers. Nobody keeps a list: each
 * peer compares itself with random others. All methods may be called on any thread and return at once.
 */
public interface Slices {

    /** What can be said about a slice. */
    enum Verdict {
        /** This peer belongs to it. */
        INSIDE,
        /** This peer does not. */
        OUTSIDE,
        /** Too near to the edge for what is known so far. */
        UNCERTAIN
    }

    /** Where this peer stands; nothing before it has met another one. */
    Optional<Standing> standing();

    /**
     * Whether this peer belongs to a slice. {@link Verdict#UNCERTAIN} within two standard errors of the edge, and for a
     * {@link Slice.Count} while the size of the network is not known.
     */
    Verdict verdict(Slice slice);
}
