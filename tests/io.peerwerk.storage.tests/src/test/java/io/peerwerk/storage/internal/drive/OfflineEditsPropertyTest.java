// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;

/** Two machines of one user, each with a real folder, are edited for an hour without each other, and come together. */
class OfflineEditsPropertyTest {

    private static final long HOUR = 3_600_000;
    private static final List<String> NAMES = List.of("a", "b", "a/b", "a/c", "a/b/c", "c.txt", "d/e.txt", "d/ü");

    private final List<Path> folders = new ArrayList<>();
    private final Set<String> written = new TreeSet<>();
    private final Set<String> gone = new HashSet<>();

    @AfterTry
    void clean() throws IOException {
        for (Path folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        folders.clear();
        written.clear();
        gone.clear();
    }

    private TestMachine machine(TestMachine like, long replica, long now) throws IOException {
        Path folder = Files.createTempDirectory("drive");
        folders.add(folder);
        return new TestMachine(folder, like == null ? TestMachine.store() : like.contents(), replica, now);
    }

    private static void meet(TestMachine one, TestMachine other) throws IOException {
        for (int i = 0; i < 3; i++) {
            one.collect();
            other.collect();
            one.hear(other);
            other.hear(one);
            one.apply();
            other.apply();
        }
    }

    /** A user writes, makes folders, removes and renames; the machine looks at its folder now and then. */
    private void anHour(TestMachine machine, Random random, boolean renames) throws IOException {
        long end = machine.now + HOUR;
        while (machine.now < end) {
            machine.now += random.nextInt(600_000);
            String name = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(renames ? 6 : 5)) {
                case 0, 1 -> write(machine, name);
                case 2 -> remove(machine, machine.any(random));
                case 3 -> {
                    if (isFree(machine, name)) {
                        Files.createDirectories(machine.path(name));
                    }
                }
                case 4 -> machine.collect();
                default -> rename(machine, machine.any(random), name);
            }
        }
    }

    private void write(TestMachine machine, String name) throws IOException {
        if (Files.isDirectory(machine.path(name))) {
            remove(machine, name);
        }
        if (isFree(machine, name) || Files.isRegularFile(machine.path(name))) {
            if (Files.exists(machine.path(name))) {
                gone.add(Files.readString(machine.path(name)));
            }
            String text = "text " + written.size();
            written.add(text);
            machine.write(name, text);
        }
    }

    private void remove(TestMachine machine, String name) throws IOException {
        if (!name.isEmpty()) {
            machine.tree().forEach((path, text) -> {
                if (text != null && (path + "/").startsWith(name + "/")) {
                    gone.add(text);
                }
            });
            machine.remove(name);
        }
    }

    private static void rename(TestMachine machine, String from, String to) throws IOException {
        if (!from.isEmpty() && isFree(machine, to) && !to.startsWith(from)) {
            Files.createDirectories(machine.path(to).getParent());
            Files.move(machine.path(from), machine.path(to));
        }
    }

    /** Nothing is there, and no file in the way. */
    private static boolean isFree(TestMachine machine, String name) {
        for (Path at = machine.path(name); !at.equals(machine.folder); at = at.getParent()) {
            if (Files.isRegularFile(at)) {
                return false;
            }
        }
        return !Files.exists(machine.path(name));
    }

    private Set<String> texts(TestMachine machine) {
        var texts = new TreeSet<String>();
        machine.tree().values().stream().filter(text -> text != null).forEach(texts::add);
        return texts;
    }

    private void edited(long seed, boolean renames) throws IOException {
        var random = new Random(seed);
        TestMachine one = machine(null, 1, 1_700_000_000_000L);
        TestMachine other = machine(one, 2, 1_700_000_000_000L + random.nextInt(1000) * HOUR);
        for (int day = 0; day < 3; day++) {
            anHour(one, random, renames);
            anHour(other, random, renames);
            meet(one, other);
            assertEquals(one.tree(), other.tree());
            assertEquals(one.state, other.state);
            assertEquals(List.of(), one.left);
            var expected = new TreeSet<>(written);
            expected.removeAll(gone);
            if (renames) {
                assertTrue(texts(one).containsAll(expected), () -> "lost: " + expected + " of " + one.tree());
            } else {
                assertEquals(expected, texts(one));
            }
        }
    }

    @Property(tries = 100)
    void noEditIsLostAndBothAreEqual(@ForAll @LongRange(min = 0) long seed) throws IOException {
        edited(seed, false);
    }

    @Property(tries = 100)
    void noEditIsLostWhereFilesAreRenamedToo(@ForAll @LongRange(min = 0) long seed) throws IOException {
        edited(seed, true);
    }
}
