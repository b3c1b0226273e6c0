// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.ipld;

import java.io.IOException;

import io.peerwerk.storage.Block;

/** Where blocks go as they are made, each after those that it links to. */
@FunctionalInterface
public interface BlockSink {

    /** Takes a block, whose bytes nobody changes from now on. The same block may come more than once. */
    void put(Block block) throws IOException;
}
