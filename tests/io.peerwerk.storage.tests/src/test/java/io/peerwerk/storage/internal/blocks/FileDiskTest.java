// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {

    @TempDir
    private Path folder;

    @Test
    void rewritingAFileChangesNothingButTheMarkersThatAreVoid() throws IOException {
        byte[] bytes = new byte[(2 << 20) + 77];
        new Random(5).nextBytes(bytes);
        Path file = folder.resolve("a");
        Files.write(file, bytes);
        try (FileDisk disk = new FileDisk(folder)) {
            disk.rewrite("a", bytes.length, List.of());
            assertArrayEquals(bytes, Files.readAllBytes(file));
            disk.rewrite("a", bytes.length - 10, List.of(100L, 1L << 20));
            Arrays.fill(bytes, 100, 100 + LogFormat.MARKER_BYTES, (byte) 0);
            Arrays.fill(bytes, 1 << 20, (1 << 20) + LogFormat.MARKER_BYTES, (byte) 0);
            assertArrayEquals(bytes, Files.readAllBytes(file));
            assertThrows(EOFException.class, () -> disk.rewrite("a", bytes.length + 1, List.of()));
        }
    }

    @Test
    void foldersThatAreNotThereAreCreated() throws IOException {
        new FileDisk(folder.resolve("a").resolve("b")).close();
        assertTrue(Files.isDirectory(folder.resolve("a/b")));
    }
}
