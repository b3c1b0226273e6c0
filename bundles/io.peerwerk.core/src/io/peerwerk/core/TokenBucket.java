// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

/**
 * So much at once, and so much a second in the long run: a bucket that fills with tokens at a rate, up to its size, and
 * from which what happens takes some. Time is given in nanoseconds of any origin; a clock that is set back gives
 * nothing and takes nothing. Not safe for use by several threads.
 */
public final class TokenBucket {

    private static final double NANOS = 1e9;

    private double perSecond;
    private double size;
    private double tokens;
    private long last;

    /**
     * A full bucket.
     *
     * @param perSecond tokens that flow in a second; at least zero
     * @param size      tokens at most, which is what can be taken at once
     * @param now       the time
     */
    public TokenBucket(double perSecond, double size, long now) {
        this.perSecond = perSecond;
        this.size = size;
        this.tokens = size;
        this.last = now;
    }

    /** Takes tokens if so many are there; says whether they were. */
    public boolean take(double amount, long now) {
        fill(now);
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    /** Takes tokens whether they are there or not; what is missing has to flow in before others find some. */
    public void spend(double amount, long now) {
        fill(now);
        tokens -= amount;
    }

    /** Puts tokens in, up to the size. */
    public void add(double amount) {
        tokens = Math.min(size, tokens + amount);
    }

    /** The time in nanoseconds until more than none are there; zero if that is now. */
    public long delay(long now) {
        fill(now);
        if (tokens > 0) {
            return 0;
        }
        return perSecond == 0 ? Long.MAX_VALUE : 1 + (long) Math.ceil(-tokens / perSecond * NANOS);
    }

    /** Changes rate and size from now on; what is missing stays missing, up to the new size. */
    public void change(double newPerSecond, double newSize, long now) {
        fill(now);
        perSecond = newPerSecond;
        size = newSize;
        tokens = Math.clamp(tokens, -size, size);
    }

    /** Whether it is full: a bucket that need not be remembered, a fresh one says the same. */
    public boolean isFull(long now) {
        fill(now);
        return tokens >= size;
    }

    private void fill(long now) {
        if (now - last > 0) {
            tokens = Math.min(size, tokens + (now - last) / NANOS * perSecond);
        }
        last = now;
    }
}
