// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for runs of 16 bytes of a plaintext in files: every window of 16 bytes of the plaintext, at whatever offset,
 * against every window of each file, by a rolling hash over 64 bits whose hits are compared byte by byte.
 */
final class PlaintextSearch {
    static final int RUN = 16;
    private static final int BUFFER = 1 << 16;
    private static final long BASE = 0x9E3779B97F4A7C15L | 1;
    private static final long LEAVING = power(RUN);

    private final byte[] plaintext;
    /** Open addressing: position + 1 of the window in the plaintext, 0 where nothing is. */
    private final int[] table;
    private final long[] hashes;
    private final int mask;

    PlaintextSearch(byte[] plaintext) {
        this.plaintext = plaintext;
        int windows = plaintext.length - RUN + 1;
        int size = Integer.highestOneBit(Math.max(1, windows)) * 4;
        this.table = new int[size];
        this.hashes = new long[size];
        this.mask = size - 1;
        long hash = 0;
        for (int i = 0; i < plaintext.length; i++) {
            hash = roll(hash, plaintext[i], i >= RUN ? plaintext[i - RUN] : 0);
            if (i >= RUN - 1) {
                add(hash, i - RUN + 1);
            }
        }
    }

    private static long power(int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= BASE;
        }
        return result;
    }

    private static long roll(long hash, byte in, byte out) {
        return hash * BASE + (in & 0xFF) - LEAVING * (out & 0xFF);
    }

    private int slot(long hash) {
        long mixed = hash * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 33) & mask;
    }

    private void add(long hash, int position) {
        int slot = slot(hash);
        while (table[slot] != 0) {
            if (hashes[slot] == hash) {
                return;
            }
            slot = slot + 1 & mask;
        }
        table[slot] = position + 1;
        hashes[slot] = hash;
    }

    /** Where a window of the plaintext begins that is the same as these bytes, or -1. */
    private int find(long hash, byte[] window, int end) {
        for (int slot = slot(hash); table[slot] != 0; slot = slot + 1 & mask) {
            int position = table[slot] - 1;
            if (hashes[slot] == hash && same(position, window, end)) {
                return position;
            }
        }
        return -1;
    }

    private boolean same(int position, byte[] ring, int end) {
        for (int i = 0; i < RUN; i++) {
            if (plaintext[position + i] != ring[(end + 1 + i) % RUN]) {
                return false;
            }
        }
        return true;
    }

    /** Looks through all files below a directory; gives what it found in words. */
    List<String> below(Path directory) throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                in(file, found);
            }
        }
        return found;
    }

    private void in(Path file, List<String> found) throws IOException {
        byte[] ring = new byte[RUN];
        byte[] buffer = new byte[BUFFER];
        long hash = 0;
        long offset = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++, offset++) {
                    int at = (int) (offset % RUN);
                    hash = roll(hash, buffer[i], ring[at]);
                    ring[at] = buffer[i];
                    int position = offset >= RUN - 1 ? find(hash, ring, at) : -1;
                    if (position >= 0) {
                        found.add(file + " has at " + (offset - RUN + 1) + " what the plaintext has at " + position);
                        return;
                    }
                }
            }
        }
    }
}
