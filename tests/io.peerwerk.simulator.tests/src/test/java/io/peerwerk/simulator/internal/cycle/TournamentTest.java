// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TournamentTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 20, 31, 32})
    void everyRegionMeetsEveryOtherAndItselfOnceAndNoneTwiceInARound(int regions) {
        var tournament = new Tournament(regions);
        var met = new HashSet<String>();
        for (int round = 0; round < tournament.rounds(); round++) {
            var busy = new HashSet<Integer>();
            for (int date = 0; date < tournament.dates(round); date++) {
                int one = tournament.first(round, date);
                int other = tournament.second(round, date);
                if (Math.max(one, other) < regions) {
                    assertTrue(busy.add(one), "region " + one + " twice in round " + round);
                    assertTrue(one == other || busy.add(other), "region " + other + " twice in round " + round);
                    assertTrue(met.add(Math.min(one, other) + "-" + Math.max(one, other)));
                }
            }
        }
        assertEquals(regions * (regions + 1) / 2, met.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 10_000, 8192, 8193, 1_000_000, 1 << 24})
    void everyPeerIsInOneRegion(int peers) {
        var regions = new Regions(peers);
        assertTrue(regions.count() <= 32);
        int end = 0;
        for (int region = 0; region < regions.count(); region++) {
            assertEquals(end, regions.start(region));
            end = regions.end(region);
            assertTrue(end > regions.start(region));
            assertEquals(region, regions.of(regions.start(region)));
            assertEquals(region, regions.of(end - 1));
        }
        assertEquals(peers, end);
    }
}
