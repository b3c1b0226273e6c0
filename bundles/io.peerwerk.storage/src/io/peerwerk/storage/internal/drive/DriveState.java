// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a replica knows of a drive: what stands at which path, by which writes. Immutable; see the package for how
 * two of them come together.
 *
 * @param seen the writes that are known
 * @param entries those of them that were neither replaced nor removed, by path and dot; no path without a dot
 */
public record DriveState(Seen seen, SortedMap<String, SortedMap<Dot, DriveEntry>> entries) {

    /** A drive with nothing in it. */
    public static final DriveState EMPTY = new DriveState(Seen.NOTHING, new TreeMap<>());

    /**
     * The maps are taken as they are and must not change any more.
     *
     * @throws IllegalArgumentException where a path has no entry, or one whose write is not known
     */
    public DriveState {
        for (SortedMap<Dot, DriveEntry> written : entries.values()) {
            if (written.isEmpty() || !written.keySet().stream().allMatch(seen::contains)) {
                throw new IllegalArgumentException("an entry that was never written");
            }
        }
        entries = Collections.unmodifiableSortedMap(entries);
    }

    /**
     * Begins to change it, as this replica, which writes to no other copy of this state.
     *
     * @param now what the replica's clock says, milliseconds since 1970
     */
    public DriveEdit edit(Replica replica, long now) {
        return new DriveEdit(this, replica, now);
    }

    /** What one of the two knows, without what either has replaced or removed. */
    public DriveState merge(DriveState other) {
        var both = new TreeMap<String, SortedMap<Dot, DriveEntry>>();
        entries.forEach((path, written) -> keep(both, path, written, other));
        other.entries.forEach((path, written) -> keep(both, path, written, this));
        return new DriveState(seen.with(other.seen), both);
    }

    /** Adds those entries that the other has as well, or has never seen. */
    private static void keep(SortedMap<String, SortedMap<Dot, DriveEntry>> all, String path,
            SortedMap<Dot, DriveEntry> written, DriveState other) {
        SortedMap<Dot, DriveEntry> there = other.entries.getOrDefault(path, Collections.emptySortedMap());
        written.forEach((dot, entry) -> {
            if (there.containsKey(dot) || !other.seen.contains(dot)) {
                all.computeIfAbsent(path, none -> new TreeMap<>()).put(dot, entry);
            }
        });
    }
}
