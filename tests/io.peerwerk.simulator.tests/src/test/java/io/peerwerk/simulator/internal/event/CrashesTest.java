// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CrashesTest {

    @Test
    void theFirstFinderCountsInWhateverOrderTheyAreTold() {
        var crashes = new Crashes();
        assertTrue(Double.isNaN(crashes.firstAfter()));
        crashes.crashed(200, 1000);
        crashes.crashed(3, 2000);
        crashes.found(200, 9000);
        crashes.found(200, 5000);
        assertEquals(4000, crashes.firstAfter());
        crashes.found(3, 4000);
        assertEquals(3000, crashes.firstAfter());
    }

    @Test
    void theShareIsOfThoseWhoWatchedCrashesThatAreOldEnough() {
        var crashes = new Crashes();
        int[] unaware = new int[20];
        assertTrue(Double.isNaN(crashes.share(unaware, 10_000)));
        crashes.crashed(5, 1000);
        crashes.found(5, 2000);
        crashes.found(5, 3000);
        crashes.found(5, 3000);
        unaware[5] = 1;
        crashes.crashed(6, 8000);
        unaware[6] = 10;
        assertEquals(75, crashes.share(unaware, 7999));
        assertEquals(100.0 * 3 / 14, crashes.share(unaware, 8000));
    }
}
