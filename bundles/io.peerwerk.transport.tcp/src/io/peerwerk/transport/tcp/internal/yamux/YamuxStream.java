// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.StreamReceiver;

/** A stream as other threads see it, and the bytes that wait to be sent on it, which belong to the event loop. */
final class YamuxStream implements MuxedStream {

    private final YamuxHandler session;
    private final ArrayDeque<ByteBuf> unsent = new ArrayDeque<>();
    private final AtomicInteger used = new AtomicInteger();
    private volatile int step = YamuxOptions.INITIAL_WINDOW / 4;
    private @Nullable StreamReceiver receiver;
    private int id;

    YamuxStream(YamuxHandler session) {
        this.session = session;
    }

    // ---- any thread

    @Override
    public void write(ByteBuf data) {
        if (!session.submit(() -> session.queue(this, data))) {
            data.release();
        }
    }

    @Override
    public void finish() {
        session.submit(() -> session.finish(this));
    }

    @Override
    public void reset() {
        session.submit(() -> session.reset(this));
    }

    @Override
    public void consumed(int bytes) {
        if (used.addAndGet(bytes) >= step) {
            int told = used.getAndSet(0);
            if (told > 0) {
                session.submit(() -> session.consumed(this, told));
            }
        }
    }

    @Override
    public void ignoreInput() {
        session.submit(() -> session.ignore(this));
    }

    // ---- event loop

    int id() {
        return id;
    }

    void open(int number) {
        id = number;
    }

    void receiver(StreamReceiver taker) {
        receiver = taker;
    }

    StreamReceiver receiver() {
        StreamReceiver taker = receiver;
        if (taker == null) {
            throw new IllegalStateException("the stream has no receiver");
        }
        return taker;
    }

    void step(int bytes) {
        step = bytes;
    }

    void add(ByteBuf data) {
        unsent.add(data);
    }

    /** Writes the next bytes to the link and tells that they are on their way. */
    void send(ChannelHandlerContext ctx, int bytes) {
        int left = bytes;
        while (left > 0) {
            ByteBuf first = unsent.element();
            boolean whole = first.readableBytes() <= left;
            ByteBuf next = whole ? unsent.remove() : first.readRetainedSlice(left);
            left -= next.readableBytes();
            ctx.write(next, ctx.voidPromise());
        }
        receiver().sent(bytes);
    }

    void dropUnsent() {
        unsent.forEach(ByteBuf::release);
        unsent.clear();
    }
}
