// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole command lines of the simulator; no node is needed. */
class SimCommandTest {
    @TempDir
    Path folder;

    private final SimConsole console = new SimConsole();

    private int run(String... arguments) {
        return console.run(List.of(), arguments);
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    @Test
    void withoutAScenarioItTellsWhichThereAre() {
        assertEquals(0, run("sim"), this::err);
        assertTrue(out().contains("newscast"), this::out);
        assertTrue(out().contains("swim"), this::out);
    }

    @Test
    void aRunShowsRowsAndWhatItCameTo() {
        assertEquals(0, run("sim", "failure", "--peers", "300", "--cycles", "8", "--threads", "2"), this::err);
        assertTrue(out().contains("dead links %"), this::out);
        assertTrue(out().contains("peer-cycles a second"), this::out);
        assertTrue(out().contains("live bytes a peer"), this::out);
    }

    @Test
    void inJsonEachLineIsAnObjectAndTheLastOneTheEnd() {
        assertEquals(0, run("sim", "failure", "--peers", "300", "--cycles", "8", "--seed", "3", "--json"), this::err);
        List<JsonObject> lines = console.objects();
        assertEquals("begin", lines.getFirst().get("event").getAsString());
        assertEquals(3, lines.getFirst().get("seed").getAsLong());
        assertEquals(3, lines.stream().filter(line -> line.get("event").getAsString().equals("row")).count());
        JsonObject end = lines.getLast();
        assertEquals("end", end.get("event").getAsString());
        assertEquals(8 * 300, end.get("turns").getAsLong());
        assertEquals(300, end.get("up").getAsInt());
    }

    @Test
    void aFileOfOnesOwnIsAScenario() throws IOException {
        Path file = folder.resolve("my.sim");
        Files.writeString(file, "protocol = cyclon\nmode = events\npeers = 20\nduration = 5 s\n");
        assertEquals(0, run("sim", file.toString()), this::err);
        assertTrue(out().contains("my: cyclon, 20 peers"), this::out);
        assertTrue(out().contains("events a second"), this::out);
    }

    @Test
    void anErrorInAFileIsToldWithItsLine() throws IOException {
        Path file = folder.resolve("my.sim");
        Files.writeString(file, "protocol = newscast\nsped = 3\n");
        assertEquals(1, run("sim", file.toString()));
        assertTrue(err().contains("my.sim:2: unknown setting 'sped'"), this::err);
    }

    @Test
    void whatIsNoScenarioIsToldInOneLine() {
        assertEquals(1, run("sim", "nothing-of-that-name"));
        assertEquals(1, err().lines().count(), this::err);
        assertTrue(err().contains("newscast"), this::err);
    }

    @Test
    void tooFewPeersAreWrongUsage() {
        assertEquals(2, run("sim", "newscast", "--peers", "1"));
        assertEquals(2, run("sim", "newscast", "--threads", "0"));
    }

    @Test
    void aPictureIsDrawnAndOfAnotherKindRefused() {
        Path file = folder.resolve("a.svg");
        assertEquals(0, run("sim", "newscast", "--peers", "100", "--cycles", "5", "--plot", file.toString()), this::err);
        assertTrue(Files.exists(file));
        assertEquals(1, run("sim", "newscast", "--peers", "100", "--plot", folder.resolve("a.gif").toString()));
    }
}
