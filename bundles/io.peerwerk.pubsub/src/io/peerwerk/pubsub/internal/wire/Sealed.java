// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.util.Arrays;

/** A signed envelope that nobody has opened yet, or nothing. */
public final class Sealed {

    /** No envelope. */
    public static final Sealed NOTHING = new Sealed(new byte[0]);

    private final byte[] bytes;

    /** Copies the bytes. */
    public Sealed(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The envelope's bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Sealed[" + bytes.length + " bytes]";
    }
}
