// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;

import io.peerwerk.storage.Block;

/** Takes blocks as they come. */
@FunctionalInterface
public interface BlockConsumer {

    /** Takes a block whose hash is right. An exception ends the fetch. */
    void accept(Block block) throws IOException;
}
