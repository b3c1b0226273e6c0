// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.storage.NotEnoughShardsException;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.manifest.ShardTable;
import io.peerwerk.storage.internal.placement.Rendezvous;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds manifests and shard tables: here, else at the peers that should have them, else at any. */
public final class ManifestReader {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestReader.class);
    private static final long AGAIN = 500;

    private final TransferContext context;

    /** Over what transfers work with. */
    public ManifestReader(TransferContext context) {
        this.context = context;
    }

    /** The manifest that the CID names. */
    public Manifest manifest(Cid root, Control control) throws IOException {
        if (!Manifest.isManifest(root)) {
            throw new StorageException("the link does not name a file that Peerwerk stored");
        }
        return Manifest.parse(block(root, control));
    }

    /** One of its shard tables. */
    public ShardTable table(Manifest manifest, int number, Control control) throws IOException {
        return ShardTable.parse(block(manifest.table(number), control), manifest, number);
    }

    /** Looks until the patience is over, as peers may be met only now. */
    private byte[] block(Cid cid, Control control) throws IOException {
        long deadline = System.nanoTime() + context.timing().patience().toNanos();
        while (true) {
            Optional<ByteBuffer> own = context.store().get(cid);
            if (own.isPresent()) {
                return own.get().array();
            }
            List<PeerId> ranked = Rendezvous.rank(cid, context.peers().others());
            byte[] found = new Search(cid, ranked, control).run();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new NotEnoughShardsException("none of the " + ranked.size() + " peers that can be reached has the"
                        + " manifest of this file (" + context.peers().away() + ")", 1, 0);
            }
            pause(control);
        }
    }

    private static void pause(Control control) throws IOException {
        control.check();
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN);
        } catch (InterruptedException e) {
            throw Control.cancelled();
        }
    }

    /** Asks one peer after the other, the next one also when the last one hesitates. */
    private final class Search {

        private final Cid cid;
        private final List<PeerId> ranked;
        private final Control control;
        /** An answer of each peer asked; empty where it has not got the block. */
        private final BlockingQueue<Optional<byte[]>> answers = new LinkedBlockingQueue<>();

        Search(Cid cid, List<PeerId> ranked, Control control) {
            this.cid = cid;
            this.ranked = ranked;
            this.control = control;
        }

        byte @Nullable [] run() throws IOException {
            int asked = 0;
            int answered = 0;
            while (answered < ranked.size()) {
                control.check();
                if (asked < ranked.size()) {
                    ask(ranked.get(asked++));
                }
                Optional<byte[]> answer = next();
                if (answer == null) {
                    continue;
                }
                answered++;
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return null;
        }

        private @Nullable Optional<byte[]> next() throws IOException {
            try {
                return answers.poll(context.timing().hedge().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw Control.cancelled();
            }
        }

        private void ask(PeerId peer) {
            Thread.ofVirtual().name("peerwerk-find-" + peer.brief()).start(() -> {
                Optional<byte[]> found = Optional.empty();
                try {
                    ByteBuffer[] got = new ByteBuffer[1];
                    context.client().get(peer, List.of(cid), (number, data) -> got[0] = data);
                    if (got[0] != null && cid.hash().matches(got[0])) {
                        found = Optional.of(got[0].array());
                    }
                } catch (IOException e) {
                    LOG.debug("{} does not give {}: {}", peer.brief(), cid, e.getMessage());
                } finally {
                    answers.add(found);
                }
            });
        }
    }
}
