// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Optional;

import io.peerwerk.core.wire.FormatException;

/** Reads bytes that may be anything: either a value comes out, or the one exception that is for malformed bytes. */
public final class Untrusted {

    private Untrusted() {
    }

    /** Reads something. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws FormatException;
    }

    /** The value, or empty where it was refused in the proper way. */
    public static <T> Optional<T> read(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
