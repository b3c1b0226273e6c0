// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A card as it travels: an envelope whose signature perhaps nobody here has looked at yet. {@link Card#open} does that,
 * once. Immutable but for that.
 */
public final class SealedCard {

    private final byte[] bytes;

    /** The card in it, once it was opened or if it was sealed here; threads that race here see none, or that card. */
    private @Nullable Card opened;

    /** Takes over the bytes: they must not change any more. */
    SealedCard(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The envelope; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Nullable
    Card opened() {
        return opened;
    }

    void opened(Card card) {
        opened = card;
    }

    int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof SealedCard that && Arrays.equals(bytes, that.bytes);
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
