// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;

/** Names of peers and blocks that follow from a number. */
final class TestPeers {

    private TestPeers() {
    }

    static PeerId peer(int number) {
        try {
            return PeerId.read(hash(number).toBytes());
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static Cid cid(int number) {
        return Cid.v1(Cid.RAW, hash(number));
    }

    private static Multihash hash(int number) {
        return Multihash.sha256(ByteBuffer.allocate(4).putInt(0, number));
    }

    /** Wants for so many blocks from one number on. */
    static List<WantEntry> blocks(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> WantEntry.block(cid(n))).toList();
    }
}
