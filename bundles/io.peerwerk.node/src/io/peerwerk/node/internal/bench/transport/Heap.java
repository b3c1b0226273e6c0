// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

/** What is on this process's heap. */
final class Heap {

    private static final int COLLECTIONS = 5;

    private Heap() {
    }

    /** Bytes in use, garbage left out. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
