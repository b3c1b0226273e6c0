// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.nio.ByteBuffer;

import io.peerwerk.core.identity.PeerId;

/** Peer ids made small, where that two of them could be made to look the same does no harm. */
final class Ids {

    private Ids() {
    }

    /**
     * A number of one version of one peer. The salt is drawn anew for each comparison, so that nobody can make up peers
     * whose numbers cancel out.
     */
    static long print(long salt, PeerId id, long incarnation) {
        ByteBuffer bytes = ByteBuffer.wrap(id.toBytes());
        long print = mix(salt ^ incarnation);
        while (bytes.remaining() >= Long.BYTES) {
            print = mix(print ^ bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            print = mix(print ^ bytes.get());
        }
        return print;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): each bit of the result depends on each bit given. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
