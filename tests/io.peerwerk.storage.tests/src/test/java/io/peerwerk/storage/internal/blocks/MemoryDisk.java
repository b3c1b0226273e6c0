// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.peerwerk.storage.internal.blocks.Faults.Operation;

/**
 * A disk that keeps apart what was synced and what was only written, fills up, fails on demand and stops with its machine
 * at a given operation. Locks with {@code synchronized}, as nothing here blocks.
 */
final class MemoryDisk implements Disk {

    static final String FULL = "No space left on device";
    private static final String FAILED = "Input/output error";

    private final Map<String, MemoryFile> files = new TreeMap<>();
    /** Deleted, but the folder was not synced since. */
    private final Map<String, MemoryFile> deleted = new TreeMap<>();
    private final Faults faults;
    private long capacity = Long.MAX_VALUE;
    private boolean stopped;
    private String badFile = "";
    private long badByte = -1;

    MemoryDisk() {
        this(new Faults(0));
    }

    MemoryDisk(Faults faults) {
        this.faults = faults;
    }

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized void failSync(boolean fails) {
        faults.fail(Operation.SYNC, fails ? 1 : 0);
    }

    synchronized void failTruncate(boolean fails) {
        faults.fail(Operation.TRUNCATE, fails ? 1 : 0);
    }

    /** No byte of the 4096 from this one on can be read; -1: all can. */
    synchronized void badSector(String name, long from) {
        badFile = name;
        badByte = from;
    }

    synchronized byte[] content(String name) {
        return files.get(name).content().clone();
    }

    synchronized void content(String name, byte[] bytes) {
        files.put(name, MemoryFile.of(bytes));
    }

    synchronized long used() {
        return files.values().stream().mapToLong(MemoryFile::size).sum();
    }

    /** Whether the machine has stopped; everything fails then. */
    synchronized boolean stopped() {
        return stopped;
    }

    /** The disk after a power failure: of what was not synced some is there, some is torn, some is gone. */
    synchronized MemoryDisk crash(Random random) {
        MemoryDisk after = new MemoryDisk(faults);
        Map<String, MemoryFile> all = new TreeMap<>(deleted);
        all.putAll(files);
        all.forEach((name, file) -> {
            boolean sure = file.named && !deleted.containsKey(name);
            if (sure || random.nextBoolean()) {
                after.files.put(name, file.afterPowerFailure(random));
            }
        });
        stopped = true;
        return after;
    }

    /** The disk after its process was killed: the system has all that was written. */
    synchronized MemoryDisk kill() {
        MemoryDisk after = new MemoryDisk(faults);
        after.files.putAll(files);
        after.deleted.putAll(deleted);
        stopped = true;
        return after;
    }

    /** Before an operation: the machine may stop here, or the operation fail. */
    private void enter(Operation operation) throws IOException {
        if (stopped) {
            throw new IOException("the machine has stopped");
        }
        if (operation != Operation.READ && faults.crashes()) {
            stopped = true;
            throw new IOException("the machine stops");
        }
        if (faults.strikes(operation)) {
            throw new IOException(FAILED);
        }
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized long size(String name) throws IOException {
        return file(name).size();
    }

    private MemoryFile file(String name) throws NoSuchFileException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public synchronized void read(String name, long position, ByteBuffer into) throws IOException {
        MemoryFile file = file(name);
        enter(Operation.READ);
        if (badByte >= 0 && name.equals(badFile) && position < badByte + 4096
                && position + into.remaining() > badByte) {
            throw new IOException(FAILED);
        }
        if (position + into.remaining() > file.size()) {
            throw new EOFException(name);
        }
        into.put(file.content(), (int) position, into.remaining());
    }

    @Override
    public synchronized Appender append(String name, boolean create) throws IOException {
        enter(Operation.CREATE);
        if (create) {
            if (files.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            files.put(name, new MemoryFile());
        }
        return new MemoryAppender(file(name));
    }

    @Override
    public synchronized void rewrite(String name, long length, List<Long> voided) throws IOException {
        MemoryFile file = file(name);
        enter(Operation.REWRITE);
        voided.forEach(at -> Arrays.fill(file.content(), at.intValue(), at.intValue() + LogFormat.MARKER_BYTES,
                (byte) 0));
        file.touch(0, (int) length);
        sync(file);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        enter(Operation.DELETE);
        MemoryFile file = files.remove(name);
        if (file != null && file.named) {
            deleted.put(name, file);
        }
    }

    @Override
    public synchronized void sync() throws IOException {
        enter(Operation.SYNC_FOLDER);
        files.values().forEach(f -> f.named = true);
        deleted.clear();
    }

    private void sync(MemoryFile file) throws IOException {
        if (stopped) {
            throw new IOException("the machine has stopped");
        }
        try {
            enter(Operation.SYNC);
        } catch (IOException e) {
            if (!stopped) {
                file.syncAndFail(faults.random());
            }
            throw e;
        }
        file.sync();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class MemoryAppender implements Appender {

        private final MemoryFile file;

        MemoryAppender(MemoryFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer data) throws IOException {
            synchronized (MemoryDisk.this) {
                if (stopped) {
                    throw new IOException("the machine has stopped");
                }
                int room = (int) Math.min(Math.max(0, capacity - used()), data.remaining());
                try {
                    enter(Operation.WRITE);
                } catch (IOException e) {
                    append(data, faults.random().nextInt(room + 1));
                    throw e;
                }
                boolean full = room < data.remaining();
                append(data, room);
                if (full) {
                    throw new IOException(FULL);
                }
            }
        }

        private void append(ByteBuffer data, int count) {
            byte[] bytes = new byte[count];
            data.get(bytes);
            file.append(bytes);
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                MemoryDisk.this.sync(file);
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (MemoryDisk.this) {
                enter(Operation.TRUNCATE);
                file.truncate((int) length);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
