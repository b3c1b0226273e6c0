// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How public content is kept.
 *
 * @param directory of its blocks and pins, its alone
 * @param limit bytes of the disk that its blocks may use
 * @param patience how long a transfer waits for a block that nobody sends, after all that are known have been asked
 */
public record PublicOptions(Path directory, long limit, Duration patience) {

    /** What may be used where nothing is configured: 10 GB. */
    public static final long DEFAULT_LIMIT = 10_000_000_000L;

    /** Long enough for a peer behind a slow line that has others to serve first. */
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    /** With the default limit and patience. */
    public static PublicOptions in(Path directory) {
        return new PublicOptions(directory, DEFAULT_LIMIT, DEFAULT_PATIENCE);
    }

    /** With another limit. */
    public PublicOptions withLimit(long bytes) {
        return new PublicOptions(directory, bytes, patience);
    }

    /** With another patience. */
    public PublicOptions withPatience(Duration time) {
        return new PublicOptions(directory, limit, time);
    }
}
