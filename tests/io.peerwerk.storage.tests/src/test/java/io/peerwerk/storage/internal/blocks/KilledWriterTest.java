// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.StorageException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real process is killed in the middle of its puts, again and again on the same store, {@value #KILLS} times for each
 * seed.
 */
class KilledWriterTest {

    private static final int KILLS = 9;

    @TempDir
    Path folder;

    private enum State { PUT, REMOVING, REMOVED }

    @ParameterizedTest
    @CsvSource({"log, 1", "log, 2", "log, 3", "mvstore, 4"})
    void everyAcknowledgedBlockIsThereAfterTheProcessWasKilled(String kind, long seed) throws Exception {
        Random random = new Random(seed);
        Map<Integer, State> acknowledged = new HashMap<>();
        int first = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int lines = 1 + random.nextInt(300);
            runUntil(lines, kind + " " + seed + " " + first, acknowledged);
            first = acknowledged.keySet().stream().max(Integer::compare).orElse(0) + 1000;
            check(kind, seed, acknowledged);
        }
    }

    private void runUntil(int lines, String arguments, Map<Integer, State> acknowledged) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process writer = new ProcessBuilder(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), CrashingWriter.class.getName(), folder.toString(), arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(writer.getInputStream()))) {
            for (int i = 0; i < lines; i++) {
                note(out.readLine(), acknowledged);
            }
            StorageException e = assertThrows(StorageException.class,
                    () -> CrashingWriter.open(arguments.split(" ")[0], folder));
            assertTrue(e.getMessage().endsWith("is in use by another node"), e::getMessage);
            // Through its handle, as the process object would close the pipe before it is read to the end.
            writer.toHandle().destroyForcibly();
            // What it said before it died counts, too.
            String line = out.readLine();
            while (line != null) {
                note(line, acknowledged);
                line = out.readLine();
            }
        }
        assertTrue(writer.waitFor() != 3, "the writer failed by itself");
    }

    private static void note(String line, Map<Integer, State> acknowledged) {
        assertFalse(line == null, "the writer ended by itself");
        String[] words = line.split(" ");
        // The last line may be cut off.
        if (words.length == 2 && words[1].matches("\\d+")) {
            State state = switch (words[0]) {
                case "put" -> State.PUT;
                case "removing" -> State.REMOVING;
                case "removed" -> State.REMOVED;
                default -> throw new AssertionError(line);
            };
            acknowledged.put(Integer.valueOf(words[1]), state);
        }
    }

    private void check(String kind, long seed, Map<Integer, State> acknowledged) throws IOException {
        try (BlockStore store = CrashingWriter.open(kind, folder)) {
            if (store instanceof LogBlockStore log) {
                assertEquals(0, log.damaged(), "seed " + seed);
            }
            acknowledged.forEach((number, state) -> {
                Cid cid = TestBlocks.block(seed, number, CrashingWriter.bytes(number)).cid();
                String what = "seed " + seed + ", block " + number + " was " + state;
                try {
                    switch (state) {
                        case PUT -> assertTrue(store.get(cid).isPresent(), what);
                        case REMOVED -> assertFalse(store.has(cid), what);
                        case REMOVING -> store.get(cid);
                    }
                } catch (IOException e) {
                    throw new AssertionError(what, e);
                }
            });
        }
    }
}
