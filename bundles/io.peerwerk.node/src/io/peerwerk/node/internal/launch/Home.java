// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.peerwerk.node.internal.text.Reason;

/**
 * A node's home directory, held by this process: while a {@code Home} is open no other node can use the directory, so
 * whatever else lies there is ours to read, write and tidy up. The kernel frees the lock when the process dies, however
 * it dies; the file stays and means nothing by itself.
 */
public final class Home implements AutoCloseable {
    private static final int LONGEST_PID = 32;

    private final Path directory;
    private final FileChannel channel;

    private Home(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Creates the directory if it is missing and locks it.
     *
     * @throws IOException in one line that names the home: it cannot be written, or a node runs on it already
     */
    public static Home open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().normalize();
        FileChannel channel = openLock(directory);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("a node is already running on home " + directory + process(channel));
            }
            mark(channel);
            return new Home(directory, channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process runs a node on home " + directory + " already", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openLock(Path directory) throws IOException {
        try {
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new IOException("not a directory");
            }
            PrivateFiles.createDirectory(directory);
            return FileChannel.open(directory.resolve("lock"), Set.of(CREATE, WRITE, READ),
                    PrivateFiles.attributes("rw-------"));
        } catch (IOException e) {
            throw new IOException("home " + directory + " cannot be written: " + Reason.withoutFile(e), e);
        }
    }

    private static void mark(FileChannel channel) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String process(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.matches("\\d+") ? " (process " + pid + ")" : "";
    }

    public Path directory() {
        return directory;
    }

    /** A file or directory in this home. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Frees the directory for the next node. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
