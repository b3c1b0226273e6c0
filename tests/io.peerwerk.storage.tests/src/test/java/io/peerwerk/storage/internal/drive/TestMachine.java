// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;

/** A folder on one machine, its index, and its replica of a drive; the bytes of files are in a common map. */
final class TestMachine {

    final Path folder;
    DriveState state = DriveState.EMPTY;
    List<String> left = List.of();
    /** The name of a file whose bytes are stored nowhere. */
    String refused = "";
    private final Replica replica;
    private final Map<StorageLink, byte[]> store;
    private FolderIndex index = new FolderIndex();
    /** What its clock says, milliseconds. */
    long now;

    TestMachine(Path folder, Map<StorageLink, byte[]> store, long replica, long now) {
        this.folder = folder;
        this.store = store;
        this.replica = new Replica(replica);
        this.now = now;
    }

    /** Takes in what was changed in the folder, as after a restart: all that is kept has been written and read. */
    void collect() throws IOException {
        index = FolderIndex.parse(index.toBytes());
        state = sync().collect(state, replica);
        check();
    }

    /** Brings the folder to the state. */
    void apply() throws IOException {
        left = sync().apply(state);
        index = FolderIndex.parse(index.toBytes());
    }

    /** Hears what another machine knows. */
    void hear(TestMachine other) throws FormatException {
        state = state.merge(other.state);
        check();
    }

    private void check() throws FormatException {
        var snapshot = new Snapshot(state, List.of(), replica, now);
        if (!SnapshotCodec.parse(SnapshotCodec.toBytes(snapshot)).equals(snapshot)) {
            throw new AssertionError("a snapshot is not read as it was written");
        }
    }

    private FolderSync sync() throws IOException {
        return new FolderSync(folder, index, new Content(), () -> Instant.ofEpochMilli(now));
    }

    Path path(String path) {
        return folder.resolve(path);
    }

    void write(String path, String text) throws IOException {
        Files.createDirectories(path(path).getParent());
        Files.writeString(path(path), text);
        Files.setLastModifiedTime(path(path), FileTime.fromMillis(now));
    }

    /** All there is in the folder: texts of files by path, of folders null. */
    SortedMap<String, String> tree() {
        var tree = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (!each.equals(folder) && !each.getFileName().toString().startsWith(".peerwerk-")) {
                    tree.put(folder.relativize(each).toString().replace('\\', '/'),
                            Files.isDirectory(each) ? null : Files.readString(each));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    /** The common map. */
    Map<StorageLink, byte[]> contents() {
        return store;
    }

    static Map<StorageLink, byte[]> store() {
        return new HashMap<>();
    }

    private final class Content implements DriveContent {

        @Override
        public StorageLink put(Path file) throws IOException {
            if (file.getFileName().toString().equals(refused)) {
                throw new IOException("too few peers");
            }
            byte[] bytes = Files.readAllBytes(file);
            byte[] key = ByteBuffer.allocate(StorageLink.KEY_BYTES).putLong(replica.id()).putInt(store.size()).array();
            var link = new StorageLink(Cid.raw(key), Secret.of(key));
            store.put(link, bytes);
            return link;
        }

        @Override
        public void get(StorageLink content, Path target) throws IOException {
            Files.write(target, store.get(content));
        }
    }

    /** Removes a file, or a folder with all in it. */
    void remove(String path) throws IOException {
        try (Stream<Path> all = Files.walk(path(path))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    String any(Random random) {
        List<String> all = List.copyOf(tree().keySet());
        return all.isEmpty() ? "" : all.get(random.nextInt(all.size()));
    }

    @Override
    public String toString() {
        return "machine " + replica;
    }
}
