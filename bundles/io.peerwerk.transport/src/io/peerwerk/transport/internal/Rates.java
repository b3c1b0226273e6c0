// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.identity.PeerId;

/** The throttles of a host: one each way for all peers, and one each way for each peer. */
final class Rates {

    /** The throttles of one peer's streams; those of the host stand behind them. */
    static final class Pair {

        final Throttle up;
        final Throttle down;
        private int users;

        private Pair(Throttle up, Throttle down) {
            this.up = up;
            this.down = down;
        }
    }

    private final Throttle up = new Throttle(null);
    private final Throttle down = new Throttle(null);
    private final ConcurrentHashMap<PeerId, Pair> peers = new ConcurrentHashMap<>();
    private volatile Bandwidth bandwidth;

    Rates(Bandwidth bandwidth) {
        this.bandwidth = bandwidth;
        change(bandwidth);
    }

    /** Other rates, at once. */
    void change(Bandwidth to) {
        bandwidth = to;
        up.rate(to.upload());
        down.rate(to.download());
        peers.forEach((peer, pair) -> apply(pair));
    }

    /** The throttles of a peer, for one more connection with it. */
    Pair use(PeerId peer) {
        return peers.compute(peer, (id, there) -> {
            Pair pair = there == null ? new Pair(new Throttle(up), new Throttle(down)) : there;
            if (pair.users++ == 0) {
                apply(pair);
            }
            return pair;
        });
    }

    /** A connection with a peer is over. */
    void leave(PeerId peer) {
        peers.computeIfPresent(peer, (id, pair) -> --pair.users == 0 ? null : pair);
    }

    private void apply(Pair pair) {
        pair.up.rate(bandwidth.peerUpload());
        pair.down.rate(bandwidth.peerDownload());
    }

    /** Streams over a relay: their bytes are counted on the way to the relay. */
    static Pair unlimited() {
        return new Pair(new Throttle(null), new Throttle(null));
    }

    Throttle.Tally uploaded() {
        return up.tally();
    }

    Throttle.Tally downloaded() {
        return down.tally();
    }
}
