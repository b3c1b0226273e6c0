// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key or a value: bytes that are compared by content and never change.
 *
 * @param bytes copied in and out
 */
public record Octets(byte[] bytes) {

    /** No bytes. */
    public static final Octets NONE = new Octets(new byte[0]);

    /** Copies the bytes. */
    public Octets {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int length() {
        return bytes.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
