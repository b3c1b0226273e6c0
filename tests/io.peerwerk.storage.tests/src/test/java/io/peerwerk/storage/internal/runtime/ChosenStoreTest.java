// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.blocks.LogBlockStores;
import io.peerwerk.storage.internal.blocks.TestBlocks;
import io.peerwerk.storage.mvstore.internal.MvBlockStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenStoreTest {

    private static final Block BLOCK = TestBlocks.block(1);

    @TempDir
    private Path folder;

    private final BlockStores log = new LogBlockStores();
    private final BlockStores mvStore = new MvBlockStores();

    @Test
    void untilTheChosenModuleComesEveryCallSaysWhichOneIsAway() throws IOException {
        try (ChosenStore store = new ChosenStore("mvstore", folder, 1 << 20)) {
            assertFalse(store.come(log));
            StorageException e = assertThrows(StorageException.class, () -> store.put(List.of(BLOCK)));
            assertEquals("the block store \"mvstore\" that this node is set to use is not loaded", e.getMessage());
            assertThrows(StorageException.class, () -> store.get(BLOCK.cid()));
            assertFalse(store.has(BLOCK.cid()));
            assertTrue(store.come(mvStore));
            store.put(List.of(BLOCK));
            assertTrue(store.has(BLOCK.cid()));
        }
    }

    @Test
    void aModuleThatGoesAndComesBackBringsItsBlocksAndKeepsTheQuota() throws IOException {
        for (BlockStores kind : List.of(log, mvStore)) {
            try (ChosenStore store = new ChosenStore(kind.name(), folder, 1 << 20)) {
                store.come(kind);
                store.put(List.of(BLOCK));
                store.go(kind);
                assertFalse(store.has(BLOCK.cid()));
                assertEquals(0, store.cids().count());
                store.quota(100);
                assertTrue(store.come(kind));
                assertEquals(BLOCK.data(), store.get(BLOCK.cid()).orElseThrow());
                assertThrows(QuotaExceededException.class, () -> store.put(List.of(TestBlocks.block(2))));
            }
        }
    }

    @Test
    void anotherModuleThatGoesTakesNothingWithIt() throws IOException {
        try (ChosenStore store = new ChosenStore(BlockStores.LOG, folder, 1 << 20)) {
            store.come(log);
            store.go(mvStore);
            store.put(List.of(BLOCK));
        }
    }

    @Test
    void aStoreThatCannotBeOpenedSaysWhy() throws IOException {
        try (ChosenStore first = new ChosenStore(BlockStores.LOG, folder, 1 << 20);
                ChosenStore second = new ChosenStore(BlockStores.LOG, folder, 1 << 20)) {
            first.come(log);
            assertThrows(StorageException.class, () -> second.come(log));
            StorageException e = assertThrows(StorageException.class, () -> second.get(BLOCK.cid()));
            assertTrue(e.getMessage().contains("in use by another node"), e::getMessage);
        }
    }

    @Test
    void aNameThatWouldLeadOutOfTheFolderIsRefused() {
        for (String name : List.of("", "../log", "Log", "a/b")) {
            assertThrows(IllegalArgumentException.class, () -> new ChosenStore(name, folder, 1));
        }
    }
}
