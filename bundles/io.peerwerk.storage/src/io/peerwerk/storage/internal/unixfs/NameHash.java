// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3, variant x64 with 128 bits and seed 0, of which UnixFS uses the first 64. Anyone can make names that
 * collide in it; a trie that such names would make too deep is refused, see {@link #levels}.
 *
 * @see <a href="https://github.com/aappleby/smhasher">Austin Appleby's public domain original</a>
 */
final class NameHash {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private NameHash() {
    }

    /** The hash of the name's UTF-8 bytes; a trie takes its places from the highest bits on. */
    static long of(String name) {
        return of(name.getBytes(StandardCharsets.UTF_8));
    }

    static long of(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        long h1 = 0;
        long h2 = 0;
        while (in.remaining() >= 2 * Long.BYTES) {
            h1 = Long.rotateLeft(h1 ^ mix1(in.getLong()), 27) + h2;
            h1 = h1 * 5 + 0x52dce729;
            h2 = Long.rotateLeft(h2 ^ mix2(in.getLong()), 31) + h1;
            h2 = h2 * 5 + 0x38495ab5;
        }
        h1 ^= mix1(tail(in));
        h2 ^= mix2(tail(in));
        h1 ^= key.length;
        h2 ^= key.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    /** What is left, at most eight bytes of it. */
    private static long tail(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += Byte.SIZE) {
            value |= Byte.toUnsignedLong(in.get()) << shift;
        }
        return value;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        long mixed = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** How many levels of a trie the hash is enough for. */
    static int levels(int fanout) {
        return Long.SIZE / bits(fanout);
    }

    /** The place of a hash in a shard that lies below so many others. */
    static int place(long hash, int fanout, int level) {
        int bits = bits(fanout);
        return (int) (hash << level * bits >>> Long.SIZE - bits);
    }

    private static int bits(int fanout) {
        return Integer.numberOfTrailingZeros(fanout);
    }
}
