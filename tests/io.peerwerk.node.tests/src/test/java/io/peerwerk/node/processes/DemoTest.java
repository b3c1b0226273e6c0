// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration and the benchmark, in small. */
@Tag("processes")
class DemoTest {
    @TempDir
    Path directory;

    @Test
    void theDemoTellsItsPhasesAndEndsWell() throws Exception {
        Path file = RandomFiles.write(directory.resolve("film.mp4"), 20_000_000, 8);
        List<JsonObject> lines = Peerwerk.run("demo", file.toString(), "--json").json();
        assertEquals(List.of("started", "stored", "placed", "locked", "killed", "noticed", "fetched", "repaired",
                "done"), lines.stream().map(line -> line.get("event").getAsString()).toList());
        JsonObject placed = lines.get(2);
        assertEquals(8, placed.getAsJsonObject("holders").size(), "all eight nodes hold shards");
        assertTrue(lines.get(6).get("same").getAsBoolean());
        assertEquals(5, lines.get(7).getAsJsonObject("holders").size());
        assertEquals(30, lines.get(7).get("weakest").getAsInt());
        JsonObject done = lines.getLast();
        assertTrue(done.get("ok").getAsBoolean());
        assertEquals(RandomFiles.sha256(file), done.get("sha256").getAsString());
    }

    @Test
    void theBenchmarkSetsPutAndGetBesideWhatTheMachineCanDo() throws Exception {
        List<JsonObject> rows = Peerwerk.run("bench", "--size", "8MB", "--nodes", "3", "--rounds", "1", "--json")
                .json();
        List<String> names = rows.stream().map(row -> row.get("what").getAsString()).toList();
        for (String expected : List.of("put", "get", "loopback TCP", "ChaCha20-Poly1305", "AES-256-GCM", "SHA-256",
                "Reed-Solomon", "disk")) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(expected)), names::toString);
        }
        assertTrue(rows.stream().allMatch(row -> row.get("mbPerSecond").getAsDouble() > 0), rows::toString);
        assertEquals(1.0, rows.getFirst().get("putRatio").getAsDouble());
    }
}
