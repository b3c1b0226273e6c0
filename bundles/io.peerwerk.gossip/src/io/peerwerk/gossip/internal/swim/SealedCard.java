// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.Arrays;

/**
 * A card as it travels: an envelope whose signature nobody here has looked at yet. {@link Card#open} does that.
 * Immutable.
 */
public final class SealedCard {

    private final byte[] bytes;

    /** Takes over the bytes: they must not change any more. */
    SealedCard(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The envelope; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedCard that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedCard[" + bytes.length + " bytes]";
    }
}
