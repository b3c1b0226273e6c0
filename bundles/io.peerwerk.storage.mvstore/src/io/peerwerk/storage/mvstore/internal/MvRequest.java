// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/** What the writer is asked to do. Its future is completed when that is durable, or with the reason why not. */
sealed interface MvRequest {

    CompletableFuture<Void> done();

    /** Store these. */
    record Put(List<Block> blocks, CompletableFuture<Void> done) implements MvRequest {
    }

    /** Remove this. */
    record Remove(Cid cid, CompletableFuture<Void> done) implements MvRequest {
    }

    /** End. */
    record Stop(CompletableFuture<Void> done) implements MvRequest {
    }
}
