// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.blocks;

/**
 * How a log is laid out.
 *
 * @param quota bytes on disk that may be used
 * @param segmentBytes when a segment has grown to this, the next one begins; larger: fewer files, longer compactions,
 *            more to read again after a crash
 */
public record LogOptions(long quota, long segmentBytes) {

    private static final long DEFAULT_SEGMENT = 64L << 20;

    /** Segments of 64 MiB. */
    public static LogOptions quota(long bytes) {
        return new LogOptions(bytes, DEFAULT_SEGMENT);
    }
}
