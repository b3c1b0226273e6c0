// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import io.peerwerk.simulator.Distribution;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aLinkHasOneLengthInBothDirectionsAndNoneIsShorterThanTheLeast() {
        var latencies = new Latencies(new Distribution.LogNormal(40, 0.5), 7);
        for (int peer = 1; peer < 2000; peer++) {
            double length = latencies.between(0, peer);
            assertEquals(length, latencies.between(peer, 0));
            assertTrue(Math.round(length) >= latencies.least());
        }
        double mean = IntStream.range(1, 20_000).mapToDouble(peer -> latencies.between(3, peer + 3)).average().orElseThrow();
        assertEquals(40 * Math.exp(0.125), mean, 2, "the mean of the distribution");
    }

    @Test
    void evenWithoutAnyLatencyAMessageTakesAMillisecond() {
        assertEquals(1, new Latencies(new Distribution.Constant(0.0001), 1).least());
        assertEquals(25, new Latencies(new Distribution.Constant(25), 1).least());
    }
}
