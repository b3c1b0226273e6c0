// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.limits;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what is held at one place, and takes no more than its limit allows. */
final class Scope {

    private final String name;
    private volatile Limit limit;
    private final AtomicLong memory = new AtomicLong();
    private final int[] counts = new int[Kind.values().length];
    private int users;

    Scope(String name, Limit limit) {
        this.name = name;
        this.limit = limit;
    }

    // ---- memory

    boolean add(long bytes, Priority priority) {
        long most = priority.of(limit.memory());
        long before = memory.get();
        while (before + bytes <= most) {
            if (memory.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = memory.get();
        }
        return false;
    }

    void remove(long bytes) {
        memory.addAndGet(-bytes);
    }

    long memory() {
        return memory.get();
    }

    // ---- the rest

    synchronized boolean add(Kind kind, int amount) {
        int sum = counts[kind.ordinal()] + amount;
        int both = kind == kind.other() ? sum : sum + counts[kind.other().ordinal()];
        if (sum > limit.of(kind) || both > limit.ofBoth(kind)) {
            return false;
        }
        counts[kind.ordinal()] = sum;
        return true;
    }

    synchronized void remove(Kind kind, int amount) {
        counts[kind.ordinal()] -= amount;
    }

    synchronized int count(Kind kind) {
        return counts[kind.ordinal()];
    }

    // ---- how many leases keep it in its table; guarded by the table

    void use() {
        users++;
    }

    boolean release() {
        return --users == 0;
    }

    /** Another limit from now on; what is held already stays. */
    void limit(Limit other) {
        limit = other;
    }

    @Override
    public String toString() {
        return name;
    }
}
