// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.peerwerk.core.Registration;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.internal.blocks.LogBlockStore;
import io.peerwerk.storage.internal.blocks.LogOptions;
import io.peerwerk.storage.internal.exchange.BlockRequest;
import io.peerwerk.storage.internal.exchange.Limits;
import io.peerwerk.transport.Stream;

/** Takes a node's place at its host and its store: says truly what it has, and gives something else. */
final class Liar implements AutoCloseable {

    /** What it does when it is asked for blocks. */
    enum Way { FLIPPED, TRUNCATED, SILENT, GARBAGE, CUT_OFF, HUGE, DENIES, EMPTY }

    final AtomicInteger asked = new AtomicInteger();
    private final Way way;
    private final LogBlockStore store;
    private final Registration server;
    private final CountDownLatch end = new CountDownLatch(1);

    Liar(Neighbourhood.Node node, Way way) throws IOException {
        this.way = way;
        node.storage.close();
        store = new LogBlockStore(node.directory.resolve("blocks"), LogOptions.quota(1L << 40));
        server = node.host.handle(Limits.PROTOCOL, this::handle);
    }

    private void handle(Stream stream) throws IOException {
        InputStream in = stream.input();
        OutputStream out = stream.output();
        for (byte[] frame = Frames.readOrEnd(in, 1 << 20); frame != null; frame = Frames.readOrEnd(in, 1 << 20)) {
            BlockRequest request = BlockRequest.parse(frame);
            switch (request.kind()) {
                case HAVE -> {
                    BitSet has = new BitSet();
                    for (int i = 0; i < request.blocks().size(); i++) {
                        has.set(i, store.has(request.blocks().get(i).cid()));
                    }
                    Frames.write(out, new ProtoWriter().bytes(1, has.toByteArray()).toBytes());
                }
                case GET -> lie(request, out);
                case PUT -> throw new IOException("takes nothing");
            }
            out.flush();
        }
    }

    private void lie(BlockRequest request, OutputStream out) throws IOException {
        asked.incrementAndGet();
        for (BlockRequest.Ref ref : request.blocks()) {
            byte[] data = store.get(ref.cid()).map(ByteBuffer::array).orElse(new byte[0]);
            switch (way) {
                case FLIPPED -> {
                    data[data.length / 2] ^= 1;
                    answer(out, data.length, data);
                }
                case TRUNCATED -> answer(out, data.length - 1, Arrays.copyOf(data, data.length - 1));
                case EMPTY -> answer(out, 0, new byte[0]);
                case GARBAGE -> out.write(new byte[] {5, -1, -1, -1, -1, -1, 0, 0});
                case HUGE -> answer(out, Integer.MAX_VALUE, data);
                case CUT_OFF -> {
                    answer(out, data.length, Arrays.copyOf(data, data.length / 2));
                    out.flush();
                    throw new IOException("cut off");
                }
                case DENIES -> Frames.write(out, new ProtoWriter().bool(1, false).toBytes());
                case SILENT -> hang();
            }
        }
    }

    private static void answer(OutputStream out, int length, byte[] data) throws IOException {
        Frames.write(out, new ProtoWriter().bool(1, true).uint(2, length).toBytes());
        out.write(data);
    }

    private void hang() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
        store.close();
    }
}
