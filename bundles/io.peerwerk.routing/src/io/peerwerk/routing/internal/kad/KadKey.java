// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.nio.ByteBuffer;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.routing.internal.wire.Octets;

/**
 * A place in the space of 256 bits, or the distance of two places. Distances are compared as numbers.
 *
 * @param a the highest 64 bits
 */
public record KadKey(long a, long b, long c, long d) implements Comparable<KadKey> {

    /** The number of bits. */
    public static final int BITS = 256;

    private static final double TWO_64 = 0x1p64;

    /** The place of what these bytes name. */
    public static KadKey of(byte[] name) {
        ByteBuffer hash = ByteBuffer.wrap(Multihash.sha256(name).digest());
        return new KadKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** The place of a record or of content. */
    public static KadKey of(Octets name) {
        return of(name.bytes());
    }

    /** The place of a peer. */
    public static KadKey of(PeerId peer) {
        return of(peer.toBytes());
    }

    /** The distance to another place. */
    public KadKey distance(KadKey other) {
        return new KadKey(a ^ other.a, b ^ other.b, c ^ other.c, d ^ other.d);
    }

    /** How many leading bits are the same; 256 for the same place. */
    public int sharedBits(KadKey other) {
        long[] words = {a ^ other.a, b ^ other.b, c ^ other.c, d ^ other.d};
        int bits = 0;
        for (long word : words) {
            int zeros = Long.numberOfLeadingZeros(word);
            bits += zeros;
            if (zeros < Long.SIZE) {
                return bits;
            }
        }
        return bits;
    }

    /** A distance as a part of the whole space, 0 to 1. */
    public double fraction() {
        double high = a >= 0 ? a : a + TWO_64;
        double low = b >= 0 ? b : b + TWO_64;
        return (high + low / TWO_64) / TWO_64;
    }

    @Override
    public int compareTo(KadKey other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }
}
