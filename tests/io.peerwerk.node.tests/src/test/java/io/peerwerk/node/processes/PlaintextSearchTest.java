// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search has to find what it looks for, or its silence says nothing. */
class PlaintextSearchTest {
    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(7);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void aRunOfSixteenIsFoundAtAnyOffsetAndOneOfFifteenIsNot() throws IOException {
        byte[] plaintext = bytes(10_000);
        var search = new PlaintextSearch(plaintext);
        for (int from : new int[] {0, 1, 4_999, plaintext.length - 16}) {
            for (int before : new int[] {0, 1, 70_000}) {
                byte[] file = bytes(before + 16 + 100);
                System.arraycopy(plaintext, from, file, before, 16);
                Files.write(directory.resolve("file"), file);
                assertEquals(1, search.below(directory).size(), from + " " + before);
                file[before + 15] ^= 1;
                Files.write(directory.resolve("file"), file);
                assertEquals(List.of(), search.below(directory), from + " " + before);
            }
        }
    }

    @Test
    void filesShorterThanARunAreNoMatch() throws IOException {
        byte[] plaintext = bytes(100);
        Files.write(directory.resolve("short"), Arrays.copyOf(plaintext, 15));
        Files.createFile(directory.resolve("empty"));
        assertEquals(List.of(), new PlaintextSearch(plaintext).below(directory));
        Files.write(directory.resolve("exact"), Arrays.copyOf(plaintext, 16));
        assertTrue(new PlaintextSearch(plaintext).below(directory).getFirst().contains("exact"));
    }

    @Test
    void aPlaintextOfRepeatingBytesIsNoTrapForTheTable() throws IOException {
        byte[] plaintext = new byte[1 << 20];
        Files.write(directory.resolve("zeros"), new byte[16]);
        assertEquals(1, new PlaintextSearch(plaintext).below(directory).size());
    }
}
