// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.time.Duration;

/**
 * What is kept for others.
 *
 * @param perKey  announcements of one key
 * @param perPeer announcements, or values, that one peer has sent
 * @param total   all of them
 * @param bytes   what they take together
 * @param life    how long they are kept
 */
public record StoreLimits(int perKey, int perPeer, int total, long bytes, Duration life) {

    /** Announcements: two days. A peer that has more to announce than fits here finds others for the rest. */
    public static final StoreLimits PROVIDERS = new StoreLimits(128, 4_096, 65_536, 32 << 20, Duration.ofHours(48));

    /** Values: two days. A peer usually has one name and one key; some put those of others. */
    public static final StoreLimits RECORDS = new StoreLimits(1, 64, 4_096, 16 << 20, Duration.ofHours(48));
}
