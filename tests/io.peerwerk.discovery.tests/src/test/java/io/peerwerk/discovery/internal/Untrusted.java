// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal;

import java.io.IOException;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;

/** What a fuzz target demands of a codec: it accepts, or it refuses by the one exception that may escape. */
public final class Untrusted {

    /** A codec about to run on input from outside. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse() throws IOException;
    }

    private Untrusted() {
    }

    /** What the codec made of its input, or nothing if it refused. Any other exception fails the test. */
    public static <T> Optional<T> read(Parser<T> parser) throws IOException {
        try {
            return Optional.of(parser.parse());
        } catch (FormatException refused) {
            return Optional.empty();
        }
    }
}
