// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How many bytes are offered, on disk. A configured offer counts when it is new; the same one as last time does not
 * undo what the user changed since, so that a module that is updated comes back with the user's last word.
 */
final class Offer {

    private static final long NOT_CONFIGURED = -1;

    private final DurableFile file;
    private volatile long bytes = StorageOptions.DEFAULT_OFFER;
    private long configured = NOT_CONFIGURED;

    Offer(Path path, @Nullable Long configuredNow) throws IOException {
        file = new DurableFile(path);
        read();
        if (configuredNow != null && configuredNow != configured) {
            configured = configuredNow;
            set(configuredNow);
        }
    }

    private void read() throws IOException {
        String text = new String(file.read().orElse(new byte[0]), StandardCharsets.US_ASCII).strip();
        String[] numbers = text.split(" ");
        if (numbers.length == 2) {
            try {
                bytes = Math.max(0, Long.parseLong(numbers[0]));
                configured = Long.parseLong(numbers[1]);
            } catch (NumberFormatException e) {
                // Unreadable: the default stands until the user says otherwise.
                bytes = StorageOptions.DEFAULT_OFFER;
            }
        }
    }

    long bytes() {
        return bytes;
    }

    /** Durable when it returns. */
    void set(long newBytes) throws IOException {
        if (newBytes < 0) {
            throw new IllegalArgumentException("an offer of " + newBytes + " bytes");
        }
        file.write((newBytes + " " + configured + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes = newBytes;
    }
}
