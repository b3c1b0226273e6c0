// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;

import io.peerwerk.core.multiformats.Cid;

/** A block is not where it was looked for. */
public final class BlockMissingException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The block of this CID is missing. */
    public BlockMissingException(Cid cid) {
        super("block " + cid + " is not here");
    }
}
