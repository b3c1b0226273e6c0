// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two maps in their file. Changed by one thread, read by any that nobody interrupts. */
final class BlockFile {

    private static final Logger LOG = LoggerFactory.getLogger(BlockFile.class);
    private static final int CACHE_MIB = 16;
    private static final int COPIED_AT_ONCE = 16 << 20;
    /** A page that is larger is split; in bytes. */
    private static final int PAGE = 16 << 10;
    /**
     * From one block's number to the next. Behind a large block stands an empty value: it is alone in the last page then,
     * and the next put does not write the block once more.
     */
    private static final int STEP = 2;

    private final MVStore store;
    private final MVMap<Long, byte[]> names;
    private final MVMap<Long, byte[]> data;
    private long next;

    /**
     * Opens or creates the file; what it shows afterwards is on the disk.
     *
     * @param index is filled with what is there
     */
    BlockFile(String name, Map<Cid, Place> index) throws IOException {
        try {
            store = new MVStore.Builder().fileName(name).autoCommitDisabled().autoCommitBufferSize(0)
                    .cacheSize(CACHE_MIB).pageSplitSize(PAGE).open();
        } catch (MVStoreException e) {
            throw explained(e, name);
        }
        try {
            store.setVersionsToKeep(0);
            store.setRetentionTime(0);
            names = store.openMap("names", maps());
            data = store.openMap("data", maps());
            next = (Math.max(last(names), last(data)) / STEP + 1) * STEP;
            store.commit();
            store.sync();
            fill(index);
        } catch (MVStoreException e) {
            store.closeImmediately();
            throw explained(e, name);
        }
    }

    private static MVMap.Builder<Long, byte[]> maps() {
        return new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);
    }

    private static long last(MVMap<Long, byte[]> map) {
        Long last = map.lastKey();
        return last == null ? 0 : last;
    }

    private void fill(Map<Cid, Place> index) {
        Map<Cid, Place> found = new HashMap<>();
        names.forEach((number, entry) -> {
            try {
                int length = ByteBuffer.wrap(entry).getInt();
                found.put(Cid.read(Arrays.copyOfRange(entry, Integer.BYTES, entry.length)), new Place(number, length));
            } catch (FormatException e) {
                LOG.warn("block {} has a name that cannot be read: it is lost here ({})", number, e.getMessage());
            }
        });
        index.keySet().retainAll(found.keySet());
        index.putAll(found);
    }

    static StorageException explained(MVStoreException e, String name) {
        String message = String.valueOf(e.getMessage());
        if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return new StorageException("the block store in " + name + " is in use by another node", e);
        }
        if (message.contains("No space left") || String.valueOf(e.getCause()).contains("No space left")) {
            return new StorageException("the disk that holds the block store is full", e);
        }
        return new StorageException("the block store in " + name + " fails: " + message, e);
    }

    Place add(Cid cid, byte[] bytes) {
        long number = next;
        next += STEP;
        byte[] id = cid.toBytes();
        names.put(number, ByteBuffer.allocate(Integer.BYTES + id.length).putInt(bytes.length).put(id).array());
        data.put(number, bytes);
        if (bytes.length >= PAGE / 2) {
            data.put(number + 1, new byte[0]);
        }
        return new Place(number, bytes.length);
    }

    void remove(long number) {
        names.remove(number);
        data.remove(number);
        data.remove(number + 1);
    }

    byte @Nullable [] read(long number) {
        return data.get(number);
    }

    void commit() {
        store.commit();
    }

    void sync() {
        store.sync();
    }

    /**
     * Copies all blocks into another file, durably.
     *
     * @throws StorageException where one cannot be read
     */
    void copyTo(BlockFile other, Map<Cid, Place> index) throws StorageException {
        long uncommitted = 0;
        for (Map.Entry<Cid, Place> block : index.entrySet()) {
            byte[] bytes = read(block.getValue().number());
            if (bytes == null) {
                throw new StorageException("block " + block.getKey() + " cannot be copied");
            }
            other.add(block.getKey(), bytes);
            uncommitted += bytes.length;
            if (uncommitted > COPIED_AT_ONCE) {
                other.commit();
                uncommitted = 0;
            }
        }
        other.commit();
        other.sync();
    }

    /** Bytes of the file. */
    long size() {
        return store.getFileStore().size();
    }

    void close() {
        store.close();
    }

    void abandon() {
        store.closeImmediately();
    }
}
