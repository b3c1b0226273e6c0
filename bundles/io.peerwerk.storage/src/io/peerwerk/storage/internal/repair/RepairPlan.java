// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.multiformats.Cid;

/** Decides from what audits see when a file is to be repaired from here. No clock, no I/O; used by one thread. */
final class RepairPlan {

    /** What to do with a file. */
    enum Verdict {
        /** Strong enough. */
        HEALTHY,
        /** Weak, but it is too early, or another peer's turn. */
        WAIT,
        /** Repair it now. */
        REPAIR,
        /** Weaker than a repair needs: only the return of peers helps. */
        OUT_OF_REACH
    }

    /**
     * What an audit means.
     *
     * @param again when to look next, if nothing happens before
     */
    record Decision(Verdict verdict, Instant again) {
    }

    /**
     * What an audit saw.
     *
     * @param weakest reachable shards of the weakest chunk
     * @param needed how many bring a chunk back (k)
     * @param threshold below which a file is weak
     * @param rank this peer's place in the file's order among the reachable peers, 0 for the first
     */
    record Sight(int weakest, int needed, int threshold, int rank) {
    }

    private final Duration repairDelay;
    private final Duration stepIn;
    private final Duration auditPeriod;
    private final Map<Cid, Instant> weakSince = new HashMap<>();

    /**
     * @param repairDelay how long a file must be weak before the first peer repairs it
     * @param stepIn how much longer each further peer waits
     * @param auditPeriod from one audit to the next where nothing happens
     */
    RepairPlan(Duration repairDelay, Duration stepIn, Duration auditPeriod) {
        this.repairDelay = repairDelay;
        this.stepIn = stepIn;
        this.auditPeriod = auditPeriod;
    }

    Decision judge(Cid root, Sight sight, Instant now) {
        // Each further peer looks less often: their audits are there only in case the first one's are not.
        Instant nextPeriod = now.plus(auditPeriod.multipliedBy(1 + sight.rank()));
        if (sight.weakest() >= sight.threshold()) {
            weakSince.remove(root);
            return new Decision(Verdict.HEALTHY, nextPeriod);
        }
        Instant since = weakSince.computeIfAbsent(root, r -> now);
        if (sight.weakest() < sight.needed()) {
            return new Decision(Verdict.OUT_OF_REACH, nextPeriod);
        }
        Instant due = since.plus(repairDelay).plus(stepIn.multipliedBy(sight.rank()));
        if (now.isBefore(due)) {
            return new Decision(Verdict.WAIT, due);
        }
        return new Decision(Verdict.REPAIR, nextPeriod);
    }

    /** When to look at a file after the membership changed: the first in rank at once, the others later. */
    Instant afterChange(int rank, Instant now, Duration settle) {
        return now.plus(settle).plus(stepIn.multipliedBy(rank));
    }

    void forget(Cid root) {
        weakSince.remove(root);
    }
}
