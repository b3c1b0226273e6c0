// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.peerwerk.storage.internal.drive.DriveEntry.File;
import io.peerwerk.storage.internal.drive.DriveEntry.Folder;

/**
 * The tree that a user sees: one thing at each path, folders above all things, and of writes that met every one. Equal
 * states have equal views. Immutable.
 */
public final class DriveView {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm").withZone(ZoneOffset.UTC);
    /** Bytes that file systems give a name, and what a conflict adds to it. */
    private static final int NAME_CHARACTERS = 160;

    private final SortedMap<String, Shown> shown = new TreeMap<>();

    private DriveView(DriveState state) {
        var losers = new TreeMap<Dot, Map.Entry<String, Shown>>();
        state.entries().forEach((path, written) -> {
            boolean folder = isFolder(state, path, written.values());
            List<Shown> versions = versions(path, written);
            if (folder) {
                shown.put(path, folder(path, written));
            } else {
                shown.put(path, versions.removeFirst());
            }
            versions.forEach(version -> losers.put(version.dots().first(), Map.entry(path, version)));
        });
        new ArrayList<>(shown.keySet()).forEach(this::addParents);
        // In the order of their writes: should two come to the same name, the same one has it everywhere.
        losers.values().forEach(loser -> shown.put(free(loser.getKey(), loser.getValue()), loser.getValue()));
    }

    /** The view of a state. */
    public static DriveView of(DriveState state) {
        return new DriveView(state);
    }

    /** All paths that there are, with {@code /} between names. */
    public SortedMap<String, Shown> all() {
        return Collections.unmodifiableSortedMap(shown);
    }

    /** What stands there. */
    public Optional<Shown> at(String path) {
        return Optional.ofNullable(shown.get(path));
    }

    /** What lies in the folder and below; the empty path is the drive itself. */
    public SortedMap<String, Shown> below(String folder) {
        if (folder.isEmpty()) {
            return all();
        }
        // '0' is the character after '/'.
        return Collections.unmodifiableSortedMap(shown.subMap(folder + "/", folder + "0"));
    }

    private static boolean isFolder(DriveState state, String path, Iterable<DriveEntry> here) {
        for (DriveEntry entry : here) {
            if (entry instanceof Folder) {
                return true;
            }
        }
        return !state.entries().subMap(path + "/", path + "0").isEmpty();
    }

    private static Shown folder(String path, SortedMap<Dot, DriveEntry> written) {
        var dots = new TreeSet<Dot>();
        long modified = 0;
        for (Map.Entry<Dot, DriveEntry> each : written.entrySet()) {
            if (each.getValue() instanceof Folder mark) {
                dots.add(each.getKey());
                modified = Math.max(modified, mark.modified());
            }
        }
        return new Shown(new Folder(modified), path, dots);
    }

    /** The files written there, equal ones together, the latest first. */
    private static List<Shown> versions(String path, SortedMap<Dot, DriveEntry> written) {
        var versions = new ArrayList<Shown>();
        written.forEach((dot, entry) -> {
            if (entry instanceof File file) {
                Optional<Shown> same = versions.stream().filter(v -> ((File) v.entry()).isSame(file)).findAny();
                if (same.isPresent()) {
                    same.get().dots().add(dot);
                } else {
                    versions.add(new Shown(entry, path, new TreeSet<>(List.of(dot))));
                }
            }
        });
        versions.sort(Comparator.comparing((Shown version) -> version.dots().last(), Dot.LATEST_FIRST));
        return versions;
    }

    private void addParents(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String parent = path.substring(0, slash);
            if (shown.putIfAbsent(parent, new Shown(new Folder(0), parent, new TreeSet<>())) != null) {
                return;
            }
        }
    }

    /** A name beside the contested one: when and where it was written is in it, so that it stays the same. */
    private String free(String path, Shown version) {
        int name = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        String stem = dot > name ? path.substring(name, dot) : path.substring(name);
        String end = dot > name ? path.substring(dot) : "";
        String which = " (conflict " + DAY.format(Instant.ofEpochMilli(version.entry().modified())) + " "
                + version.dots().first().replica().toString().substring(0, 8) + ")";
        String beside = path.substring(0, name) + shortened(stem) + which + shortened(end);
        while (shown.containsKey(beside)) {
            beside += "~";
        }
        return beside;
    }

    /** Room for what is added; never half a character. */
    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= NAME_CHARACTERS / 4 ? text
                : text.substring(0, text.offsetByCodePoints(0, NAME_CHARACTERS / 4));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DriveView that && shown.equals(that.shown);
    }

    @Override
    public int hashCode() {
        return shown.hashCode();
    }

    @Override
    public String toString() {
        return "DriveView" + shown.keySet();
    }
}
