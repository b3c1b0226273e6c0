// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.util.Collection;

import io.peerwerk.core.multiformats.Cid;

/** Nobody who is connected has sent a block in time. */
public final class BlockNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    BlockNotFoundException(Collection<Cid> missing) {
        super("no connected peer has sent " + missing.iterator().next()
                + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " other blocks") + " in time");
    }
}
