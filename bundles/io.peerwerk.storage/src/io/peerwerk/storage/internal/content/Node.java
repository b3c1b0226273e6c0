// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.bitswap.runtime.Bitswap;
import io.peerwerk.transport.Host;

/**
 * What every transfer of this node works with.
 *
 * @param host dials providers
 * @param store the public blocks
 * @param bitswap gets blocks from others, and is told which have come
 * @param holds what transfers have in hand
 * @param sweeper makes room
 * @param providers who knows where content is; nothing while nobody does
 * @param patience how long to wait for a block
 * @param closing whether the module is being stopped
 */
record Node(Host host, BlockStore store, Bitswap bitswap, Holds holds, Sweeper sweeper,
        Supplier<Optional<Providers>> providers, Duration patience, BooleanSupplier closing) {
}
