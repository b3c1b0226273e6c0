// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import io.peerwerk.core.multiformats.Cid;

/** A block's bytes are not those that its CID names, or its CID is of a kind that cannot be checked. */
public class BlockMismatchException extends StorageException {

    private static final long serialVersionUID = 1;

    /** The block with this CID is wrong. */
    public BlockMismatchException(Cid cid) {
        super("the bytes of block " + cid + " are not what its CID says");
    }
}
