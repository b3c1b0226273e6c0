// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.internal.blocks.Folders;
import io.peerwerk.storage.internal.drive.DriveEntry.File;
import io.peerwerk.storage.internal.drive.DriveEntry.Folder;
import io.peerwerk.storage.internal.drive.FolderIndex.Known;
import io.peerwerk.storage.internal.manifest.SafePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder of this machine and a drive alike: takes into the drive what was changed in the folder, and into the
 * folder what was changed in the drive.
 *
 * <p>An {@linkplain FolderIndex index} says what both had last, and so what of the drive the folder's user has seen.
 * Who changes or removes what he has seen, replaces it; who wrote without having seen what is in the drive now, writes
 * beside it. Nothing in the folder is replaced or removed that does not look as it did when it was last compared: it
 * is taken into the drive first, the next time. So it can stop anywhere and goes on where it was. Not thread-safe.
 */
final class FolderSync {

    private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);
    private static final boolean WINDOWS = java.io.File.separatorChar == '\\';

    /** File systems keep times as coarse as this: what was changed so lately may change again and look the same. */
    private static final long TICK = TimeUnit.SECONDS.toNanos(2);
    /** Tells an emptied folder from the empty place where the folder's disk was. */
    private static final String MARK = FolderScan.OWN + "drive";
    private static final LocalThing FOLDER = new LocalThing(true, 0, 0, false);
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Path root;
    private final FolderIndex index;
    private final DriveContent content;
    private final InstantSource clock;
    private final boolean posix;

    /**
     * @param root a folder that is there
     * @param index what both had last; it is changed
     */
    FolderSync(Path root, FolderIndex index, DriveContent content, InstantSource clock) throws IOException {
        this.root = root.toRealPath();
        this.index = index;
        this.content = content;
        this.clock = clock;
        posix = Files.getFileStore(this.root).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    /**
     * The drive with what was changed in the folder, by this replica. The caller keeps it, durably, before the index: an
     * index that knows more than the drive would make the folder's news look like something old. If this fails, the
     * index is as it was.
     */
    DriveState collect(DriveState state, Replica replica) throws IOException {
        var before = new TreeMap<>(index.known());
        boolean done = false;
        try {
            DriveState changed = taken(state, replica);
            done = true;
            return changed;
        } finally {
            if (!done) {
                index.known().clear();
                index.known().putAll(before);
            }
        }
    }

    private DriveState taken(DriveState state, Replica replica) throws IOException {
        DriveEdit edit = state.edit(replica, clock.millis());
        DriveView view = edit.view();
        checkMark();
        FolderScan scan = FolderScan.of(root);
        checkMark(); // The disk may go while it is looked through.
        boolean changed = removed(edit, scan);
        for (Map.Entry<String, LocalThing> each : scan.things().entrySet()) {
            changed |= each.getValue().folder() ? folder(view, edit, each.getKey())
                    : file(view, edit, each.getKey(), each.getValue());
        }
        return changed ? edit.done() : state;
    }

    private void checkMark() throws IOException {
        if (Files.exists(root.resolve(MARK))) {
            return;
        }
        if (!index.known().isEmpty()) {
            throw new StorageException(root + " is not the folder that it was: has its disk gone, or been replaced?");
        }
        Files.createFile(root.resolve(MARK));
    }

    /** Takes out of the drive what is gone from the folder and was seen there. */
    private boolean removed(DriveEdit edit, FolderScan scan) {
        boolean changed = false;
        for (Map.Entry<String, Known> each : List.copyOf(index.known().entrySet())) {
            String path = each.getKey();
            LocalThing now = scan.things().get(path);
            if (scan.isSkipped(path) || now != null && now.folder() == each.getValue().local().folder()) {
                continue;
            }
            edit.remove(each.getValue().shown());
            changed = true;
            index.known().remove(path);
        }
        return changed;
    }

    private boolean folder(DriveView view, DriveEdit edit, String path) throws IOException {
        if (index.known().containsKey(path)) {
            return false;
        }
        Optional<Shown> there = view.at(path).filter(shown -> shown.entry() instanceof Folder);
        Shown shown = there.isPresent() ? there.get() : edit.replace(null, path, new Folder(clock.millis()));
        index.known().put(path, new Known(FOLDER, shown));
        return there.isEmpty();
    }

    private boolean file(DriveView view, DriveEdit edit, String path, LocalThing now) throws IOException {
        Known known = index.known().get(path);
        if (known != null && known.local().equals(now)) {
            return false;
        }
        Path file = root.resolve(path);
        Multihash digest = digest(file);
        if (known != null && isFile(known.entry(), digest, now)) {
            index.known().put(path, new Known(settled(now), known.shown()));
            return false;
        }
        Optional<Shown> same = view.at(path).filter(shown -> isFile(shown.entry(), digest, now) && edit.has(shown));
        StorageLink link = same.isPresent() ? ((File) same.get().entry()).content() : content.put(file);
        if (!FolderScan.look(file).equals(Optional.of(now))) {
            return false; // It changes while it is read: the next time, then.
        }
        boolean executable = posix ? now.executable()
                : known != null && known.entry() instanceof File before && before.executable();
        Shown shown = same.isPresent() ? same.get() : edit.replace(known == null ? null : known.shown(), path,
                new File(link, digest, now.bytes(), executable, now.modifiedMillis()));
        index.known().put(path, new Known(settled(now), shown));
        return same.isEmpty();
    }

    /** Whether that is this file; where the file system does not say whether it may be run, that does not count. */
    private boolean isFile(DriveEntry entry, Multihash digest, LocalThing local) {
        return entry instanceof File file && file.digest().equals(digest)
                && (!posix || file.executable() == local.executable());
    }

    private static boolean isSame(DriveEntry one, DriveEntry other) {
        return one instanceof File a && other instanceof File b ? a.isSame(b)
                : one instanceof Folder && other instanceof Folder;
    }

    private LocalThing settled(LocalThing local) {
        long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        return local.modified() < now - TICK ? local
                : new LocalThing(false, local.bytes(), NEVER, local.executable());
    }

    /**
     * Makes the folder what the drive shows.
     *
     * @return what could not be done because the folder has changed meanwhile, or a file system does not take a name
     */
    List<String> apply(DriveState state) throws IOException {
        checkMark();
        SortedMap<String, Shown> wanted = DriveView.of(state).all();
        var left = new ArrayList<String>();
        for (String path : List.copyOf(index.known().keySet()).reversed()) {
            Shown shown = wanted.get(path);
            Known known = index.known().get(path);
            if ((shown == null || shown.entry() instanceof Folder != known.local().folder())
                    && !isDone(() -> remove(path, known))) {
                left.add(path);
            }
        }
        for (Map.Entry<String, Shown> each : wanted.entrySet()) {
            if (!isDone(() -> make(each.getKey(), each.getValue()))) {
                left.add(each.getKey());
            }
        }
        return left;
    }

    @FunctionalInterface
    private interface Step {
        boolean run() throws IOException;
    }

    /** What the file system refuses at one path costs that path and no other. */
    private static boolean isDone(Step step) throws IOException {
        try {
            return step.run();
        } catch (FileSystemException | InvalidPathException e) {
            LOG.debug("left as it is: {}", e.getMessage());
            return false;
        }
    }

    private boolean remove(String path, Known known) throws IOException {
        Path file = root.resolve(path);
        Optional<LocalThing> now = FolderScan.look(file);
        if (now.isPresent()) {
            if (!isInside(file) || !looksLike(file, now.get(), known)) {
                return false;
            }
            Files.delete(file);
            Folders.sync(file.getParent());
        }
        index.known().remove(path);
        return true;
    }

    /** Whether it is what it was when it was last compared; read again if its looks do not tell. */
    private boolean looksLike(Path file, LocalThing now, Known known) throws IOException {
        if (now.equals(known.local())) {
            return true;
        }
        return now.isFile() && isFile(known.entry(), digest(file), now);
    }

    private boolean make(String path, Shown shown) throws IOException {
        DriveEntry entry = shown.entry();
        Path target = root.resolve(path);
        Known known = index.known().get(path);
        Optional<LocalThing> now = FolderScan.look(target);
        if (known != null && isSame(known.entry(), entry)) {
            index.known().put(path, new Known(known.local(), shown));
            return true; // Should it be gone, then it was removed since, and that is taken into the drive the next time.
        }
        if (!isInside(target) || !isPossible(path)) {
            return false;
        }
        if (entry instanceof Folder) {
            boolean there = now.isPresent() && now.get().folder();
            if (now.isEmpty()) {
                Files.createDirectory(target);
                Folders.sync(target.getParent());
            }
            if (now.isEmpty() || there) {
                index.known().put(path, new Known(FOLDER, shown));
            }
            return now.isEmpty() || there;
        }
        return (now.isEmpty() || known != null && looksLike(target, now.get(), known))
                && write(path, shown, now);
    }

    /** Not so where a link stands in place of a folder: what it leads to is not ours. */
    private boolean isInside(Path file) throws IOException {
        return file.getParent().toRealPath().startsWith(root);
    }

    /** Whether this system can have the name, and it is none of this program's own. */
    private static boolean isPossible(String path) {
        for (String name : path.split("/")) {
            if (name.startsWith(FolderScan.OWN) || !SafePath.local(name, WINDOWS).equals(name)) {
                return false;
            }
        }
        return true;
    }

    private boolean write(String path, Shown shown, Optional<LocalThing> before) throws IOException {
        File entry = (File) shown.entry();
        Path target = root.resolve(path);
        Path fresh = root.resolve(FolderScan.OWN + UUID.randomUUID());
        try {
            content.get(entry.content(), fresh);
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(entry.modified()));
            executable(fresh, entry.executable());
            if (!FolderScan.look(target).equals(before)) {
                return false;
            }
            LocalThing made = FolderScan.look(fresh).orElseThrow();
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Folders.sync(target.getParent());
            index.known().put(path, new Known(settled(made), shown));
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void executable(Path file, boolean yes) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            var permissions = view.readAttributes().permissions();
            if (yes ? permissions.add(PosixFilePermission.OWNER_EXECUTE)
                    : permissions.remove(PosixFilePermission.OWNER_EXECUTE)) {
                view.setPermissions(permissions);
            }
        }
    }

    private static Multihash digest(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), Multihash.sha256Function())) {
            in.transferTo(OutputStream.nullOutputStream());
            return new Multihash(Multihash.SHA2_256, in.getMessageDigest().digest());
        }
    }
}
