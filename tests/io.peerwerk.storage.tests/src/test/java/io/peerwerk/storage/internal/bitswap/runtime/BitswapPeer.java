// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.util.Random;

import io.peerwerk.fixtures.Hosts;
import io.peerwerk.storage.internal.bitswap.MemoryBlocks;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;

/** A host with bitswap and the blocks it gives. The host is closed by those who made it. */
final class BitswapPeer implements AutoCloseable {

    final SwitchHost host;
    final MemoryBlocks blocks = new MemoryBlocks();
    final Bitswap bitswap;

    BitswapPeer(Hosts hosts) {
        this(hosts, BitswapOptions.standard());
    }

    BitswapPeer(Hosts hosts, BitswapOptions options) {
        this(hosts.start(HostOptions.local()), options);
    }

    BitswapPeer(SwitchHost host, BitswapOptions options) {
        this.host = host;
        bitswap = new Bitswap(host, blocks, options, new Random(1));
    }

    @Override
    public void close() {
        bitswap.close();
    }
}
