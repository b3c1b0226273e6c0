// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

import java.util.Arrays;

/** Which peers there are and which of them are up. Changes between two cycles only; a bit a peer. */
public final class Population {

    private long[] up;
    private int capacity;
    private int known;
    private int upCount;

    /** @param capacity peers there will ever be as far as is known, those that are gone included */
    public Population(int capacity) {
        this.capacity = capacity;
        this.up = new long[(capacity + 63) / 64];
    }

    public int capacity() {
        return capacity;
    }

    /** How many peers there have ever been: numbers 0 to this - 1. */
    public int known() {
        return known;
    }

    public int up() {
        return upCount;
    }

    public boolean isUp(int peer) {
        return (up[peer >>> 6] >>> (peer & 63) & 1) != 0;
    }

    /** The number of one more peer, which is up. */
    public int join() {
        if (known == capacity) {
            capacity = Math.multiplyExact(capacity, 2);
            up = Arrays.copyOf(up, (capacity + 63) / 64);
        }
        int peer = known++;
        up[peer >>> 6] |= 1L << (peer & 63);
        upCount++;
        return peer;
    }

    public void crash(int peer) {
        if (isUp(peer)) {
            up[peer >>> 6] &= ~(1L << (peer & 63));
            upCount--;
        }
    }

    /** One that is up, each as likely as any other; some must be. */
    public int draw(Draws draws) {
        while (true) {
            int peer = draws.nextInt(known);
            if (isUp(peer)) {
                return peer;
            }
        }
    }
}
