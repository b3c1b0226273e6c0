// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;

/** What a fuzz target demands of a parser: it accepts, or it refuses by the two exceptions that may escape. */
public final class Untrusted {

    /** A parser about to run on input from outside. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse() throws IOException;
    }

    private Untrusted() {
    }

    /** What the parser made of its input, or nothing if it refused. Any other exception fails the test. */
    public static <T> Optional<T> read(Parser<T> parser) throws IOException {
        try {
            return Optional.of(parser.parse());
        } catch (FormatException | EOFException refused) {
            return Optional.empty();
        }
    }
}
