// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.peerwerk.node.internal.control.ControlClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that run full under a node; needs the right to mount a small one, and is skipped without. */
@Tag("processes")
class FullDiskTest {
    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0,
                "skipped: a small file system cannot be mounted here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", "-l", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return process.exitValue();
    }

    @Test
    void aNodeWhoseDiskIsFullTakesNoMoreAndLosesNothing() throws Exception {
        Path small = RandomFiles.write(directory.resolve("small"), 3_000_000, 5);
        Path big = RandomFiles.write(directory.resolve("big"), 60_000_000, 6);
        try (Cluster cluster = Cluster.start(directory, 2);
                TestNode full = TestNode.start(disk.resolve("home"), cluster.joining())) {
            Cluster.awaitAlive(full, 2);
            Cluster.awaitAlive(cluster.node(1), 2);
            try (ControlClient control = cluster.node(1).control(); ControlClient onFull = full.control()) {
                String before = control.put(small, "10/30").uri();
                int held = control.health(before).shardsByHolder().get(full.peer());
                assertTrue(held > 0);
                String after = control.put(big, "10/30").uri();
                assertEquals(held, control.health(before).shardsByHolder().get(full.peer()), "nothing is lost");
                assertEquals(RandomFiles.sha256(big), control.get(after, directory.resolve("copy of big")).sha256());
                // Its own disk has no room for the copy: another one has.
                Path copy = directory.resolve("copy of small");
                assertEquals(RandomFiles.sha256(small), onFull.get(before, copy).sha256());
                assertTrue(onFull.status().modules().contains("storage"));
            }
            assertTrue(full.process().isAlive());
        }
    }

    @Test
    void fetchingToAFullDiskIsOneClearLineAndLeavesNothingBehind() throws Exception {
        Path source = RandomFiles.write(directory.resolve("source"), 30_000_000, 7);
        try (TestNode node = TestNode.start(directory.resolve("home"))) {
            String uri;
            try (ControlClient control = node.control()) {
                uri = control.put(source, "2/3").uri();
            }
            String message = Peerwerk.run("get", uri, "-o", disk.resolve("copy").toString(), "--home",
                    node.home().toString()).failure(1);
            assertTrue(message.contains("the disk is full"), message);
            assertFalse(Files.exists(disk.resolve("copy")));
            try (Stream<Path> files = Files.list(disk)) {
                assertEquals(0, files.count());
            }
            assertTrue(node.process().isAlive());
        }
    }
}
