// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The benchmark of churn for a minute; it takes ten for figures. On a busy machine nodes that live for 20 seconds have
 * hardly begun when they are asked, and a minute says little of the heap: what is held here is what no load excuses.
 */
@Tag("processes")
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChurnTest {

    private static final List<String> RESOURCES = List.of("threads", "descriptors");

    @Test
    void whatLivesIsFoundAndTheDeadLeaveNothingBehind() throws Exception {
        Peerwerk.Result run = Peerwerk.run("bench", "churn", "--minutes", "1.2", "--nodes", "6", "--life", "20",
                "--rate", "2", "--seed", "1", "--json");
        String last = run.out().lines().reduce((one, other) -> other).orElseThrow(() -> new AssertionError(run.err()));
        JsonObject result = JsonParser.parseString(last).getAsJsonObject();
        assertEquals("result", result.get("event").getAsString());
        assertTrue(result.get("deaths").getAsInt() > result.get("abrupt").getAsInt(), run.out());
        assertTrue(result.get("abrupt").getAsInt() > 0, run.out());
        int lookups = result.get("lookups").getAsInt();
        assertTrue(lookups > 0, run.out());
        assertTrue(result.get("succeeded").getAsInt() >= 0.9 * lookups, run.out());
        for (String resource : RESOURCES) {
            assertFalse(result.getAsJsonObject(resource).get("leaks").getAsBoolean(), resource + ": " + run.out());
        }
    }
}
