// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/** When what is due next, in steady milliseconds. */
final class Schedule {

    private final SwimOptions options;
    private final RandomGenerator random;

    /** Whom to compare with next; null for anyone. */
    private @Nullable Belief compareWith;

    private long nextPeriod;
    private long nextGossip;
    private long nextComparison;
    private long wakeAt = Long.MAX_VALUE;

    Schedule(SwimOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        this.nextPeriod = random.nextLong(options.period());
        this.nextComparison = jittered(options.syncEvery());
    }

    /** Whether a period begins, which is so long. */
    boolean beginsPeriod(long now, long length) {
        if (now < nextPeriod) {
            return false;
        }
        nextPeriod = now + jittered(length);
        return true;
    }

    /** Whether it is time to compare; the next time is set. */
    boolean beginsComparison(long now) {
        if (now < nextComparison) {
            return false;
        }
        nextComparison = now + jittered(options.syncEvery());
        return true;
    }

    /** Whether it is time to pass on news; the next time is set. */
    boolean beginsGossip(long now) {
        if (now < nextGossip) {
            return false;
        }
        nextGossip = now + options.gossipEvery();
        return true;
    }

    void gossipAt(long time) {
        nextGossip = time;
    }

    /** A comparison by this time at the latest. */
    void compareBy(long time) {
        nextComparison = Math.min(nextComparison, time);
    }

    /** The same, with this member. */
    void compareBy(long time, @Nullable Belief with) {
        compareWith = with;
        compareBy(time);
    }

    /** Whom to compare with; asked once for each comparison. */
    @Nullable
    Belief takeComparison() {
        Belief with = compareWith;
        compareWith = null;
        return with != null && !with.forgotten && with.state.isReachable() ? with : null;
    }

    /**
     * When to wake up; -1 if the timer that runs is right.
     *
     * @param timerIsUsedUp whether none runs
     */
    long wakeAt(boolean hasNews, long nextJudgement, boolean timerIsUsedUp) {
        long next = Math.min(Math.min(nextPeriod, nextComparison), nextJudgement);
        if (hasNews) {
            next = Math.min(next, nextGossip);
        }
        if (!timerIsUsedUp && next == wakeAt) {
            return -1;
        }
        wakeAt = next;
        return next;
    }

    /** Between 90% and 110%, so that the peers do not fall into step. */
    private long jittered(long millis) {
        long tenth = millis / 10;
        return millis - tenth + random.nextLong(2 * tenth + 1);
    }
}
