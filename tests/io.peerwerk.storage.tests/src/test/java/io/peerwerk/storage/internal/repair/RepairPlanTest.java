// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.internal.repair.RepairPlan.Decision;
import io.peerwerk.storage.internal.repair.RepairPlan.Sight;
import io.peerwerk.storage.internal.repair.RepairPlan.Verdict;
import org.junit.jupiter.api.Test;

class RepairPlanTest {

    private static final Duration DELAY = Duration.ofMinutes(10);
    private static final Duration STEP_IN = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofMinutes(30);
    private static final Cid FILE = Cid.raw(new byte[] {1});
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RepairPlan plan = new RepairPlan(DELAY, STEP_IN, PERIOD);

    private Decision at(Duration time, int weakest, int rank) {
        return plan.judge(FILE, new Sight(weakest, 10, 20, rank), START.plus(time));
    }

    @Test
    void aFileAtTheThresholdIsHealthyAndOneShardBelowItIsWeak() {
        assertEquals(new Decision(Verdict.HEALTHY, START.plus(PERIOD)), at(Duration.ZERO, 20, 0));
        assertEquals(new Decision(Verdict.WAIT, START.plus(DELAY)), at(Duration.ZERO, 19, 0));
    }

    @Test
    void thePeersBehindTheFirstLookLessOften() {
        assertEquals(START.plus(PERIOD.multipliedBy(3)), at(Duration.ZERO, 20, 2).again());
    }

    @Test
    void theFirstPeerRepairsAfterTheDelayAndNotBefore() {
        at(Duration.ZERO, 19, 0);
        assertEquals(Verdict.WAIT, at(DELAY.minusMillis(1), 15, 0).verdict());
        assertEquals(Verdict.REPAIR, at(DELAY, 15, 0).verdict());
    }

    @Test
    void theOthersStepInOneAfterTheOther() {
        at(Duration.ZERO, 19, 2);
        assertEquals(Verdict.WAIT, at(DELAY.plus(STEP_IN), 19, 2).verdict());
        assertEquals(Verdict.REPAIR, at(DELAY.plus(STEP_IN.multipliedBy(2)), 19, 2).verdict());
        assertEquals(START.plus(Duration.ofMinutes(11)), plan.afterChange(2, START, Duration.ofMinutes(1)));
    }

    @Test
    void peersThatComeBackInTimeMakeARepairNeedless() {
        at(Duration.ZERO, 15, 0);
        assertEquals(Verdict.HEALTHY, at(DELAY.minusMillis(1), 25, 0).verdict());
        assertEquals(Verdict.WAIT, at(DELAY, 15, 0).verdict());
        assertEquals(Verdict.REPAIR, at(DELAY.plus(DELAY), 15, 0).verdict());
    }

    @Test
    void aFileThatCannotBeReadWaitsForItsPeersAndIsRepairedWhenEnoughAreBack() {
        at(Duration.ZERO, 9, 0);
        assertEquals(Verdict.OUT_OF_REACH, at(DELAY, 9, 0).verdict());
        assertEquals(Verdict.REPAIR, at(DELAY, 10, 0).verdict());
    }

    @Test
    void aForgottenFileStartsAnew() {
        at(Duration.ZERO, 15, 0);
        plan.forget(FILE);
        assertEquals(Verdict.WAIT, at(DELAY, 15, 0).verdict());
    }
}
