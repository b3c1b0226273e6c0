// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** What goes wrong on a disk, and when: decided operation by operation from a seed. Not thread-safe. */
final class Faults {

    /** What can be asked of a disk. */
    enum Operation { READ, WRITE, SYNC, TRUNCATE, CREATE, DELETE, SYNC_FOLDER, REWRITE }

    private final Random random;
    /** One in so many operations fails; 0: none. */
    private final Map<Operation, Integer> oneIn = new EnumMap<>(Operation.class);
    private long untilCrash = Long.MAX_VALUE;

    Faults(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** From now on one in so many operations of this kind fails; 0: none does, 1: all do. */
    void fail(Operation operation, int oneInSoMany) {
        oneIn.put(operation, oneInSoMany);
    }

    /** No operation fails any more. */
    void end() {
        oneIn.clear();
        untilCrash = Long.MAX_VALUE;
    }

    /** The machine stops in the middle of this operation from now, 0 being the next. */
    void crashAfter(long operations) {
        untilCrash = operations;
    }

    /** Whether the machine stops now. */
    boolean crashes() {
        return untilCrash != Long.MAX_VALUE && untilCrash-- <= 0;
    }

    /** Whether this operation fails. */
    boolean strikes(Operation operation) {
        int rate = oneIn.getOrDefault(operation, 0);
        return rate > 0 && random.nextInt(rate) == 0;
    }
}
