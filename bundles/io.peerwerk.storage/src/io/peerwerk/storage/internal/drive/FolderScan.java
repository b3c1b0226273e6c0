// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.peerwerk.storage.internal.manifest.SafePath;

/**
 * What is in a folder of this machine.
 *
 * @param things by path, with {@code /} between names
 * @param skipped what a drive cannot have: links, special files, names that would deceive, what may not be read
 */
record FolderScan(SortedMap<String, LocalThing> things, SortedSet<String> skipped) {

    /** Names with which this program's own files in a folder begin. */
    static final String OWN = ".peerwerk-";

    static FolderScan of(Path root) throws IOException {
        var scan = new FolderScan(new TreeMap<>(), new TreeSet<>());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(root) || scan.add(root, folder, attributes) ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                scan.add(root, file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (file.equals(root)) {
                    throw problem;
                }
                scan.skipped.add(path(root, file));
                return FileVisitResult.CONTINUE;
            }
        });
        return scan;
    }

    /** Whether it was not looked at, or lies in something that was not. */
    boolean isSkipped(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (skipped.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** How something looks now; empty where nothing is. */
    static Optional<LocalThing> look(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Optional.of(LocalThing.of(attributes, isExecutable(file)));
    }

    private boolean add(Path root, Path file, BasicFileAttributes attributes) {
        String path = path(root, file);
        if (file.getFileName().toString().startsWith(OWN)) {
            return false;
        }
        try {
            if (attributes.isRegularFile() || attributes.isDirectory()) {
                things.put(SafePath.check(path), LocalThing.of(attributes, isExecutable(file)));
                return true;
            }
        } catch (IOException e) {
            // A name that would deceive, or no right to look. It counts as skipped, like what is neither a file nor a folder.
        }
        skipped.add(path);
        return false;
    }

    private static String path(Path root, Path file) {
        return StreamSupport.stream(root.relativize(file).spliterator(), false).map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static boolean isExecutable(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
