// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import io.peerwerk.core.multiformats.Cid;

/**
 * An entry of a want-list.
 *
 * @param cid          the block
 * @param kind         what is wanted of it
 * @param priority     those with more come first; any number
 * @param sendDontHave whether to say so where the block is not there
 */
public record WantEntry(Cid cid, Kind kind, int priority, boolean sendDontHave) {

    /** What a peer wants. */
    public enum Kind {
        /** The block. */
        BLOCK,
        /** To hear whether it is there. */
        HAVE,
        /** Nothing any more. */
        CANCEL
    }

    /** Wants the block, or to hear that it is not there. */
    public static WantEntry block(Cid cid) {
        return new WantEntry(cid, Kind.BLOCK, 1, true);
    }

    /** Wants to hear whether the block is there. */
    public static WantEntry have(Cid cid) {
        return new WantEntry(cid, Kind.HAVE, 1, true);
    }

    /** Wants nothing any more. */
    public static WantEntry cancel(Cid cid) {
        return new WantEntry(cid, Kind.CANCEL, 0, false);
    }
}
