// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the log and what of it still counts. */
final class Segment {

    private static final Pattern NAME = Pattern.compile("blocks-(\\d{10})\\.log");

    final long number;
    final byte[] marker;
    /** Bytes of the file; changed by the writer only. */
    volatile long size;
    /** How many of them are known to be on the disk; what follows is never read. Changed by the writer only. */
    long valid;
    /** Whether a record could not be read while it was compacted: it is not tried again before the next opening. */
    boolean unreadable;
    /** Bytes of records of blocks that are alive here. */
    final AtomicLong live = new AtomicLong();
    /** Bytes of tombstones. */
    final AtomicLong tombstones = new AtomicLong();

    Segment(long number, byte[] marker, long size) {
        this.number = number;
        this.marker = marker;
        this.size = size;
        valid = size;
    }

    String name() {
        return name(number);
    }

    static String name(long number) {
        return String.format("blocks-%010d.log", number);
    }

    /** The number in a file's name, or -1 where it is not a segment's. */
    static long number(String fileName) {
        Matcher m = NAME.matcher(fileName);
        return m.matches() ? Long.parseLong(m.group(1)) : -1;
    }

    /** Bytes that a compaction would give back. */
    long reclaimable(boolean oldest) {
        return size - LogFormat.SEGMENT_HEADER - live.get() - (oldest ? 0 : tombstones.get());
    }
}
