// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

/**
 * What this peer and another one have given each other.
 *
 * @param bytesSent      bytes of blocks that the other one has got from here
 * @param blocksSent     number of those
 * @param bytesReceived  bytes of blocks that came from it and were wanted here
 * @param blocksReceived number of those
 */
public record PeerAccount(long bytesSent, long blocksSent, long bytesReceived, long blocksReceived) {

    /** Nothing yet. */
    public static final PeerAccount EMPTY = new PeerAccount(0, 0, 0, 0);

    /** Bytes that anybody may take before it matters whether it gives something. */
    private static final double FREE = 64 << 20;

    private static final double MOST = 4;

    PeerAccount sent(long bytes, int blocks) {
        return new PeerAccount(bytesSent + bytes, blocksSent + blocks, bytesReceived, blocksReceived);
    }

    PeerAccount received(long bytes, int blocks) {
        return new PeerAccount(bytesSent, blocksSent, bytesReceived + bytes, blocksReceived + blocks);
    }

    /** How much a byte to this peer counts in its turn, from 1 to {@value #MOST}: more for one that only takes. */
    double weight() {
        return Math.clamp((bytesSent + FREE) / (bytesReceived + FREE), 1, MOST);
    }
}
