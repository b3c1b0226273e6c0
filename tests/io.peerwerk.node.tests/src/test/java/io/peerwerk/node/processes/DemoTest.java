// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    @Test
    void theStorageBenchmarkMeasuresTheErasureCodeAndTheBlockStores() throws Exception {
        List<JsonObject> lines = Peerwerk.run("bench", "storage", "--only", "coding,blocks", "--rounds", "1", "--blocks",
                "64", "--foreign", directory.toString(), "--json").json();
        assertEquals(4, events(lines, "coding").count());
        assertTrue(events(lines, "coding").allMatch(line -> line.get("gbPerSecond").getAsDouble() > 0
                && line.get("plainRatio").getAsDouble() > 0), lines::toString);
        assertEquals(Set.of("log", "mvstore"), events(lines, "blocks").map(line -> line.get("store").getAsString())
                .collect(Collectors.toSet()), "the block stores of the product");
        assertTrue(events(lines, "blocks").allMatch(line -> line.get("putsPerSecond").getAsDouble() > 0
                && line.get("getsPerSecond").getAsDouble() > 0), lines::toString);
        assertEquals(10, lines.size());
    }

    @Test
    void theStorageBenchmarkLooksAtTheHeapWhileAFileIsPutAndGot() throws Exception {
        List<JsonObject> lines = Peerwerk.run("bench", "storage", "--only", "heap", "--heap-sizes", "2MB", "--json")
                .json();
        assertEquals(1, lines.size());
        JsonObject heap = lines.getFirst();
        assertEquals(2_000_000, heap.get("bytes").getAsLong());
        for (String figure : List.of("puttingHeapBytes", "gettingHeapBytes", "looked")) {
            assertTrue(heap.get(figure).getAsLong() > 0, heap::toString);
        }
    }

    @Test
    void theStorageBenchmarkSetsPutBesideItsSlowestStage() throws Exception {
        List<JsonObject> lines = Peerwerk.run("bench", "storage", "--only", "transfer", "--size", "4MB", "--nodes", "2",
                "--rounds", "1", "--foreign", directory.toString(), "--json").json();
        assertTrue(events(lines, "row").anyMatch(line -> line.get("what").getAsString().startsWith("cp")));
        JsonObject transfer = lines.getLast();
        assertEquals("transfer", transfer.get("event").getAsString());
        assertTrue(transfer.get("putOfSlowestStage").getAsDouble() > 0, transfer::toString);
        assertFalse(transfer.has("getOfHelia"), "no Helia is there");
    }

    private static Stream<JsonObject> events(List<JsonObject> lines, String event) {
        return lines.stream().filter(line -> line.get("event").getAsString().equals(event));
    }
}
