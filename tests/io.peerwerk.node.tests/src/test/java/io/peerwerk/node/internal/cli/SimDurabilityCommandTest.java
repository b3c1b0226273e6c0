// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerwerk.node.internal.text.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole command lines of the durability model; no node is needed. */
class SimDurabilityCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        var around = new Surroundings(stream(out), stream(err), Terminal.none(), "0.1.0",
                SimDurabilityCommandTest::nothing, SimDurabilityCommandTest::nothing, SimDurabilityCommandTest::nothing,
                () -> { });
        String[] all = new String[arguments.length + 2];
        all[0] = "sim";
        all[1] = "durability";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new CommandLineProgram(around).run(all);
    }

    private static <T> T nothing() throws IOException {
        throw new IOException("nothing here");
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

    private List<JsonObject> rows(String event) {
        return out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line -> line.get("event").getAsString().equals(event)).toList();
    }

    @Test
    void theUsualCodesAreToldWithoutAWord() {
        assertEquals(0, run("--peers", "10000000"), this::err);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("29/80") && line.contains("4.8e-3")), this::out);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("16/64") && line.contains("1.2e-5")), this::out);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("10/30") && line.contains("0.021")), this::out);
    }

    @Test
    void aTargetGetsItsPlanAndItsPromise() {
        assertEquals(0, run("--target", "standard", "--size", "1GB", "--peers", "500", "--json"), this::err);
        JsonObject plan = rows("plan").getFirst();
        assertTrue(plan.get("kept").getAsBoolean(), this::out);
        assertFalse(plan.has("warning"), this::out);
        assertTrue(plan.get("lossIfHalfVanish").getAsDouble() <= 1e-6, this::out);
        assertEquals(plan.get("shards"), rows("row").getFirst().get("shards"));
    }

    @Test
    void whatCannotBePromisedIsSaid() {
        assertEquals(0, run("--target", "high", "--peers", "3"), this::err);
        assertTrue(out().contains("3 peers that stay for about 30 days cannot promise what was asked"), this::out);
    }

    @Test
    void everyLifetimeIsToldWithEveryRepairTime() {
        assertEquals(0, run("--shards", "4/8", "--lifetime", "5d,10d", "--repair-time", "1h,1d", "--json"), this::err);
        List<Double> losses = rows("row").stream().map(row -> row.get("lossAYear").getAsDouble()).toList();
        assertEquals(4, losses.size());
        assertTrue(losses.get(0) < losses.get(1) && losses.get(2) < losses.get(0) && losses.get(3) < losses.get(1), this::out);
    }

    @Test
    void whatIsSimulatedStandsBesideTheModelWithItsError() {
        assertEquals(0, run("--shards", "4/8", "--repair-below", "7", "--lifetime", "30d", "--repair-time", "2d",
                "--simulate", "2000", "--seed", "5", "--json"), this::err);
        JsonObject seen = rows("simulated").getFirst();
        assertEquals(5, seen.get("seed").getAsLong());
        assertEquals(2000, seen.get("groups").getAsInt());
        double error = seen.get("standardError").getAsDouble();
        assertEquals(seen.get("model").getAsDouble(), seen.get("loss").getAsDouble(), 5 * error, this::out);
        assertEquals(7, rows("row").getFirst().get("repairBelow").getAsInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--shards=30/10", "--gone=101%", "--gone=x", "--target=best", "--lifetime=3", "--peers=0",
        "--repair-below=5", "--simulate=0", "--size=x", "--repair-time=0s"})
    void whatMakesNoSenseIsWrongUsage(String argument) {
        assertEquals(2, run(argument), this::err);
        assertTrue(out().isEmpty(), this::out);
        assertFalse(err().isEmpty());
    }
}
