// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.bitswap.BlockSource;
import io.peerwerk.storage.internal.bitswap.PeerAccount;
import io.peerwerk.storage.internal.bitswap.SessionFigures;
import io.peerwerk.transport.Host;

/**
 * Bitswap on a host: gives blocks to the peers that are connected, and gets blocks from them. Peers that connect later
 * hear what is wanted then. It dials nobody by itself.
 *
 * <p>Safe for use by several threads. Fetches block, and end with {@link InterruptedIOException} when their thread is
 * interrupted; what they still wanted is taken back from the peers that were asked.
 */
public final class Bitswap implements AutoCloseable {

    private final BlockSource source;
    private final BitswapOptions options;
    private final Exchange exchange;
    private final Semaphore places;

    /**
     * Begins to serve.
     *
     * @param source the blocks of this peer
     * @param random for the order in which peers are asked
     */
    public Bitswap(Host host, BlockSource source, BitswapOptions options, RandomGenerator random) {
        this.source = source;
        this.options = options;
        exchange = new Exchange(host, source, options, random);
        places = new Semaphore(options.wants());
        exchange.open();
    }

    /**
     * Gets a block: from here if it is here or stands in its own name, else from a connected peer.
     *
     * @param limit the longest wait
     * @throws BlockNotFoundException if nobody has sent it by then
     */
    public Block fetch(Cid cid, Duration limit) throws IOException {
        var found = new ArrayDeque<Block>();
        fetchAll(List.of(cid), limit, found::add);
        return found.remove();
    }

    /**
     * Gets blocks. Those that come are handed over one by one, on the calling thread, in the order they come; while
     * {@code each} is at work so many more are under way as {@link BitswapOptions#ahead} says. They are not stored.
     *
     * @param silence the longest wait for the next block
     * @throws BlockNotFoundException if nobody sends one of the rest in that time
     */
    public void fetchAll(Collection<Cid> cids, Duration silence, BlockConsumer each) throws IOException {
        fetch(new Listed(cids, this::here, silence, each));
    }

    /** Gets from other peers what the seeker says, until it wants no more; otherwise as {@link #fetchAll}. */
    public void fetch(BlockSeeker seeker) throws IOException {
        try (var fetch = new Fetch(seeker, exchange, places)) {
            fetch.run(options.ahead());
        }
    }

    private Optional<Block> here(Cid cid) throws IOException {
        if (cid.hash().code() == Multihash.IDENTITY) {
            return Optional.of(new Block(cid, ByteBuffer.wrap(cid.hash().digest())));
        }
        return source.size(cid) == BlockSource.ABSENT ? Optional.empty()
                : source.get(cid).map(data -> new Block(cid, data));
    }

    /** Blocks have come to be here: peers that wait for them get them. */
    public void stored(Collection<Cid> cids) {
        exchange.stored(cids);
    }

    /** What is wanted of other peers now. */
    public List<Cid> wanted() {
        return exchange.ask(() -> exchange.session().wanted());
    }

    /** What came from other peers so far. */
    public SessionFigures figures() {
        return exchange.ask(() -> exchange.session().figures());
    }

    /** What this peer and another one have given each other. */
    public PeerAccount account(PeerId peer) {
        return exchange.ask(() -> exchange.accounts().of(peer));
    }

    /** The accounts of all peers that are remembered. */
    public Map<PeerId, PeerAccount> accounts() {
        return exchange.ask(() -> exchange.accounts().all());
    }

    /** How many wants of other peers are kept. */
    public long wantsOfOthers() {
        return exchange.ask(() -> exchange.server().wants());
    }

    /** The peers that speak the protocol and are connected. */
    public Set<PeerId> peers() {
        return exchange.peers();
    }

    /** Serves no longer; fetches end with an {@link IOException}. */
    @Override
    public void close() {
        exchange.close();
    }
}
