// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.StorageException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of pins, on a disk that may be damaged and in a process that may be killed. */
class PinsTest {

    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    private Pins open() throws IOException {
        return new Pins(folder.resolve("pins"));
    }

    private static Cid root(int number) {
        Multihash hash = Multihash.sha256(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)});
        return number % 2 == 0 ? Cid.v0(hash) : Cid.v1(Cid.RAW, hash);
    }

    @Test
    void pinsAreThereInTheirOrderNowAndAfterReopening() throws IOException {
        Pins pins = open();
        assertTrue(pins.add(root(3)));
        assertTrue(pins.add(root(1)));
        assertTrue(pins.add(root(2)));
        assertFalse(pins.add(root(1)), "pinned twice");
        assertTrue(pins.remove(root(3)));
        assertFalse(pins.remove(root(3)), "unpinned twice");
        assertEquals(List.of(root(1), root(2)), pins.roots());
        assertEquals(List.of(root(1), root(2)), open().roots());
        assertTrue(open().contains(root(2)));
        assertEquals(2, open().size());
    }

    @Test
    void aDamagedListIsPutAsideAndNothingIsSweptUntilTheUserHasSeenToIt() throws IOException {
        open().add(root(1));
        Path file = folder.resolve("pins");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Pins pins = open();
        assertEquals(List.of(), pins.roots());
        StorageException e = assertThrows(StorageException.class, pins::checkWhole);
        assertTrue(e.getMessage().contains("pins.damaged-"), e::getMessage);
        pins.add(root(2));
        assertThrows(StorageException.class, open()::checkWhole);
        try (var files = Files.list(folder)) {
            Path aside = files.filter(f -> f.toString().contains("damaged")).findFirst().orElseThrow();
            assertEquals(bytes.length, Files.size(aside));
            Files.delete(aside);
        }
        open().checkWhole();
        assertEquals(List.of(root(2)), open().roots());
    }

    @Property(tries = 200)
    void anyOtherByteAndAnyCutIsFoundOut(@ForAll int place, @ForAll byte change) throws FormatException {
        byte[] bytes = Pins.toBytes(List.of(root(1), root(2)));
        int at = Math.floorMod(place, bytes.length);
        byte[] cut = new byte[at];
        System.arraycopy(bytes, 0, cut, 0, at);
        assertThrows(FormatException.class, () -> Pins.parse(cut));
        assertEquals(new LinkedHashSet<>(List.of(root(1), root(2))), Pins.parse(bytes));
        if (change != 0) {
            bytes[at] ^= change;
            assertThrows(FormatException.class, () -> Pins.parse(bytes));
        }
    }

    /** A process that pins, and unpins every third, until it is killed. */
    static final class PinningProcess {

        private PinningProcess() {
        }

        /** Never returns. */
        public static void main(String[] arguments) throws IOException {
            Pins pins = new Pins(Path.of(arguments[0]));
            for (int i = Integer.parseInt(arguments[1]);; i++) {
                pins.add(root(i));
                System.out.println("add " + i);
                if (i % 3 == 0) {
                    System.out.println("removing " + i);
                    pins.remove(root(i));
                    System.out.println("removed " + i);
                }
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterTheProcessWasKilledAgainAndAgain() throws Exception {
        List<String> said = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    PinningProcess.class.getName(), folder.resolve("pins").toString(), Integer.toString(kill * 10_000))
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                for (int i = 0; i < 7 + 13 * kill; i++) {
                    said.add(out.readLine());
                }
                process.toHandle().destroyForcibly();
                // What it said before it died counts, too; the last line may be cut off.
                out.lines().filter(line -> line.matches("[a-z]+ \\d+")).forEach(said::add);
            }
            Pins pins = open();
            pins.checkWhole();
            for (String line : said) {
                Cid root = root(Integer.parseInt(line.split(" ")[1]));
                String number = line.split(" ")[1];
                if (line.startsWith("add") && !said.contains("removing " + number)
                        && Integer.parseInt(number) % 3 != 0) {
                    assertTrue(pins.contains(root), line);
                } else if (line.startsWith("removed")) {
                    assertFalse(pins.contains(root), line);
                }
            }
        }
    }
}
