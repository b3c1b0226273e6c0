// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import org.jspecify.annotations.Nullable;

/** Says one by one what a fetch shall get: what comes may tell what is wanted next. Called on the fetch's thread only. */
public interface BlockSeeker {

    /**
     * The next block to ask for; asked again whenever there is room for one more. Null while it is not known, and when
     * nothing is under way any more, at the end.
     */
    @Nullable Cid next() throws IOException;

    /** Takes a block whose hash is right. An exception ends the fetch. */
    void accept(Block block) throws IOException;

    /**
     * Nothing has come for so long; called several times a second meanwhile. An exception ends the fetch.
     *
     * @param missing gives what is waited for; nothing where the last block has come in this moment
     */
    void waiting(Duration silence, Supplier<List<Cid>> missing) throws IOException;
}
