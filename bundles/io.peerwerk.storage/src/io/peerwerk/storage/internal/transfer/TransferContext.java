// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.exchange.BlockClient;
import io.peerwerk.storage.internal.exchange.Holder;

/**
 * What every transfer of a node works with.
 *
 * @param peers who is there
 * @param store the blocks of this peer
 * @param holder puts blocks into the store
 * @param client asks other peers
 * @param workers as many threads as processors, for sealing, coding and hashing
 * @param timing how long to wait for others
 * @param closing whether the storage is being shut down
 */
public record TransferContext(Peers peers, BlockStore store, Holder holder, BlockClient client,
        ExecutorService workers, Timing timing, BooleanSupplier closing) {

    /** Chunks in flight: two for each processor are computed or wait, and two more are on the way. */
    public static final int WINDOW = 2 * Runtime.getRuntime().availableProcessors() + 2;

    /**
     * How long to wait.
     *
     * @param hedge after this long without an answer another holder is asked, too
     * @param have how long peers have to say what they hold
     * @param patience how long to look for holders before giving up; longer: more forgiving after a start, slower "no"
     */
    public record Timing(Duration hedge, Duration have, Duration patience) {

        /** For peers on a network of any kind. */
        public static Timing standard() {
            return new Timing(Duration.ofMillis(700), Duration.ofSeconds(4), Duration.ofSeconds(6));
        }
    }
}
