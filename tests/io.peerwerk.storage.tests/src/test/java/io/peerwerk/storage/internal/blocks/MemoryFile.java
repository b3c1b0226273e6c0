// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * A file as an operating system keeps it: the bytes that everybody sees, in the page cache, and those that the medium
 * holds. A sector is whole or not there; which of the sectors that were written since the last fsync reach the medium,
 * and in which order, nobody can say.
 */
final class MemoryFile {

    private static final int SECTOR = 512;
    private static final int SECTORS_OF_A_PAGE = 8;

    /** How a power failure tears what was not synced. */
    private enum Tear { NOTHING_WRITTEN, ALL_WRITTEN, A_PREFIX, ANY_SECTORS, ANY_PAGES }

    private byte[] cached = new byte[0];
    private byte[] medium = new byte[0];
    /** Sectors that the cache will write. After a failed fsync it takes those for written that never were. */
    private final BitSet dirty = new BitSet();
    /** Whether the name is on the medium. */
    boolean named;

    /** A file that is on the medium. */
    static MemoryFile of(byte[] content) {
        MemoryFile file = new MemoryFile();
        file.cached = content.clone();
        file.medium = content.clone();
        file.named = true;
        return file;
    }

    byte[] content() {
        return cached;
    }

    int size() {
        return cached.length;
    }

    void append(byte[] bytes) {
        int at = cached.length;
        cached = Arrays.copyOf(cached, at + bytes.length);
        System.arraycopy(bytes, 0, cached, at, bytes.length);
        touch(at, cached.length);
    }

    /** Marks bytes as written. */
    void touch(int from, int to) {
        if (to > from) {
            dirty.set(from / SECTOR, (to - 1) / SECTOR + 1);
        }
    }

    void truncate(int length) {
        cached = Arrays.copyOf(cached, length);
        dirty.clear((length + SECTOR - 1) / SECTOR, Integer.MAX_VALUE);
    }

    void sync() {
        medium = written(medium, dirty, cached.length);
        dirty.clear();
    }

    /**
     * An fsync that fails: some sectors were written, and the cache forgets that the others were not. Or it does
     * remember, as some systems do.
     */
    void syncAndFail(Random random) {
        BitSet some = someOf(random, 1);
        medium = written(medium, some, random.nextBoolean() ? cached.length : Math.min(medium.length, cached.length));
        if (random.nextInt(4) > 0) {
            dirty.clear();
        }
    }

    /** What the medium holds after a power failure. */
    MemoryFile afterPowerFailure(Random random) {
        int shorter = Math.min(medium.length, cached.length);
        int longer = Math.max(medium.length, cached.length);
        int between = shorter + random.nextInt(longer - shorter + 1);
        return MemoryFile.of(switch (Tear.values()[random.nextInt(Tear.values().length)]) {
            case NOTHING_WRITTEN -> medium;
            case ALL_WRITTEN -> written(medium, dirty, cached.length);
            case A_PREFIX -> written(medium, dirty, between);
            case ANY_SECTORS -> written(medium, someOf(random, 1), random.nextBoolean() ? between : cached.length);
            case ANY_PAGES -> written(medium, someOf(random, SECTORS_OF_A_PAGE), cached.length);
        });
    }

    private BitSet someOf(Random random, int sectorsAtOnce) {
        BitSet some = new BitSet();
        for (int from = 0; from < dirty.length(); from += sectorsAtOnce) {
            if (random.nextBoolean()) {
                some.set(from, from + sectorsAtOnce);
            }
        }
        some.and(dirty);
        return some;
    }

    /** The medium with these sectors of the cache written, at this length; what was never written is zeros. */
    private byte[] written(byte[] before, BitSet sectors, int length) {
        byte[] after = Arrays.copyOf(before, length);
        for (int s = sectors.nextSetBit(0); s >= 0; s = sectors.nextSetBit(s + 1)) {
            int from = s * SECTOR;
            int to = Math.min(Math.min(from + SECTOR, cached.length), length);
            if (to > from) {
                System.arraycopy(cached, from, after, from, to - from);
            }
        }
        return after;
    }
}
