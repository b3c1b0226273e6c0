// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path temporary;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aNewHomeBelongsToItsOwnerAlone() throws IOException {
        Path path = temporary.resolve("deep/down/home");
        try (Home home = Home.open(path)) {
            assertEquals(path, home.directory());
            assertEquals("rwx------", permissions(path));
            assertEquals("rw-------", permissions(path.resolve("lock")));
            assertEquals(Long.toString(ProcessHandle.current().pid()), Files.readString(path.resolve("lock")));
        }
    }

    @Test
    void anEmptyDirectoryIsMadePrivateAndAUsedOneIsLeftAsItIs() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Path used = Files.createDirectory(temporary.resolve("used"));
        Files.createFile(used.resolve("somebody's file"));
        for (Path path : List.of(empty, used)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            Home.open(path).close();
        }
        assertEquals("rwx------", permissions(empty));
        assertEquals("rwxr-xr-x", permissions(used));
    }

    @Test
    void aClosedHomeCanBeOpenedAgain() throws IOException {
        Home.open(temporary).close();
        Home.open(temporary).close();
    }

    @Test
    void asLongAsAnotherProcessHoldsTheHomeItIsRefusedInOneLineThatNamesHomeAndProcess() throws Exception {
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), HomeHolder.class.getName(), temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertEquals("held", holder.inputReader().readLine());
            String message = assertThrows(IOException.class, () -> Home.open(temporary)).getMessage();
            assertEquals("a node is already running on home " + temporary + " (process " + holder.pid() + ")", message);
        } finally {
            holder.destroyForcibly();
            assertTrue(holder.waitFor(1, TimeUnit.MINUTES));
        }
        Home.open(temporary).close();
    }

    @Test
    void theSameProcessCannotOpenAHomeTwice() throws IOException {
        Home first = Home.open(temporary);
        try (first) {
            assertTrue(assertThrows(IOException.class, () -> Home.open(temporary)).getMessage()
                    .contains(temporary.toString()));
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertEquals("home " + file + " cannot be written: not a directory",
                assertThrows(IOException.class, () -> Home.open(file)).getMessage());
        Path below = file.resolve("home");
        String message = assertThrows(IOException.class, () -> Home.open(below)).getMessage();
        assertTrue(message.startsWith("home " + below + " cannot be written: "), message);
    }

    @Test
    void aHomeInAFileSystemThatTakesNoFilesIsNamed() {
        Path proc = Path.of("/proc/peerwerk");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
        String message = assertThrows(IOException.class, () -> Home.open(proc)).getMessage();
        assertTrue(message.startsWith("home /proc/peerwerk cannot be written: "), message);
    }

    @Test
    void theIdentityIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
        Path file = temporary.resolve("identity");
        PeerId made;
        try (Identity identity = IdentityFile.loadOrCreate(file, new SecureRandom())) {
            made = identity.id();
        }
        assertEquals("rw-------", permissions(file));
        byte[] content = Files.readAllBytes(file);
        try (Identity identity = IdentityFile.loadOrCreate(file, new SecureRandom())) {
            assertEquals(made, identity.id());
        }
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void aDamagedIdentityIsReportedAndNeverReplaced() throws IOException {
        Path file = temporary.resolve("identity");
        for (byte[] damaged : new byte[][] {{}, {1, 2, 3}, new byte[100_000]}) {
            Files.write(file, damaged);
            String message = assertThrows(IOException.class,
                    () -> IdentityFile.loadOrCreate(file, new SecureRandom())).getMessage();
            assertTrue(message.contains(file.toString()), message);
            assertArrayEquals(damaged, Files.readAllBytes(file));
        }
    }

    @Test
    void replacingAFileLeavesNoTemporaryFileEvenAfterACrashInTheMiddle() throws IOException {
        Path file = temporary.resolve("settings");
        Files.writeString(temporary.resolve("settings.new"), "half of what a crashed proce");
        PrivateFiles.replace(file, new byte[] {1});
        PrivateFiles.replace(file, new byte[] {2, 3});
        assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(file));
        try (var files = Files.list(temporary)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aSmallFileIsReadUpToItsLimitAndNotBeyond() throws IOException {
        Path file = Files.write(temporary.resolve("file"), new byte[10]);
        assertEquals(10, PrivateFiles.read(file, 10).length);
        assertThrows(IOException.class, () -> PrivateFiles.read(file, 9));
        assertFalse(Files.exists(temporary.resolve("file.new")));
    }
}
