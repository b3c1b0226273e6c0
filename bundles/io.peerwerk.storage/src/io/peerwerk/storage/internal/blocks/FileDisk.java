// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import io.peerwerk.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * A real folder, locked against a second user. Reading opens the file anew each time with {@link RandomAccessFile}: a
 * thread that is interrupted while it reads, as a cancelled transfer's is, would close a shared channel for everyone.
 */
final class FileDisk implements Disk {

    private static final String LOCK = "lock";
    private static final int REWRITTEN_AT_ONCE = 1 << 20;

    private final Path folder;
    private final FileChannel lockFile;

    FileDisk(Path folder) throws IOException {
        this.folder = Folders.create(folder);
        lockFile = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock() == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private @Nullable FileLock lock() throws IOException {
        return lockFile.tryLock();
    }

    private IOException inUse() throws IOException {
        lockFile.close();
        return new StorageException("the block store in " + folder + " is in use by another node");
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    @Override
    public void read(String name, long position, ByteBuffer into) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "r")) {
            file.seek(position);
            file.readFully(into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.limit());
        } catch (FileNotFoundException e) {
            NoSuchFileException gone = new NoSuchFileException(name, null, e.getMessage());
            gone.initCause(e);
            throw gone;
        }
    }

    @Override
    public Appender append(String name, boolean create) throws IOException {
        Path file = folder.resolve(name);
        return new ChannelAppender(create
                ? FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    @Override
    public void rewrite(String name, long length, List<Long> voided) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(REWRITTEN_AT_ONCE);
        try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < length) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - at));
                if (file.read(piece, at) <= 0) {
                    throw new EOFException(name + " ends at byte " + at);
                }
                at += writeAt(file, piece.flip(), at);
            }
            for (long position : voided) {
                writeAt(file, ByteBuffer.allocate(LogFormat.MARKER_BYTES), position);
            }
            file.force(true);
        }
    }

    private static int writeAt(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes, position + bytes.position());
        }
        return count;
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        Folders.sync(folder);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private record ChannelAppender(FileChannel channel) implements Appender {

        @Override
        public void write(ByteBuffer data) throws IOException {
            while (data.hasRemaining()) {
                channel.write(data);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
            channel.position(length);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
