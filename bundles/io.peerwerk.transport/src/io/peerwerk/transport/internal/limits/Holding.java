// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

/**
 * The memory of one buffer whose size changes all the time: reserved in steps, so that most changes cost nothing.
 * Guarded by its owner's lock.
 */
public final class Holding {

    /** Small buffers are counted in steps of this size. */
    private static final long SMALL = 4 * 1024;

    /** Larger ones in steps of this, and given back when two of them are free. */
    private static final long STEP = 64 * 1024;

    private final Lease lease;
    private final Priority priority;
    private long reserved;
    private long floor;

    /** @param lease what the memory belongs to */
    public Holding(Lease lease, Priority priority) {
        this.lease = lease;
        this.priority = priority;
    }

    /** The buffer is about to have so many bytes; false if there is no memory for it, and it has to stay as it is. */
    public boolean resize(long bytes) {
        return resize(bytes, priority);
    }

    /** The same with another priority for what it grows by. */
    public boolean resize(long bytes, Priority forGrowth) {
        long wanted = Math.max(floor, rounded(bytes));
        if (wanted > reserved) {
            if (!lease.reserve(wanted - reserved, forGrowth)) {
                return false;
            }
            reserved = wanted;
        } else if (bytes == 0 || reserved - wanted >= 2 * STEP) {
            give(wanted);
        }
        return true;
    }

    /** The buffer may become so many bytes larger than before: they are set aside, if that is possible. */
    public boolean promise(long bytes) {
        long wanted = floor + bytes;
        if (wanted > reserved) {
            if (!lease.reserve(wanted - reserved, Priority.GROWTH)) {
                return false;
            }
            reserved = wanted;
        }
        floor = wanted;
        return true;
    }

    /** No bytes are there and none will come. */
    public void end() {
        floor = 0;
        give(0);
    }

    private void give(long rest) {
        if (reserved > rest) {
            lease.release(reserved - rest);
            reserved = rest;
        }
    }

    private static long rounded(long bytes) {
        long step = bytes <= SMALL ? SMALL : STEP;
        return (bytes + step - 1) / step * step;
    }
}
