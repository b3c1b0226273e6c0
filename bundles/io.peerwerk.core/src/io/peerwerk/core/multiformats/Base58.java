// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import io.peerwerk.core.wire.FormatException;

/** Base 58 as Bitcoin spells it: no 0, O, I or l, which look alike. For short values only: its cost is quadratic. */
public final class Base58 {

    /** The longest text that {@link #decode} takes, in characters. */
    public static final int MAX_TEXT = Radix.MAX_TEXT;

    private static final Radix RADIX =
            new Radix("base 58", "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    private Base58() {
    }

    public static String encode(byte[] bytes) {
        return RADIX.encode(bytes);
    }

    /** @throws FormatException if a character is not in the alphabet or there are more than {@link #MAX_TEXT} */
    public static byte[] decode(String text) throws FormatException {
        return RADIX.decode(text);
    }
}
