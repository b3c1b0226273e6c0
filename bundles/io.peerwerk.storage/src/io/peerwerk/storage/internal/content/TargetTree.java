// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.blocks.Folders;
import io.peerwerk.storage.internal.manifest.LocalTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file or folder in the making, in a temporary place beside its target, where it goes when it is whole. Closed before
 * that, it leaves nothing behind. Paths are those of checked content; links are made last, so that nothing is ever
 * written through one.
 */
final class TargetTree implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTree.class);
    private static final int BUFFER = 1 << 16;

    private final boolean folder;
    private final Path target;
    private final Path temporary;
    private final LocalTree tree;
    private final Map<String, Path> links = new LinkedHashMap<>();
    private boolean done;

    /**
     * @param name of the file, for a target that is a folder
     * @param wanted where the user wants it; an existing folder means "in there, under its own name" for a file
     * @throws FileAlreadyExistsException where something is there already that would be lost
     */
    TargetTree(String name, boolean folder, Path wanted) throws IOException {
        this.folder = folder;
        Path absolute = wanted.toAbsolutePath().normalize();
        target = !folder && Files.isDirectory(absolute) ? LocalTree.resolve(absolute, name) : absolute;
        checkFree();
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new StorageException("there is no folder " + parent);
        }
        temporary = parent.resolve(".peerwerk-" + UUID.randomUUID() + ".part");
        tree = new LocalTree(temporary);
    }

    /** Nothing, an empty file or an empty folder may be at the target, for one of its kind; all else stays. */
    private void checkFree() throws IOException {
        boolean free = !Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                || (folder ? isEmptyFolder() : Files.isRegularFile(target) && Files.size(target) == 0);
        if (!free) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is there already and is not overwritten");
        }
    }

    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.findAny().isEmpty();
        }
    }

    /** Bytes that the disk still takes. */
    long room() throws IOException {
        return Files.getFileStore(temporary.getParent()).getUsableSpace();
    }

    void folder(String path) throws IOException {
        Path place = tree.place(path);
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException e) {
            throw collides(path, e);
        }
    }

    OutputStream file(String path) throws IOException {
        try {
            return new BufferedOutputStream(Files.newOutputStream(tree.place(path), StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE), BUFFER);
        } catch (FileAlreadyExistsException e) {
            throw collides(path, e);
        }
    }

    /** Notes a link, to be made at the end. */
    void link(String path, String to) throws IOException {
        links.put(path, LocalTree.link(path, to));
    }

    private static StorageException collides(String path, IOException why) {
        return new StorageException("\"" + path + "\" has the same name as something else in its folder, as this"
                + " machine's disk takes names", why);
    }

    /** All is written: makes the links and moves it to the target, which it gives. */
    Path finish() throws IOException {
        for (Map.Entry<String, Path> link : links.entrySet()) {
            Path place = tree.place(link.getKey());
            try {
                Files.createSymbolicLink(place, link.getValue());
            } catch (FileAlreadyExistsException e) {
                throw collides(link.getKey(), e);
            } catch (UnsupportedOperationException | IOException e) {
                // Windows allows it to few users. What else was fetched is worth more than the link.
                LOG.warn("the symbolic link \"{}\" cannot be made here: it is left out ({})", link.getKey(),
                        e.getMessage());
            }
        }
        checkFree();
        Files.deleteIfExists(target);
        Files.move(temporary, target);
        done = true;
        return target;
    }

    /** Takes everything away that is not finished. */
    @Override
    public void close() throws IOException {
        if (done || !Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Folders.delete(temporary);
    }
}
