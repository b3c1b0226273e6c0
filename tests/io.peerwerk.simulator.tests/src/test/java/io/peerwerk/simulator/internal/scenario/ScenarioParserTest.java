// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import io.peerwerk.simulator.Conditions.Failure;
import io.peerwerk.simulator.Conditions.Partition;
import io.peerwerk.simulator.Distribution;
import io.peerwerk.simulator.Scenario;
import io.peerwerk.simulator.Scenario.Mode;
import io.peerwerk.simulator.Scenario.Protocol;
import io.peerwerk.simulator.Scenario.Settings;
import io.peerwerk.simulator.Scenario.Start;
import io.peerwerk.simulator.ScenarioException;
import io.peerwerk.simulator.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioParserTest {

    private static Scenario parse(String text) throws ScenarioException {
        return ScenarioParser.parse("dir/my.sim", text, name -> {
            if (name.equals("sessions.txt")) {
                return "# seconds\n1 s\n\n2 min\n";
            }
            throw new IOException("no such file");
        });
    }

    @Test
    void everySettingHasAPlace() throws ScenarioException {
        Scenario scenario = parse("""
                # a comment
                protocol = cyclon       # another one
                mode = events
                peers=500
                duration = 2 min
                observe = 10s
                seed = 7
                view = 30
                period = 500 ms
                start = tree
                latency = uniform 5 ms 50 ms
                jitter = 10%
                loss = 2.5%
                churn = pareto 2 min 1.5
                fail = 70% at 1 min
                fail = 10% at 90 s
                partition = 40% from 30 s to 1 min
                """);
        assertEquals("my", scenario.name());
        assertEquals(Protocol.CYCLON, scenario.protocol());
        assertEquals(Mode.EVENTS, scenario.mode());
        assertEquals(500, scenario.peers());
        assertEquals(120_000, scenario.length());
        assertEquals(10_000, scenario.observeEvery());
        assertEquals(7, scenario.seed());
        assertEquals(new Settings(30, 500, Start.TREE), scenario.settings());
        assertEquals(new Distribution.Uniform(5, 50), scenario.conditions().latency());
        assertEquals(0.1, scenario.conditions().jitter());
        assertEquals(0.025, scenario.conditions().loss());
        assertEquals(new Distribution.Pareto(120_000, 1.5), scenario.conditions().sessions());
        assertEquals(List.of(new Failure(0.7, 60_000), new Failure(0.1, 90_000)), scenario.conditions().failures());
        assertEquals(List.of(new Partition(0.4, 30_000, 60_000)), scenario.conditions().partitions());
    }

    @Test
    void aTraceHasATimeALine() throws ScenarioException {
        Distribution trace = parse("protocol = swim\nmode = events\nchurn = trace sessions.txt").conditions().sessions();
        var random = new java.util.SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            double value = trace.sample(random);
            assertTrue(value == 1000 || value == 120_000, "value " + value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            protocol = newscast;speed = 3         | my.sim:2: unknown setting 'speed'
            protocol = newscast;seed = 1;seed = 2 | my.sim:3: 'seed' is set twice
            protocol                              | my.sim:1: not of the form 'key = value'
            peers = 10                            | my.sim: 'protocol' is not set
            protocol = chord                      | my.sim:1: 'chord' is no protocol: newscast, cyclon, swim
            protocol = newscast;peers = 1         | my.sim:2: peers must be a whole number from 2 to 16777216, not '1'
            protocol = newscast;peers = 16777217  | my.sim:2: peers must be a whole number from 2 to 16777216, not '16777217'
            protocol = newscast;duration = 2 min  | my.sim:2: 'duration' does not go with mode = cycles
            protocol = newscast;latency = constant 2 | my.sim:2: 'latency' does not go with mode = cycles
            protocol = swim;mode = events;cycles = 3 | my.sim:3: 'cycles' does not go with mode = events
            protocol = swim                       | my.sim:1: swim runs with mode = events only
            protocol = newscast;loss = 3          | my.sim:2: loss is a share like 70%, not '3'
            protocol = newscast;loss = 101%       | my.sim:2: loss must be 0% to 100%, not 101%
            protocol = newscast;loss = 1% 2%      | my.sim:2: '2%' is too much
            protocol = newscast;fail = 10%        | my.sim:2: 'at' is missing
            protocol = newscast;fail = 10% in 3   | my.sim:2: 'at' expected, not 'in'
            protocol = newscast;partition = 10% from 5 to 5 | my.sim:2: the partition is over before it begins
            protocol = newscast;churn = normal 3  | my.sim:2: 'normal' is no distribution: constant, uniform, exponential, lognormal, pareto, weibull, trace
            protocol = newscast;churn = trace no.txt | my.sim:2: cannot read the trace no.txt: no such file
            protocol = newscast;churn = pareto 3 1 | my.sim:2: the shape must be above 1.0 and at most 100.0, not 1
            protocol = swim;mode = events;period = 5 ms | my.sim:3: a period is 10 ms to 1 d
            protocol = swim;mode = events;period = 5 years | my.sim:3: 'years' is no unit of time: ms, s, min, h, d
            protocol = swim;mode = events;duration = 0 s | my.sim:3: a simulation must last
            protocol = newscast;watch = 20        | my.sim:1: 'watch' goes with protocol = swim only
            protocol = swim;mode = events;watch = 3 | my.sim:3: watch must be a whole number from 4 to 200, not '3'
            protocol = swim;mode = events;watch = 201 | my.sim:3: watch must be a whole number from 4 to 200, not '201'
            protocol = newscast;observe = 0       | my.sim:2: there may be at most 100000 rows
            """)
    void whatIsWrongIsToldWithItsLine(String text, String message) {
        ScenarioException e = assertThrows(ScenarioException.class, () -> parse(text.replace(';', '\n')));
        assertEquals("dir/" + message, e.getMessage());
    }

    @Test
    void swimPeersWatchAllOthersUnlessTheScenarioSaysHowMany() throws ScenarioException {
        assertEquals(0, parse("protocol = swim\nmode = events").settings().watched());
        assertEquals(4, parse("protocol = swim\nmode = events\nwatch = 4").settings().watched());
        assertEquals(200, parse("protocol = swim\nmode = events\nwatch = 200").settings().watched());
    }

    @Test
    void aTextMayBeSoLongAndNoLonger() throws ScenarioException {
        String text = "protocol = newscast\n#";
        assertEquals(Protocol.NEWSCAST, parse(text + "x".repeat(ScenarioParser.MAX_LENGTH - text.length())).protocol());
        assertThrows(ScenarioException.class,
                () -> parse(text + "x".repeat(ScenarioParser.MAX_LENGTH + 1 - text.length())));
    }

    static List<String> shipped() {
        return Scenarios.names();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theScenariosThatComeWithTheSimulatorAreScenarios(String name) throws IOException {
        assertEquals(name, Scenarios.load(name).name());
        assertTrue(Scenarios.text(name).startsWith("# "), "a first line that says what it is");
    }
}
