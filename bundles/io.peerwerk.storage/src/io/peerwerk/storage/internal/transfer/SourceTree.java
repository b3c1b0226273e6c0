// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.manifest.Directory;
import io.peerwerk.storage.internal.manifest.Entry;
import io.peerwerk.storage.internal.manifest.Entry.Kind;
import io.peerwerk.storage.internal.manifest.LocalTree;
import io.peerwerk.storage.internal.manifest.SafePath;

/**
 * What is to be stored, listed before the first byte is read.
 *
 * @param name of the file or folder
 * @param folder whether it is a folder
 * @param items what is in it, ordered by path; the file itself where it is no folder
 */
record SourceTree(String name, boolean folder, List<Item> items) {

    /**
     * One thing to store.
     *
     * @param file where it is
     * @param entry how it is described; its size is what it was when it was listed
     */
    record Item(Path file, Entry entry) {
    }

    /** Bytes of all files as they were listed. */
    long bytes() {
        return items.stream().mapToLong(item -> item.entry().size()).sum();
    }

    /** Lists a file or folder; links in a folder are stored as links, special files are refused. */
    static SourceTree scan(Path given) throws IOException {
        Path source;
        try {
            source = given.toRealPath();
        } catch (NoSuchFileException e) {
            throw new StorageException("there is no file " + given, e);
        }
        Path fileName = given.toAbsolutePath().normalize().getFileName();
        String name = fileName == null ? "root" : fileName.toString();
        try {
            SafePath.checkName(name);
            if (Files.isRegularFile(source)) {
                BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
                return new SourceTree(name, false, List.of(item(source, name, attributes)));
            }
            return new SourceTree(name, true, walk(source));
        } catch (FormatException e) {
            throw new StorageException("cannot store " + given + ": " + e.getMessage(), e);
        }
    }

    private static List<Item> walk(Path root) throws IOException {
        List<Item> items = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return folder.equals(root) ? FileVisitResult.CONTINUE : visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = root.relativize(file);
                LocalTree.text(relative);
                String path = StreamSupport.stream(relative.spliterator(), false).map(Path::toString)
                        .collect(Collectors.joining("/"));
                items.add(item(file, SafePath.check(path), attributes));
                if (items.size() > Directory.MAX_ENTRIES) {
                    throw new StorageException("a folder with more than " + Directory.MAX_ENTRIES + " files");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        items.sort(Comparator.comparing(item -> item.entry().path()));
        return items;
    }

    private static Item item(Path file, String path, BasicFileAttributes attributes) throws IOException {
        long modified = Math.max(0, attributes.lastModifiedTime().toMillis());
        if (attributes.isSymbolicLink()) {
            String target = LocalTree.text(Files.readSymbolicLink(file))
                    .replace(file.getFileSystem().getSeparator(), "/");
            return new Item(file, new Entry(path, Kind.LINK, 0, 0, modified, target));
        }
        if (attributes.isDirectory()) {
            return new Item(file, new Entry(path, Kind.FOLDER, 0, mode(file), modified, ""));
        }
        if (attributes.isRegularFile()) {
            return new Item(file, Entry.file(path, attributes.size(), mode(file), modified));
        }
        throw new StorageException("cannot store " + file + ": it is neither a file nor a folder");
    }

    private static int mode(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        int mode = 0;
        if (view != null) {
            for (PosixFilePermission permission : view.readAttributes().permissions()) {
                mode |= 1 << (8 - permission.ordinal());
            }
        }
        return mode;
    }
}
