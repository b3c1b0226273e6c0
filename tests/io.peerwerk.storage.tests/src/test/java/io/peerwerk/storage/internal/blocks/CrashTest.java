// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

/** The log on machines that stop at any operation, on disks that do what bad disks do. */
class CrashTest {

    private static final int MACHINES = 100;
    private static final int CRASHES = 10;
    /** Replays the machine whose seed a failure names. */
    private static final Long SEED = Long.getLong("peerwerk.crash.seed");

    @Test
    void afterEachOfAThousandCrashesEveryAcknowledgedBlockIsThereAndRight() throws IOException {
        long first = SEED != null ? SEED : System.nanoTime();
        int acknowledged = 0;
        int failed = 0;
        for (long seed = first; seed < first + (SEED != null ? 1 : MACHINES); seed++) {
            CrashedMachine machine = new CrashedMachine(seed);
            for (int crash = 0; crash < CRASHES; crash++) {
                machine.liveOnce();
            }
            acknowledged += machine.acknowledged();
            failed += machine.failed();
        }
        String load = "seeds from " + first + ": " + acknowledged + " calls were acknowledged, " + failed + " failed";
        System.out.println(load);
        // Else it would show nothing.
        assertTrue(acknowledged > CRASHES && failed > 0, load);
    }
}
