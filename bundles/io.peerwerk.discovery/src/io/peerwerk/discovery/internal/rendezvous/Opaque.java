// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.util.Arrays;

/**
 * Bytes that are passed on and not looked into. Compared by content.
 *
 * @param bytes not to be changed
 */
public record Opaque(byte[] bytes) {

    public static final Opaque NONE = new Opaque(new byte[0]);

    boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Opaque that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
