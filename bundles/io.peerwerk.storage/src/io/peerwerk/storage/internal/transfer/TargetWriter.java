// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.blocks.Folders;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Entry;
import io.peerwerk.storage.internal.manifest.Entry.Kind;
import io.peerwerk.storage.internal.manifest.LocalTree;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes fetched content to a temporary place beside the target, and moves it there when it is whole. Closed before
 * that, it leaves nothing behind.
 */
final class TargetWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWriter.class);

    private final Directory directory;
    private final Path target;
    private final Path temporary;
    private final LocalTree tree;
    private final MessageDigest sha256 = Multihash.sha256Function();
    private int next;
    private long left;
    private @Nullable OutputStream out;
    private boolean done;

    /**
     * @param wanted where the user wants it; an existing folder means "in there, under its own name" for a file
     * @throws FileAlreadyExistsException where something is there already that would be lost
     */
    TargetWriter(Directory directory, Path wanted) throws IOException {
        this.directory = directory;
        Path absolute = wanted.toAbsolutePath().normalize();
        boolean inside = !directory.folder() && Files.isDirectory(absolute);
        target = inside ? LocalTree.resolve(absolute, directory.name()) : absolute;
        checkFree();
        Path parent = target.getParent();
        if (parent == null) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (!Files.isDirectory(parent)) {
            throw new StorageException("there is no folder " + parent);
        }
        temporary = parent.resolve(".peerwerk-" + UUID.randomUUID() + ".part");
        tree = new LocalTree(temporary);
        if (directory.folder()) {
            Files.createDirectory(temporary);
        }
    }

    /** Nothing, an empty file or an empty folder may be at the target; all else stays. */
    private void checkFree() throws IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (directory.folder() && files.findAny().isEmpty()) {
                    return;
                }
            }
        } else if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                || !directory.folder() && Files.isRegularFile(target) && Files.size(target) == 0) {
            return;
        }
        throw new FileAlreadyExistsException(target.toString(), null, "it is there already and is not overwritten");
    }

    /** Writes the next bytes of the content stream. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        sha256.update(bytes, offset, length);
        int at = offset;
        int rest = length;
        while (rest > 0) {
            if (out == null || left == 0) {
                openNext();
            }
            int count = (int) Math.min(rest, left);
            out.write(bytes, at, count);
            at += count;
            rest -= count;
            left -= count;
        }
    }

    /** Goes on to the next file that has bytes; those without and folders are made on the way. */
    private void openNext() throws IOException {
        closeFile();
        List<Entry> entries = directory.entries();
        while (next < entries.size() && entries.get(next).size() == 0) {
            make(entries.get(next++));
        }
        if (next == entries.size()) {
            throw new IllegalStateException("more content than the directory has files");
        }
        Entry entry = entries.get(next++);
        left = entry.size();
        out = create(entry);
    }

    private OutputStream create(Entry entry) throws IOException {
        Path file = place(entry);
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
    }

    private void make(Entry entry) throws IOException {
        if (entry.kind() == Kind.FOLDER) {
            Files.createDirectories(place(entry));
        } else if (entry.kind() == Kind.FILE) {
            create(entry).close();
        }
    }

    private Path place(Entry entry) throws IOException {
        return directory.folder() ? tree.place(entry.path()) : temporary;
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    /** All content was written: gives it its times and rights and moves it to the target. Gives the SHA-256 in hex. */
    String finish() throws IOException {
        closeFile();
        while (next < directory.entries().size()) {
            make(directory.entries().get(next++));
        }
        for (Entry entry : directory.entries()) {
            if (entry.kind() == Kind.LINK) {
                link(entry);
            }
        }
        // Folders after what is in them, as writing into them changes their times.
        for (Entry entry : directory.entries().reversed()) {
            if (entry.kind() != Kind.LINK) {
                describe(place(entry), entry);
            }
        }
        checkFree();
        Files.deleteIfExists(target);
        Files.move(temporary, target);
        done = true;
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Makes a symbolic link, but only one that stays inside the folder: it came from someone else. */
    private void link(Entry entry) throws IOException {
        Path place = place(entry);
        Path to;
        try {
            to = LocalTree.link(entry.path(), entry.target());
        } catch (StorageException e) {
            LOG.warn("{}: it is left out", e.getMessage());
            return;
        }
        Files.createDirectories(place.getParent());
        try {
            Files.createSymbolicLink(place, to);
        } catch (UnsupportedOperationException | IOException e) {
            LOG.warn("the symbolic link {} cannot be made here: it is left out ({})", entry.path(), e.getMessage());
        }
    }

    private static void describe(Path file, Entry entry) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && entry.mode() != 0) {
            Set<PosixFilePermission> permissions =
                    EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            for (PosixFilePermission permission : PosixFilePermission.values()) {
                if ((entry.mode() & 1 << (8 - permission.ordinal())) != 0) {
                    permissions.add(permission);
                }
            }
            if (entry.kind() == Kind.FOLDER) {
                permissions.add(PosixFilePermission.OWNER_EXECUTE);
            }
            view.setPermissions(permissions);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(entry.modified()));
    }

    /** Where it lies after {@link #finish}. */
    Path target() {
        return target;
    }

    /** Takes everything away that is not finished. */
    @Override
    public void close() throws IOException {
        closeFile();
        if (done || !Files.exists(temporary)) {
            return;
        }
        Folders.delete(temporary);
    }
}
