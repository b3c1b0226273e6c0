// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.BlockStore;
import io.peerwerk.storage.internal.exchange.Answers.PutResult;
import io.peerwerk.transport.Host;
import io.peerwerk.transport.Stream;
import org.jspecify.annotations.Nullable;

/** The holder's side: serves a block store to other peers. */
public final class BlockServer {

    private final BlockStore store;
    private final Holder holder;
    private final Semaphore putMemory = new Semaphore(Limits.PUT_MEMORY_KIB, true);
    private final Map<PeerId, Integer> busy = new ConcurrentHashMap<>();

    /** @param stored hears what other peers put here, after it is durable */
    public BlockServer(BlockStore store, Consumer<List<Cid>> stored) {
        this.store = store;
        holder = new Holder(store, stored);
    }

    /** Serves until the registration is closed. */
    public Registration serve(Host host) {
        return host.handle(Limits.PROTOCOL, this::handle);
    }

    private void handle(Stream stream) throws IOException {
        PeerId peer = stream.connection().peer();
        int requests = busy.merge(peer, 1, Integer::sum);
        try {
            if (requests > Limits.REQUESTS_PER_PEER) {
                throw new IOException("more than " + Limits.REQUESTS_PER_PEER + " requests at a time");
            }
            serve(stream);
        } finally {
            busy.computeIfPresent(peer, (p, count) -> count == 1 ? null : count - 1);
        }
    }

    private void serve(Stream stream) throws IOException {
        InputStream in = stream.input();
        OutputStream out = stream.output();
        stream.timeout(Limits.IDLE);
        for (byte[] frame = next(in); frame != null; frame = next(in)) {
            stream.timeout(Limits.SILENCE);
            BlockRequest request = BlockRequest.parse(frame);
            switch (request.kind()) {
                case PUT -> Frames.write(out, Answers.results(put(request, in)));
                case HAVE -> Frames.write(out, Answers.bits(have(request)));
                case GET -> get(request, out);
            }
            out.flush();
            stream.timeout(Limits.IDLE);
        }
    }

    private static byte @Nullable [] next(InputStream in) throws IOException {
        return Frames.readOrEnd(in, Limits.MAX_REQUEST);
    }

    private BitSet have(BlockRequest request) {
        BitSet there = new BitSet();
        for (int i = 0; i < request.blocks().size(); i++) {
            there.set(i, store.has(request.blocks().get(i).cid()));
        }
        return there;
    }

    private void get(BlockRequest request, OutputStream out) throws IOException {
        for (BlockRequest.Ref ref : request.blocks()) {
            Optional<ByteBuffer> data = store.get(ref.cid());
            Frames.write(out, Answers.blockHead(data.map(ByteBuffer::remaining).orElse(-1)));
            if (data.isPresent()) {
                ByteBuffer bytes = data.get();
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
        }
    }

    private List<PutResult> put(BlockRequest request, InputStream in) throws IOException {
        int memory = request.totalBytes() / 1024 + 1;
        try {
            if (!putMemory.tryAcquire(memory, Limits.SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("too busy to take blocks");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting to take blocks", e);
        }
        try {
            return holder.store(read(request, in));
        } finally {
            putMemory.release(memory);
        }
    }

    private static List<Block> read(BlockRequest request, InputStream in) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (BlockRequest.Ref ref : request.blocks()) {
            byte[] data = in.readNBytes(ref.length());
            if (data.length < ref.length()) {
                throw new EOFException("a block was cut off");
            }
            blocks.add(new Block(ref.cid(), ByteBuffer.wrap(data)));
        }
        return blocks;
    }
}
