// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.util.BitSet;
import java.util.Locale;

/**
 * Which places of a shard are taken.
 *
 * <pre>
 *   on the wire   | 8n+7 ... 8n | ... | 15 ... 8 | 7 ... 0 |    no zero bytes in front
 * </pre>
 */
final class ShardBits {

    private final int fanout;
    private final BitSet bits;

    ShardBits(int fanout) {
        this(fanout, new BitSet(fanout));
    }

    private ShardBits(int fanout, BitSet bits) {
        this.fanout = fanout;
        this.bits = bits;
    }

    static ShardBits parse(byte[] bytes, int fanout) {
        return new ShardBits(fanout, BitSet.valueOf(reversed(bytes)));
    }

    void set(int place) {
        if (place >= fanout) {
            throw new IllegalArgumentException("there is no place " + place);
        }
        bits.set(place);
    }

    boolean get(int place) {
        return bits.get(place);
    }

    int count() {
        return bits.cardinality();
    }

    byte[] toBytes() {
        return reversed(bits.toByteArray());
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return reversed;
    }

    /** How a link says its place: hexadecimal, in capitals, as long for each place. */
    static String prefix(int place, int fanout) {
        return String.format(Locale.ROOT, "%0" + prefixLength(fanout) + "X", place);
    }

    static int prefixLength(int fanout) {
        return Integer.toHexString(fanout - 1).length();
    }
}
