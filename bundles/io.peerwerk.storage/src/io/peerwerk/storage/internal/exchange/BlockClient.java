// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The asking side. Each call is one request on a stream of its own; it blocks and belongs on a virtual thread. An
 * interrupt ends it. Whoever asks checks the hash of what comes.
 */
public final class BlockClient {

    /** Opens streams; the host does. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A stream of the protocol to the peer.
         *
         * @param bulk whether blocks will go over it, not only questions about them
         */
        Stream open(PeerId peer, String protocol, boolean bulk) throws IOException;
    }

    /** Takes the answers to a GET as they come. */
    @FunctionalInterface
    public interface Sink {

        /** The bytes of the block with this number in the request; not checked; null where the peer has it not. */
        void block(int number, @Nullable ByteBuffer data);
    }

    private final Opener opener;
    private final Duration patience;
    /** Of all transfers together; an entry for each peer that was ever asked, which is small. */
    private final Map<PeerId, Semaphore> turns = new ConcurrentHashMap<>();

    /** @param patience the longest silence of a peer in the middle of a request */
    public BlockClient(Opener opener, Duration patience) {
        this.opener = opener;
        this.patience = patience;
    }

    /** Asks the peer to store these, at most {@link Limits#MAX_BATCH}; returns when they are on its disk or refused. */
    public List<PutResult> put(PeerId peer, List<Block> blocks) throws IOException {
        BlockRequest request = new BlockRequest(BlockRequest.Kind.PUT,
                blocks.stream().map(b -> new BlockRequest.Ref(b.cid(), b.size())).toList());
        return ask(peer, request, blocks, in -> Answers.parseResults(Frames.read(in, Limits.MAX_ANSWER),
                blocks.size()));
    }

    /** Asks which of these, at most {@link Limits#MAX_HAVE}, the peer has. */
    public BitSet have(PeerId peer, List<Cid> cids) throws IOException {
        return ask(peer, BlockRequest.of(BlockRequest.Kind.HAVE, cids), List.of(),
                in -> Answers.parseBits(Frames.read(in, Limits.MAX_ANSWER), cids.size()));
    }

    /** Asks for these, at most {@link Limits#MAX_BATCH}. */
    public void get(PeerId peer, List<Cid> cids, Sink sink) throws IOException {
        ask(peer, BlockRequest.of(BlockRequest.Kind.GET, cids), List.of(), in -> {
            for (int i = 0; i < cids.size(); i++) {
                int length = Answers.parseBlockHead(Frames.read(in, Limits.MAX_ANSWER));
                sink.block(i, length < 0 ? null : read(in, length));
            }
            return null;
        });
    }

    private static ByteBuffer read(InputStream in, int length) throws IOException {
        byte[] data = in.readNBytes(length);
        if (data.length < length) {
            throw new EOFException("a block was cut off");
        }
        return ByteBuffer.wrap(data);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    private <T> T ask(PeerId peer, BlockRequest request, List<Block> blocks, Reading<T> reading) throws IOException {
        Semaphore turn = turns.computeIfAbsent(peer, p -> new Semaphore(Limits.REQUESTS_TO_PEER));
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return askNow(peer, request, blocks, reading);
        } finally {
            turn.release();
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException e = new InterruptedIOException("interrupted while other requests were under way");
        e.initCause(cause);
        return e;
    }

    private <T> T askNow(PeerId peer, BlockRequest request, List<Block> blocks, Reading<T> reading)
            throws IOException {
        boolean bulk = request.kind() != BlockRequest.Kind.HAVE;
        return Exchange.talk(opener.open(peer, Limits.PROTOCOL, bulk), patience, stream -> {
            OutputStream out = stream.output();
            Frames.write(out, request.toBytes());
            for (Block block : blocks) {
                block.writeTo(out);
            }
            out.close();
            return reading.read(stream.input());
        });
    }
}
