// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.BlockStores;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.blocks.Folders;
import org.jspecify.annotations.Nullable;

/**
 * The block store that the configuration names, while the module that keeps such stores is loaded; without it no block is
 * here, and whoever wants one is told why. Stores of different kinds lie in folders of their own.
 */
public final class ChosenStore implements BlockStore {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private record Open(BlockStores kind, BlockStore store) {
    }

    private final String name;
    private final Path folder;
    private volatile long quota;
    private volatile @Nullable Open open;
    private volatile String away;
    private boolean closed;

    /** @param directory of the storage */
    public ChosenStore(String name, Path directory, long quota) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a block store is not called \"" + name + '"');
        }
        this.name = name;
        this.quota = quota;
        folder = directory.resolve(name.equals(BlockStores.LOG) ? "blocks" : "blocks-" + name);
        away = "the block store \"" + name + "\" that this node is set to use is not loaded";
    }

    /** A module that keeps stores is there; true when it is the chosen one, and its store open. */
    public synchronized boolean come(BlockStores kind) throws IOException {
        if (closed || open != null || !kind.name().equals(name)) {
            return false;
        }
        try {
            Folders.create(folder);
            BlockStore store = kind.open(folder, quota);
            open = new Open(kind, store);
            Folders.sync(folder);
            return true;
        } catch (IOException e) {
            away = "the block store \"" + name + "\" cannot be opened: " + e.getMessage();
            leave();
            throw e;
        }
    }

    /** That module goes; what is under way is finished first. */
    public synchronized void go(BlockStores kind) throws IOException {
        Open current = open;
        if (current != null && current.kind() == kind) {
            leave();
        }
    }

    private void leave() throws IOException {
        Open current = open;
        open = null;
        if (current != null) {
            current.store().close();
        }
    }

    private BlockStore store() throws StorageException {
        Open current = open;
        if (current == null) {
            throw new StorageException(away);
        }
        return current.store();
    }

    @Override
    public long size(Cid cid) {
        Open current = open;
        return current == null ? ABSENT : current.store().size(cid);
    }

    @Override
    public Optional<ByteBuffer> get(Cid cid) throws IOException {
        return store().get(cid);
    }

    @Override
    public void put(Collection<Block> blocks) throws IOException {
        store().put(blocks);
    }

    @Override
    public void remove(Cid cid) throws IOException {
        store().remove(cid);
    }

    @Override
    public long used() {
        Open current = open;
        return current == null ? 0 : current.store().used();
    }

    @Override
    public long blockCount() {
        Open current = open;
        return current == null ? 0 : current.store().blockCount();
    }

    @Override
    public Stream<Cid> cids() {
        Open current = open;
        return current == null ? Stream.empty() : current.store().cids();
    }

    @Override
    public long quota() {
        return quota;
    }

    @Override
    public synchronized void quota(long bytes) {
        quota = bytes;
        Open current = open;
        if (current != null) {
            current.store().quota(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        away = "the block store is closed";
        leave();
    }
}
