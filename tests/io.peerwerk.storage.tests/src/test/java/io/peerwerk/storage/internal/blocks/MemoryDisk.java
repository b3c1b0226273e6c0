// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that keeps apart what was synced and what was only written, fills up, and fails on demand. Locks with
 * {@code synchronized}, as nothing here blocks.
 */
final class MemoryDisk implements Disk {

    static final String FULL = "No space left on device";

    private static final class File {
        private byte[] bytes = new byte[0];
        private int durable;
        private boolean named;
    }

    private final Map<String, File> files = new HashMap<>();
    /** Deleted, but the folder was not synced since. */
    private final Map<String, File> deleted = new HashMap<>();
    private long capacity = Long.MAX_VALUE;
    private boolean syncFails;
    private boolean truncateFails;

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized void failSync(boolean fails) {
        syncFails = fails;
    }

    synchronized void failTruncate(boolean fails) {
        truncateFails = fails;
    }

    synchronized byte[] content(String name) {
        return files.get(name).bytes.clone();
    }

    synchronized void content(String name, byte[] bytes) {
        File file = files.computeIfAbsent(name, n -> new File());
        file.bytes = bytes.clone();
        file.durable = bytes.length;
        file.named = true;
    }

    synchronized long used() {
        return files.values().stream().mapToLong(f -> f.bytes.length).sum();
    }

    /** The disk after a power failure: of what was not synced some is there, some is torn, some is gone. */
    synchronized MemoryDisk crash(Random random) {
        MemoryDisk after = new MemoryDisk();
        Map<String, File> all = new HashMap<>(files);
        Set<String> unsure = new HashSet<>(deleted.keySet());
        deleted.forEach(all::putIfAbsent);
        all.forEach((name, file) -> {
            if (!file.named || unsure.contains(name)) {
                if (random.nextBoolean()) {
                    return;
                }
            }
            int kept = file.durable + random.nextInt(file.bytes.length - file.durable + 1);
            byte[] bytes = Arrays.copyOf(file.bytes, kept);
            for (int i = file.durable; i < kept; i++) {
                if (random.nextInt(500) == 0) {
                    // A page that was not written: zeros in the middle.
                    int end = Math.min(kept, i + random.nextInt(512));
                    Arrays.fill(bytes, i, end, (byte) 0);
                    i = end;
                }
            }
            after.content(name, bytes);
        });
        return after;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized long size(String name) throws IOException {
        return file(name).bytes.length;
    }

    private File file(String name) throws NoSuchFileException {
        File file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public synchronized void read(String name, long position, ByteBuffer into) throws IOException {
        File file = file(name);
        if (position + into.remaining() > file.bytes.length) {
            throw new EOFException(name);
        }
        into.put(file.bytes, (int) position, into.remaining());
    }

    @Override
    public synchronized Appender append(String name, boolean create) throws IOException {
        if (create) {
            if (files.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            files.put(name, new File());
        }
        return new MemoryAppender(file(name));
    }

    @Override
    public synchronized void delete(String name) {
        File file = files.remove(name);
        if (file != null) {
            deleted.put(name, file);
        }
    }

    @Override
    public synchronized void sync() {
        files.values().forEach(f -> f.named = true);
        deleted.clear();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class MemoryAppender implements Appender {

        private final File file;

        MemoryAppender(File file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer data) throws IOException {
            synchronized (MemoryDisk.this) {
                long room = Math.max(0, capacity - used());
                int count = (int) Math.min(room, data.remaining());
                int at = file.bytes.length;
                boolean full = count < data.remaining();
                file.bytes = Arrays.copyOf(file.bytes, at + count);
                data.get(file.bytes, at, count);
                if (full) {
                    throw new IOException(FULL);
                }
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                if (syncFails) {
                    throw new IOException("Input/output error");
                }
                file.durable = file.bytes.length;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (MemoryDisk.this) {
                if (truncateFails) {
                    throw new IOException("Input/output error");
                }
                file.bytes = Arrays.copyOf(file.bytes, (int) length);
                file.durable = Math.min(file.durable, (int) length);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
