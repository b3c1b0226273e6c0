// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.manifest.LocalTree;
import io.peerwerk.storage.internal.unixfs.Attributes;
import io.peerwerk.storage.internal.unixfs.FolderBuilder;
import io.peerwerk.storage.internal.unixfs.Imported;
import io.peerwerk.storage.internal.unixfs.UnixFsImporter;

/** Files of this machine on their way into blocks: links are stored as links, what is neither file nor folder is refused. */
final class SourceFiles {

    private static final int MAX_DEPTH = 128;

    private final Transfer transfer;
    private final UnixFsImporter importer;

    SourceFiles(Transfer transfer, UnixFsImporter importer) {
        this.transfer = transfer;
        this.importer = importer;
    }

    /** Hands all blocks of a file or folder to the importer's sink. The given path itself may be a link. */
    Imported add(Path given) throws IOException {
        Path source;
        try {
            source = given.toRealPath();
        } catch (NoSuchFileException e) {
            throw new StorageException("there is no file " + given, e);
        }
        transfer.phase("storing", size(source));
        return add(source, 0);
    }

    private static long size(Path source) throws IOException {
        long[] sum = new long[1];
        Files.walkFileTree(source, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }

    private Imported add(Path path, int depth) throws IOException {
        transfer.check();
        BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (is.isSymbolicLink()) {
            String target = LocalTree.text(Files.readSymbolicLink(path));
            return importer.symlink(target.replace(path.getFileSystem().getSeparator(), "/"), Attributes.NONE);
        }
        if (is.isDirectory()) {
            return folder(path, depth);
        }
        if (!is.isRegularFile()) {
            throw new StorageException("cannot store " + path + ": it is neither a file nor a folder nor a link");
        }
        try (InputStream in = new Told(Files.newInputStream(path))) {
            return importer.file(in, Attributes.NONE);
        }
    }

    private Imported folder(Path path, int depth) throws IOException {
        if (depth == MAX_DEPTH) {
            throw new StorageException("cannot store " + path + ": over " + MAX_DEPTH + " folders lie in each other");
        }
        FolderBuilder folder = importer.folder(Attributes.NONE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                try {
                    folder.add(LocalTree.text(file.getFileName()), add(file, depth + 1));
                } catch (FormatException e) {
                    throw new StorageException("cannot store " + file + ": " + e.getMessage(), e);
                }
            }
        }
        return folder.finish();
    }

    /** Tells how much was read. */
    private final class Told extends FilterInputStream {

        Told(InputStream in) {
            super(new BufferedInputStream(in));
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int count = super.read(to, at, length);
            transfer.advance(Math.max(0, count));
            return count;
        }
    }
}
