// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.time.Duration;

import io.peerwerk.storage.internal.bitswap.ServerOptions;
import io.peerwerk.storage.internal.bitswap.SessionOptions;

/**
 * How bitswap runs on a host.
 *
 * @param server           what others are given
 * @param session          how blocks are sought
 * @param tick             how often it is looked for peers that let blocks wait
 * @param ahead            blocks that one fetch waits for at the same time; as many may lie in memory
 * @param wants            blocks that all fetches together wait for at the same time; more have to wait for their turn
 * @param entriesPerSecond want-list entries, answers and blocks of one peer that are dealt with in a second; more wait
 * @param entriesAtOnce    how many of them may come at once before that
 */
public record BitswapOptions(ServerOptions server, SessionOptions session, Duration tick, int ahead, int wants,
        int entriesPerSecond, int entriesAtOnce) {

    /** Standard. */
    public static BitswapOptions standard() {
        return new BitswapOptions(ServerOptions.standard(), SessionOptions.standard(), Duration.ofMillis(500), 64,
                8192, 10_000, 64 << 10);
    }
}
