// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.ContentEntry;
import io.peerwerk.storage.ContentPath;
import io.peerwerk.storage.ContentProfile;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PublicContent;
import io.peerwerk.storage.PublicStatus;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.Swept;

/** Public content that knows one root, and remembers what it was asked. */
public final class FakePublicContent implements PublicContent {

    public static final Cid ROOT = Cid.raw(new byte[] {7});

    /** What was asked, a line each. */
    public final List<String> asked = new ArrayList<>();
    private final List<Cid> pins = new ArrayList<>();

    @Override
    public Cid add(Path source, ContentProfile profile, Progress progress) {
        progress.update(1, 2, "storing");
        asked.add("add " + source.getFileName() + " " + profile);
        pins.add(ROOT);
        return ROOT;
    }

    @Override
    public Fetched get(ContentPath path, Path target, Progress progress) throws StorageException {
        if (!path.root().equals(ROOT)) {
            throw new StorageException("nobody sends " + path.root());
        }
        asked.add("get " + path);
        return new Fetched(target, 3, "cd".repeat(32));
    }

    @Override
    public List<ContentEntry> list(ContentPath path, Progress progress) {
        return path.names().isEmpty() ? List.of(new ContentEntry("a\u001b[31m.txt", ROOT, ContentEntry.Kind.FILE, 1_500),
                new ContentEntry("sub", ROOT, ContentEntry.Kind.FOLDER, 0)) : List.of();
    }

    @Override
    public void pin(Cid root, Progress progress) {
        pins.add(root);
    }

    @Override
    public boolean unpin(Cid root) {
        return pins.remove(root);
    }

    @Override
    public List<Cid> pins() {
        return List.copyOf(pins);
    }

    @Override
    public Swept sweep(Progress progress) {
        return new Swept(5, 2, 3_000);
    }

    @Override
    public void exportCar(Cid root, Path target, Progress progress) {
        asked.add("export " + root + " " + target.getFileName());
    }

    @Override
    public List<Cid> importCar(Path source, Progress progress) {
        return List.of(ROOT);
    }

    @Override
    public PublicStatus status() {
        return new PublicStatus(10_000_000_000L, 4_500, 7, pins.size());
    }
}
