// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final Terminal TERMINAL = new Terminal(true, true, true, 80);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Output output(Terminal terminal, boolean json) {
        return new Output(stream(out), stream(err), terminal, json);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void seconds(double seconds) {
        nanos.set((long) (seconds * 1e9));
    }

    @Test
    void inJsonModeOnlyJsonReachesStandardOutput() {
        Output output = output(Terminal.none(), true);
        output.say("for people");
        output.note("a remark");
        output.say(new TextTable("a").row("b"));
        output.json(JsonLine.event("stored").with("bytes", 5));
        assertEquals("{\"event\":\"stored\",\"bytes\":5}" + System.lineSeparator(), out());
        assertEquals("", err());
    }

    @Test
    void forPeopleResultsGoToStandardOutputAndRemarksToStandardError() {
        Output output = output(Terminal.none(), false);
        output.say("result");
        output.note("remark");
        output.json(JsonLine.event("stored"));
        assertEquals("result" + System.lineSeparator(), out());
        assertEquals("remark" + System.lineSeparator(), err());
    }

    @Test
    void coloursAppearOnATerminalOnly() {
        assertEquals("ok", output(Terminal.none(), false).good("ok"));
        assertEquals("\u001b[32mok\u001b[0m", output(TERMINAL, false).good("ok"));
    }

    @Test
    void columnsAreAlignedAndNumbersStandRight() {
        var table = new TextTable("PEER", ">SHARDS", "x").row("a", "480", "").row("longer", "5", "y");
        assertEquals(List.of("PEER     SHARDS   x", "a           480", "longer        5   y"), table.lines());
        assertThrows(IllegalArgumentException.class, () -> table.row("too few"));
    }

    @Test
    void aJsonLineEscapesWhatWouldBreakItAndLeavesOutWhatIsAbsent() {
        String line = JsonLine.object().with("name", "a\"b\n<ü>").with("gone", (String) null).with("seconds", 1.23456)
                .with("list", List.of("x")).with("map", Map.of("k", 1)).with("yes", true).toString();
        assertFalse(line.contains("\n"));
        assertEquals("{\"name\":\"a\\\"b\\n<ü>\",\"seconds\":1.235,\"list\":[\"x\"],\"map\":{\"k\":1},\"yes\":true}",
                line);
        assertEquals("a\"b\n<ü>", JsonParser.parseString(line).getAsJsonObject().get("name").getAsString());
    }

    @Test
    void onATerminalTheBarMovesAndVanishes() {
        Output output = output(TERMINAL, false);
        try (var bar = new ProgressBar(output, nanos::get)) {
            seconds(0.05);
            bar.update(1, 100, "storing");
            assertEquals("", err(), "not redrawn that often");
            seconds(1);
            bar.update(50_000_000, 100_000_000, "storing");
        }
        output.say("done");
        assertTrue(err().contains("storing    ████████████░░░░░░░░░░░░  50 %  50.0 MB  50.0 MB/s  1.00 s left"), err());
        assertTrue(err().endsWith("\r\u001b[K"), "the bar is wiped");
        assertEquals("done" + System.lineSeparator(), out());
    }

    @Test
    void elsewhereALineComesNowAndThen() {
        try (var bar = new ProgressBar(output(Terminal.none(), false), nanos::get)) {
            for (int second = 1; second <= 7; second++) {
                seconds(second);
                bar.update(second * 10_000_000L, 100_000_000, "fetching");
            }
        }
        assertEquals(List.of("fetching    30 %  30.0 MB  10.0 MB/s  7.00 s left",
                "fetching    60 %  60.0 MB  10.0 MB/s  4.00 s left"), err().lines().toList());
    }

    @Test
    void progressOfAnUnknownTotalOrBeyondItDoesNoHarm() {
        try (var bar = new ProgressBar(output(Terminal.none(), false), nanos::get)) {
            seconds(4);
            bar.update(5_000_000, 0, "reading");
            seconds(8);
            bar.update(200, 100, "reading");
            seconds(12);
            bar.update(0, 0, "reading");
        }
        assertEquals(3, err().lines().count());
        assertTrue(err().contains("100 %"));
    }

    @Test
    void inJsonModeThereIsNoProgress() {
        try (var bar = new ProgressBar(output(TERMINAL, true), nanos::get)) {
            seconds(9);
            bar.update(1, 2, "storing");
        }
        assertEquals("", out() + err());
    }

    @Test
    void aDumbTerminalGetsNoEscapes() {
        assertFalse(Terminal.detect(Map.of("TERM", "dumb")).err());
        assertFalse(Terminal.detect(Map.of("NO_COLOR", "1")).colours());
        assertEquals(80, Terminal.detect(Map.of("COLUMNS", "wide")).columns());
        assertEquals(40, Terminal.detect(Map.of("COLUMNS", "3")).columns());
    }
}
