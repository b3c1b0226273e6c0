// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.content.ContentPeers.Peer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {

    private static final Cid CID = Cid.raw(new byte[] {1});
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    /** Wants nothing by itself. */
    private static final class Idle extends Search {

        Idle(Transfer transfer) {
            super(transfer, CID);
        }

        @Override
        public @Nullable Cid next() {
            return null;
        }
    }

    @Test
    void whereTheLastBlockComesInTheMomentThatPatienceEndsItGoesOn() throws IOException {
        try (var peers = new ContentPeers(folder)) {
            Peer peer = peers.start();
            MemoryStore store = new MemoryStore();
            Holds holds = new Holds();
            Sweeper sweeper = new Sweeper(store, new Pins(folder.resolve("pins")), holds);
            Node node = new Node(peer.host, store, peer.content.bitswap(), holds, sweeper, Optional::empty,
                    Duration.ZERO, () -> false);
            try (var transfer = new Transfer(node, Progress.NONE); var search = new Idle(transfer)) {
                search.waiting(LONG, List::of);
                StorageException e = assertThrows(StorageException.class,
                        () -> search.waiting(LONG, () -> List.of(CID)));
                assertTrue(e.getMessage().contains("is not found"), e::getMessage);
            }
        }
    }
}
