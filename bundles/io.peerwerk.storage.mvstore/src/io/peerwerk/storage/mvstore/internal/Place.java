// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.mvstore.internal;

/**
 * Where a block is.
 *
 * @param number its key in both maps
 * @param length its bytes
 */
record Place(long number, int length) {

    /** What a block takes in the file beside its bytes, at most: its name, its number, its part in the pages. */
    private static final int BESIDE = 160;

    /** Bytes of the file. */
    long cost() {
        return length + BESIDE;
    }

    static long cost(int length) {
        return new Place(0, length).cost();
    }
}
