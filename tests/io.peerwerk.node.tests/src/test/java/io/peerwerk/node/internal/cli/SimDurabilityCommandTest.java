// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole command lines of the durability model; no node is needed. */
class SimDurabilityCommandTest {

    private final SimConsole console = new SimConsole();

    private int run(String... arguments) {
        return console.run(List.of("sim", "durability"), arguments);
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    private List<JsonObject> rows(String event) {
        return console.objects().stream().filter(line -> line.get("event").getAsString().equals(event)).toList();
    }

    @Test
    void theUsualCodesAreToldWithoutAWord() {
        assertEquals(0, run("--peers", "10000000"), this::err);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("29/80") && line.contains("4.8e-3")), this::out);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("16/64") && line.contains("1.2e-5")), this::out);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("10/30") && line.contains("0.021")), this::out);
    }

    @Test
    void whenAllVanishAllIsLost() {
        assertEquals(0, run("--gone", "100%", "--shards", "10/30"), this::err);
        assertTrue(out().contains("100 % vanish at once"), this::out);
        assertTrue(out().lines().anyMatch(line -> line.matches("10/30 .* 1 +1 +\\S+")), this::out);
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
