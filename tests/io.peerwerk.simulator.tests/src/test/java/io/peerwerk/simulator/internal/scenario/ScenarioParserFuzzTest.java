// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.ScenarioException;

class ScenarioParserFuzzTest {

    @FuzzTest
    void anyTextIsAScenarioWithinBoundsOrAnErrorOfOneLine(FuzzedDataProvider data) {
        String trace = data.consumeString(100);
        String text = data.consumeRemainingAsString();
        try {
            Scenario scenario = ScenarioParser.parse("fuzz.sim", text, name -> trace);
            assertTrue(scenario.peers() <= Scenario.MAX_PEERS && scenario.length() > 0);
            double loss = scenario.conditions().loss();
            assertTrue(loss >= 0 && loss <= 1);
        } catch (ScenarioException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
