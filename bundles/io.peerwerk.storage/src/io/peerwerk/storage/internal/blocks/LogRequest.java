// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;

/** What the writer is asked to do. Its future is completed when that is durable, or with the reason why not. */
sealed interface LogRequest {

    CompletableFuture<Void> done();

    /** Store these. */
    record Put(List<Entry> entries, CompletableFuture<Void> done) implements LogRequest {
    }

    /** Remove this. */
    record Remove(Cid cid, CompletableFuture<Void> done) implements LogRequest {
    }

    /** Give back what can be given back. */
    record Compact(CompletableFuture<Void> done) implements LogRequest {
    }

    /** A block with its record's header, computed on the caller's thread. */
    record Entry(Block block, byte[] header) {

        static Entry of(Block block) {
            return new Entry(block, LogFormat.recordHeader(LogFormat.Kind.PUT, block.cid(), block.size(),
                    LogFormat.crc(block.data())));
        }

        int length() {
            return header.length + block.size();
        }
    }
}
