// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.cycle;

/** Peers in regions of consecutive numbers. How many there are depends on the number of peers alone, not on threads. */
final class Regions {

    private static final int MOST = 32;
    private static final int LEAST_PEERS_LOG2 = 8;

    private final int peers;
    private final int shift;

    Regions(int peers) {
        int log2 = LEAST_PEERS_LOG2;
        while ((long) MOST << log2 < peers) {
            log2++;
        }
        this.peers = peers;
        this.shift = log2;
    }

    int count() {
        return Math.max(1, (peers + (1 << shift) - 1) >>> shift);
    }

    int of(int peer) {
        return peer >>> shift;
    }

    int start(int region) {
        return Math.min(peers, region << shift);
    }

    int end(int region) {
        return start(region + 1);
    }
}
