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
    private boolean fed;

    YamuxStream(YamuxHandler session) {
        this.session = session;
    }

    // ---- any thread

    @Override
    public int headroom() {
        return Frame.HEADER;
    }

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

    /** Bytes were passed to the receiver; whether these are the first since {@link #fedUp}. */
    boolean feed() {
        boolean first = !fed;
        fed = true;
        return first;
    }

    /** No more bytes are there for the moment. */
    void fedUp() {
        fed = false;
        receiver().dataComplete();
    }

    void step(int bytes) {
        step = bytes;
    }

    void add(ByteBuf data) {
        unsent.add(data);
    }

    /** Writes a frame of data to the link and tells that its bytes are on their way. */
    void send(ChannelHandlerContext ctx, Frame frame) {
        int left = (int) frame.length();
        ByteBuf first = unsent.peek();
        if (first != null && first.readableBytes() == left && hasRoom(first)) {
            first.readerIndex(first.readerIndex() - Frame.HEADER);
            frame.write(first, first.readerIndex());
            ctx.write(unsent.remove(), ctx.voidPromise());
        } else {
            ctx.write(frame.header(ctx.alloc()), ctx.voidPromise());
            sendPieces(ctx, left);
        }
        receiver().sent((int) frame.length());
    }

    /** Whether a header fits in front of the bytes, where nobody else has any. */
    private static boolean hasRoom(ByteBuf bytes) {
        return bytes.readerIndex() >= Frame.HEADER && bytes.refCnt() == 1;
    }

    private void sendPieces(ChannelHandlerContext ctx, int length) {
        int left = length;
        while (left > 0) {
            ByteBuf first = unsent.element();
            ByteBuf next = first.readableBytes() <= left ? unsent.remove() : first.readRetainedSlice(left);
            left -= next.readableBytes();
            ctx.write(next, ctx.voidPromise());
        }
    }

    void dropUnsent() {
        unsent.forEach(ByteBuf::release);
        unsent.clear();
    }
}
