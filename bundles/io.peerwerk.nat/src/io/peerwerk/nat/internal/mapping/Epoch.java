// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Whether a gateway has forgotten what it was asked: its answers carry the seconds since it began to remember, which
 * must go on as fast as time does here, give or take a sixteenth and two seconds (RFC 6887, 8.5). Not thread-safe.
 */
final class Epoch {

    private @Nullable Instant heard;
    private long seconds;

    /** An answer has come; whether the gateway has started anew since the one before. */
    boolean restarted(long now, Instant at) {
        Instant before = heard;
        boolean lost = false;
        if (before != null) {
            long here = Duration.between(before, at).toSeconds();
            long there = now - seconds;
            lost = there < -1 || here + 2 < there - there / 16 || there + 2 < here - here / 16;
        }
        heard = at;
        seconds = now;
        return lost;
    }
}
