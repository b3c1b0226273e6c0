// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.car.CarReader;
import io.peerwerk.storage.internal.car.CarWriter;
import io.peerwerk.storage.internal.ipld.DagWalk;

/** Blocks into files and out of them. */
final class Archives {

    private static final int BUFFER = 1 << 20;

    private final Transfer transfer;

    Archives(Transfer transfer) {
        this.transfer = transfer;
    }

    /** Writes a file, which is there when it is whole, and not before. */
    void write(Cid root, Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        checkFree(absolute);
        if (absolute.getParent() == null || !Files.isDirectory(absolute.getParent())) {
            throw new StorageException("there is no folder " + absolute.getParent());
        }
        transfer.phase("fetching", 0);
        DagFetch.all(transfer, root, DagFetch.Links.ALL);
        Path temporary = absolute.resolveSibling(".peerwerk-" + UUID.randomUUID() + ".part");
        try {
            transfer.phase("storing", 0);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
                CarWriter archive = new CarWriter(out, List.of(root));
                new DagWalk(transfer.source(), DagFetch.MAX_BLOCKS).copy(root, block -> {
                    archive.put(block);
                    transfer.advance(block.size());
                });
            }
            checkFree(absolute);
            Files.move(temporary, absolute);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void checkFree(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is there already and is not overwritten");
        }
    }

    /** Keeps the blocks of a file; gives its roots, which are whole then, with the help of others where need be. */
    List<Cid> read(Path source) throws IOException {
        List<Cid> roots;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source), BUFFER)) {
            transfer.phase("storing", Files.size(source));
            CarReader archive = new CarReader(in);
            roots = archive.roots().stream().distinct().toList();
            for (Optional<Block> next = archive.next(); next.isPresent(); next = archive.next()) {
                transfer.put(next.get());
                transfer.advance(next.get().size());
            }
            transfer.flush();
        } catch (EOFException e) {
            throw new StorageException(source + " is cut off: " + e.getMessage(), e);
        } catch (FormatException e) {
            throw new StorageException(source + " is no archive that can be read: " + e.getMessage(), e);
        }
        for (Cid root : roots) {
            transfer.phase("fetching", 0);
            DagFetch.all(transfer, root, DagFetch.Links.ALL);
        }
        return roots;
    }
}
