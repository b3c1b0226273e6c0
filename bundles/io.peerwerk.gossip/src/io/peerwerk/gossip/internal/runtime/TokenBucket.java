// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

/** So many at once, and so many a second in the long run. Not thread-safe. */
final class TokenBucket {

    private final double perMilli;
    private final double burst;
    private double tokens;
    private long last;

    TokenBucket(double perSecond, double burst, long nowMillis) {
        this.perMilli = perSecond / 1000;
        this.burst = burst;
        this.tokens = burst;
        this.last = nowMillis;
    }

    /** Whether one more is within the limit. A clock that is set back gives nothing and takes nothing. */
    boolean take(long nowMillis) {
        tokens = Math.min(burst, tokens + Math.max(0, nowMillis - last) * perMilli);
        last = nowMillis;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
