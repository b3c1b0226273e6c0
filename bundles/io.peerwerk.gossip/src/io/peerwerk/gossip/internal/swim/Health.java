// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import io.peerwerk.gossip.Membership;

/**
 * How well this peer itself is doing (Lifeguard, section IV-A): who misses answers that others should have sent, or is
 * itself taken for dead, is probably slow, and gives others more time and probes less often until it does better.
 */
final class Health {

    /** 0 is well. */
    private int score;

    void better() {
        score = Math.max(0, score - 1);
    }

    void worse(int by) {
        score = Math.min(Membership.WORST_HEALTH, score + by);
    }

    int score() {
        return score;
    }

    long stretch(long millis) {
        return millis * (1 + score);
    }
}
