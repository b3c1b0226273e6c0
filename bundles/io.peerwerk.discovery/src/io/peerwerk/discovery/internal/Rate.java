// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal;

/**
 * So many at once, and one more each time a pause has passed. Times are milliseconds of any clock that only goes
 * forward. Not thread-safe.
 */
public final class Rate {

    private final long burst;
    private final long pause;
    private long paid;

    /**
     * @param burst so many at once
     * @param pause milliseconds after which one more is free
     */
    public Rate(int burst, long pause, long now) {
        this.burst = burst * pause;
        this.pause = pause;
        this.paid = now;
    }

    /** Whether one more is within the limit. */
    public boolean take(long now) {
        long next = Math.max(paid, now) + pause;
        boolean within = next - now <= burst;
        paid = within ? next : paid;
        return within;
    }
}
