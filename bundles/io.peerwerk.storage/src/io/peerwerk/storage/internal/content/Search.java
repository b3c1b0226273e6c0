// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.bitswap.runtime.BlockSeeker;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for blocks that are not here: the peers that are connected; when they have nothing for a moment, those
 * that the network names for the root; when nobody has a block for long, those that it names for that one. What comes is
 * kept. Subclasses say what is wanted.
 */
abstract class Search implements BlockSeeker, AutoCloseable {

    /** How long those that are connected are asked alone. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** How long to wait where nobody is connected and nobody is being looked for: one may be connecting by itself. */
    private static final Duration ALONE = Duration.ofSeconds(3);

    protected final Transfer transfer;
    private final Cid root;
    private final ProviderSearch providers;
    private final Set<Cid> soughtFor = new HashSet<>();
    private long soughtAt;

    Search(Transfer transfer, Cid root) {
        this.transfer = transfer;
        this.root = root;
        providers = new ProviderSearch(transfer.node());
    }

    /** Gets what {@link #next} says; what has come is kept, also where this fails. */
    final void run() throws IOException {
        try (this) {
            transfer.node().bitswap().fetch(this);
        } finally {
            transfer.flush();
        }
    }

    /** One block, which is not here. */
    static ByteBuffer block(Transfer transfer, Cid cid) throws IOException {
        var one = new One(transfer, cid);
        one.run();
        if (one.found == null) {
            throw new StorageException("block " + cid + " has not come");
        }
        return one.found.data();
    }

    /** @throws FormatException if nobody could send this block so that we would believe it */
    static Cid checkFetchable(Cid cid) throws FormatException {
        long hash = cid.hash().code();
        if (hash != Multihash.SHA2_256 && hash != Multihash.SHA2_512 && hash != Multihash.IDENTITY) {
            throw new FormatException("block " + cid + " has the hash function 0x" + Long.toHexString(hash)
                    + ", which is not known here");
        }
        return cid;
    }

    @Override
    public void accept(Block block) throws IOException {
        transfer.put(block);
    }

    @Override
    public void waiting(Duration silence, Supplier<List<Cid>> missing) throws IOException {
        transfer.check();
        boolean alone = transfer.node().bitswap().peers().isEmpty();
        if (!alone && silence.compareTo(FIRST) < 0) {
            return;
        }
        if (soughtFor.isEmpty()) {
            look(root);
        }
        if (providers.isRunning()) {
            soughtAt = System.nanoTime();
            return;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - soughtAt);
        Duration waited = since.compareTo(silence) < 0 ? since : silence;
        if (waited.compareTo(patience(alone)) >= 0) {
            List<Cid> left = missing.get();
            if (left.isEmpty()) {
                return; // The last one has come in this moment.
            }
            Cid block = left.getFirst();
            if (soughtFor.contains(block) || !look(block)) {
                throw notFound(block, alone);
            }
        }
    }

    private Duration patience(boolean alone) {
        Duration patience = transfer.node().patience();
        return alone && ALONE.compareTo(patience) < 0 ? ALONE : patience;
    }

    private boolean look(Cid cid) {
        soughtFor.add(cid);
        soughtAt = System.nanoTime();
        return providers.begin(cid);
    }

    private StorageException notFound(Cid block, boolean alone) {
        String who = transfer.node().providers().get().isPresent()
                ? alone ? "no peer that has it can be reached" : "no peer has sent it within the time for that"
                : "none of the connected peers has sent it, and the module that finds others (routing) is not loaded";
        return new StorageException("block " + block + (block.equals(root) ? "" : " of " + root) + " is not found: "
                + who);
    }

    @Override
    public void close() {
        providers.close();
    }

    /** A search for one block. */
    private static final class One extends Search {

        private @Nullable Cid wanted;
        private @Nullable Block found;

        One(Transfer transfer, Cid cid) throws FormatException {
            super(transfer, checkFetchable(cid));
            wanted = cid;
        }

        @Override
        public @Nullable Cid next() {
            Cid next = wanted;
            wanted = null;
            return next;
        }

        @Override
        public void accept(Block block) throws IOException {
            super.accept(block);
            found = block;
        }
    }
}
