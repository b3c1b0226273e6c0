// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.runtime.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots that stay, on disk, in the order of pinning. Thread-safe; a change is durable when its call returns.
 *
 * <pre>
 *   pins    | SHA-256 of what follows: 32 bytes | ( 1: CID )*, protobuf |
 * </pre>
 */
final class Pins {

    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final int HASH_BYTES = 32;

    private final Path path;
    private final DurableFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Cid> roots = new LinkedHashSet<>();

    /** Reads the file; a damaged one is put aside under another name, never overwritten. */
    Pins(Path path) throws IOException {
        this.path = path;
        file = new DurableFile(path);
        try {
            Optional<byte[]> bytes = file.read();
            if (bytes.isPresent()) {
                roots.addAll(parse(bytes.get()));
            }
        } catch (FormatException e) {
            LOG.error("the list of pinned content is damaged ({}): it was moved to {}; nothing is swept until that file"
                    + " is deleted", e.getMessage(), file.putAside());
        }
    }

    /** Whether it was not there before. */
    boolean add(Cid root) throws IOException {
        lock.lock();
        try {
            if (roots.contains(root)) {
                return false;
            }
            Set<Cid> more = new LinkedHashSet<>(roots);
            more.add(root);
            file.write(toBytes(more));
            return roots.add(root);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was there. */
    boolean remove(Cid root) throws IOException {
        lock.lock();
        try {
            if (!roots.contains(root)) {
                return false;
            }
            Set<Cid> fewer = new LinkedHashSet<>(roots);
            fewer.remove(root);
            file.write(toBytes(fewer));
            return roots.remove(root);
        } finally {
            lock.unlock();
        }
    }

    List<Cid> roots() {
        lock.lock();
        try {
            return List.copyOf(roots);
        } finally {
            lock.unlock();
        }
    }

    boolean contains(Cid root) {
        lock.lock();
        try {
            return roots.contains(root);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a root of this hash stays, whatever its version and codec. */
    boolean contains(Multihash hash) {
        lock.lock();
        try {
            return roots.stream().anyMatch(root -> root.hash().equals(hash));
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return roots.size();
        } finally {
            lock.unlock();
        }
    }

    /** @throws StorageException while a damaged list lies beside, whose pins are not known */
    void checkWhole() throws IOException {
        String prefix = path.getFileName() + DurableFile.DAMAGED;
        try (Stream<Path> beside = Files.list(path.toAbsolutePath().getParent())) {
            Optional<Path> damaged = beside.filter(p -> p.getFileName().toString().startsWith(prefix)).findFirst();
            if (damaged.isPresent()) {
                throw new StorageException("the list of pinned content was damaged: nothing is removed until you have"
                        + " pinned again what shall stay, and deleted " + damaged.get());
            }
        }
    }

    static byte[] toBytes(Iterable<Cid> roots) {
        ProtoWriter out = new ProtoWriter();
        roots.forEach(root -> out.bytes(1, root.toBytes()));
        byte[] list = out.toBytes();
        byte[] hash = Multihash.sha256(list).digest();
        byte[] all = Arrays.copyOf(hash, HASH_BYTES + list.length);
        System.arraycopy(list, 0, all, HASH_BYTES, list.length);
        return all;
    }

    static Set<Cid> parse(byte[] bytes) throws FormatException {
        if (bytes.length < HASH_BYTES) {
            throw new FormatException("it has " + bytes.length + " bytes");
        }
        byte[] list = Arrays.copyOfRange(bytes, HASH_BYTES, bytes.length);
        if (!Arrays.equals(Multihash.sha256(list).digest(), 0, HASH_BYTES, bytes, 0, HASH_BYTES)) {
            throw new FormatException("its bytes are not those that were written");
        }
        Set<Cid> roots = new LinkedHashSet<>();
        ProtoReader in = new ProtoReader(list);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                roots.add(Cid.read(in.bytes(Cid.MAX_BYTES)));
            } else {
                in.skip();
            }
        }
        return roots;
    }
}
