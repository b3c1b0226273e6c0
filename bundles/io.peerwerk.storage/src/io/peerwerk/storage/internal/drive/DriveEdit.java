// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.manifest.SafePath;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one replica, made together. Paths are those that its user sees, conflict copies' among them: what is done
 * there is done to the write that is shown there, and other writes of the same path stay. Not thread-safe.
 */
public final class DriveEdit {

    private final Replica replica;
    private final long now;
    private final DriveView view;
    private final SortedMap<String, SortedMap<Dot, DriveEntry>> entries;
    /** What was written since the view was made, and is not in it. */
    private final SortedMap<String, Dot> own = new TreeMap<>();
    private Seen seen;

    DriveEdit(DriveState state, Replica replica, long now) {
        this.replica = replica;
        this.now = now;
        view = DriveView.of(state);
        entries = new TreeMap<>(state.entries());
        seen = state.seen();
    }

    /** What its user saw when it began. */
    DriveView view() {
        return view;
    }

    /**
     * Writes a file or makes a folder, in place of a file that is there. Folders above it need not be made.
     *
     * @throws FormatException where the path cannot be one
     */
    public DriveEdit put(String path, DriveEntry entry) throws FormatException {
        SafePath.check(path);
        forget(path);
        write(path, entry);
        return this;
    }

    private Dot write(String path, DriveEntry entry) {
        Dot dot = new Dot(replica, Math.max(now, seen.latest() + 1));
        seen = seen.with(dot);
        var written = new TreeMap<>(entries.getOrDefault(path, Collections.emptySortedMap()));
        written.put(dot, entry);
        entries.put(path, written);
        own.put(path, dot);
        return dot;
    }

    /**
     * Writes in place of what its user has seen, whatever is there now: what he has not seen stays, beside it.
     *
     * @param seen nothing, where he has seen nothing
     * @return what is shown to him from now on
     * @throws FormatException where the path cannot be one
     */
    Shown replace(@Nullable Shown seen, String path, DriveEntry entry) throws FormatException {
        SafePath.check(path);
        if (seen != null) {
            remove(seen);
        }
        return new Shown(entry, path, new TreeSet<>(Set.of(write(path, entry))));
    }

    /** Whether it is still there, after what was done so far. */
    boolean has(Shown shown) {
        return entries.getOrDefault(shown.origin(), Collections.emptySortedMap()).keySet().containsAll(shown.dots());
    }

    /** Removes what its user has seen, as far as it is there, and nothing else. */
    void remove(Shown seen) {
        drop(seen.origin(), seen.dots());
    }

    /** Removes a file, or a folder with all that is shown in it. */
    public DriveEdit remove(String path) {
        List<String> all = new ArrayList<>(view.below(path).keySet());
        all.addAll(own.subMap(path + "/", path + "0").keySet());
        all.add(path);
        all.forEach(this::forget);
        return this;
    }

    /** The changed state. */
    public DriveState done() {
        return new DriveState(seen, new TreeMap<>(entries));
    }

    private void forget(String path) {
        view.at(path).ifPresent(this::remove);
        Dot mine = own.remove(path);
        if (mine != null) {
            drop(path, Set.of(mine));
        }
    }

    private void drop(String path, Set<Dot> dots) {
        var written = new TreeMap<>(entries.getOrDefault(path, Collections.emptySortedMap()));
        written.keySet().removeAll(dots);
        if (written.isEmpty()) {
            entries.remove(path);
        } else {
            entries.put(path, written);
        }
    }
}
