// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.peerwerk.transport.Stream;

/**
 * A stream with a Netty channel's face, so that another connection can run inside it.
 *
 * <p>Two virtual threads do the blocking. The reader takes one piece from the stream each time the channel wants to
 * read; while it does not, the stream's window fills and the far end waits. The writer has at most
 * {@value #BATCH} bytes in hand; the rest waits in the channel's queue, which makes the channel unwritable, so those
 * above it wait as well. A pair of {@code LocalChannel}s with pumps would be less code and would lose just that: it
 * moves bytes to its other half whether that reads or not.
 *
 * <p>The end of the stream's input closes the channel, as with a socket; closing the channel sends what the writer has
 * in hand, ends the stream's output and drops its input.
 */
final class StreamChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** Bytes read at a time, and taken for the writer at a time. */
    private static final int PIECE = 16 * 1024;
    private static final int BATCH = 64 * 1024;

    /** A close waits so long for a writer that waits for the far end. */
    private static final long CLOSE_SECONDS = 5;

    /** How the ends appear in logs. */
    private static final class CircuitEnd extends SocketAddress {

        private static final long serialVersionUID = 1L;

        private final String name;

        private CircuitEnd(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Stream stream;
    private final CircuitEnd local;
    private final CircuitEnd remote;
    private final Semaphore wanted = new Semaphore(0);
    private final LinkedBlockingQueue<List<ByteBuf>> batches = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean open = true;
    private boolean reading;
    private boolean writing;

    StreamChannel(Stream stream, String local, String remote) {
        super(null);
        this.stream = stream;
        this.local = new CircuitEnd(local);
        this.remote = new CircuitEnd(remote);
        config.setAutoRead(false);
    }

    // ---- reading

    @Override
    protected void doBeginRead() {
        if (!reading) {
            reading = true;
            wanted.release();
        }
    }

    private void readPieces() {
        try {
            byte[] piece = new byte[PIECE];
            while (true) {
                wanted.acquire();
                int count = open ? stream.input().read(piece) : -1;
                if (count < 0) {
                    break;
                }
                ByteBuf bytes = alloc().heapBuffer(count).writeBytes(piece, 0, count);
                if (!onLoop(() -> pass(bytes))) {
                    bytes.release();
                }
            }
        } catch (IOException e) {
            // the stream is gone, and so is the channel
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        onLoop(() -> unsafe().close(voidPromise()));
    }

    private void pass(ByteBuf bytes) {
        reading = false;
        pipeline().fireChannelRead(bytes);
        pipeline().fireChannelReadComplete();
    }

    // ---- writing

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        if (writing) {
            return;
        }
        var batch = new ArrayList<ByteBuf>();
        int bytes = 0;
        while (bytes < BATCH && waiting.current() instanceof ByteBuf next) {
            bytes += next.readableBytes();
            batch.add(next.retain());
            waiting.remove();
        }
        if (!batch.isEmpty()) {
            writing = true;
            batches.add(batch);
        }
    }

    private void writeBatches() {
        try {
            for (List<ByteBuf> batch = batches.take(); !batch.isEmpty(); batch = batches.take()) {
                write(batch);
                onLoop(() -> {
                    writing = false;
                    ((StreamUnsafe) unsafe()).goOn();
                });
            }
            stream.close();
        } catch (IOException e) {
            stream.reset();
            onLoop(() -> unsafe().close(voidPromise()));
        } catch (InterruptedException e) {
            stream.reset();
            Thread.currentThread().interrupt();
        } finally {
            ended.complete(null);
        }
    }

    /** Completes when the channel is closed and the last bytes are with the stream, or the stream is gone. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("only bytes go over a stream: " + message.getClass());
    }

    private void write(List<ByteBuf> batch) throws IOException {
        OutputStream out = stream.output();
        try {
            for (ByteBuf bytes : batch) {
                bytes.readBytes(out, bytes.readableBytes());
            }
            out.flush();
        } finally {
            batch.forEach(ReferenceCountUtil::release);
        }
    }

    private boolean onLoop(Runnable task) {
        try {
            eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            stream.reset();
            return false;
        }
    }

    // ---- life

    @Override
    protected void doRegister(ChannelPromise promise) {
        Thread.ofVirtual().name("circuit-read").start(this::readPieces);
        Thread.ofVirtual().name("circuit-write").start(this::writeBatches);
        promise.setSuccess();
    }

    @Override
    protected void doClose() {
        open = false;
        wanted.release();
        if (writing) {
            eventLoop().schedule(stream::reset, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        batches.add(List.of());
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream has its ends already");
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    private final class StreamUnsafe extends AbstractUnsafe {

        /** Takes what was flushed while the writer was busy. */
        void goOn() {
            super.flush0();
        }

        @Override
        public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a stream is connected already"));
        }
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && isRegistered();
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
