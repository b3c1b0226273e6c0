// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Between frames and bytes. What is written before the upgrade is done waits here, and so does what comes in before
 * anybody reads: neither is more than one turn of the socket.
 *
 * <p>A peer that breaks the rules is told the reason's number (RFC 6455, section 7.4.1) and cut off.
 */
final class FrameHandler extends ChannelDuplexHandler {

    /** The longest frame that is taken, in bytes; its memory is taken as it comes. Peers send at most 64 KiB or so. */
    static final int MAX_FRAME = 1 << 20;

    /** The longest frame that is sent, in bytes: proxies buffer a whole one. */
    static final int MAX_SENT = 1 << 18;

    /** Bytes that may be written before the upgrade is done: a few lines of negotiation. */
    private static final int MAX_WAITING = 64 * 1024;

    /** How long a goodbye may take to get on its way, in milliseconds. */
    private static final int GOODBYE_MILLIS = 1000;

    private record Write(ByteBuf data, ChannelPromise promise) {
    }

    private final ArrayDeque<Write> early = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();
    private final LongSupplier nanos;
    private final FrameBudget budget;
    private int waiting;
    private boolean open;
    private boolean read;
    private boolean closing;
    private @Nullable ChannelHandlerContext context;

    /** @param nanos a clock, as {@link System#nanoTime} */
    FrameHandler(LongSupplier nanos) {
        this.nanos = nanos;
        this.budget = new FrameBudget(nanos.getAsLong());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** The upgrade is done: frames can travel. */
    void opened() {
        ChannelHandlerContext ctx = context;
        open = true;
        for (Write write = early.poll(); write != null && ctx != null; write = early.poll()) {
            send(ctx, write.data(), write.promise());
        }
        if (ctx != null) {
            ctx.flush();
        }
    }

    // ---- out

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf data)) {
            ctx.write(message, promise);
        } else if (open) {
            send(ctx, data, promise);
        } else if (waiting + data.readableBytes() > MAX_WAITING) {
            data.release();
            promise.setFailure(new TooLongFrameException("too much is written before the upgrade"));
        } else {
            waiting += data.readableBytes();
            early.add(new Write(data, promise));
        }
    }

    private static void send(ChannelHandlerContext ctx, ByteBuf data, ChannelPromise promise) {
        while (data.readableBytes() > MAX_SENT) {
            ctx.write(new BinaryWebSocketFrame(data.readRetainedSlice(MAX_SENT)));
        }
        ctx.write(new BinaryWebSocketFrame(data), promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        goodbye(ctx, WebSocketCloseStatus.NORMAL_CLOSURE, promise);
    }

    /** Says goodbye once, and closes when that is on its way, or after a moment. */
    private void goodbye(ChannelHandlerContext ctx, WebSocketCloseStatus status, ChannelPromise promise) {
        boolean first = !closing;
        closing = true;
        if (!first || !open || !ctx.channel().isActive() || !ctx.channel().isWritable()) {
            ctx.close(promise);
            return;
        }
        var late = ctx.executor().schedule(() -> {
            ctx.close();
        }, GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        ctx.writeAndFlush(new CloseWebSocketFrame(status)).addListener(sent -> {
            late.cancel(false);
            ctx.close(promise);
        });
    }

    private void offend(ChannelHandlerContext ctx, WebSocketCloseStatus status, String why) {
        goodbye(ctx, status, ctx.newPromise());
        ctx.fireExceptionCaught(new CorruptedFrameException(why));
    }

    // ---- in

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing || !(message instanceof WebSocketFrame frame)) {
            ReferenceCountUtil.release(message);
            return;
        }
        switch (frame) {
            case BinaryWebSocketFrame data -> data(ctx, data);
            case ContinuationWebSocketFrame more -> data(ctx, more);
            case PingWebSocketFrame ping -> ping(ctx, ping);
            case PongWebSocketFrame pong -> idle(ctx, pong);
            case CloseWebSocketFrame goodbye -> {
                goodbye.release();
                goodbye(ctx, WebSocketCloseStatus.NORMAL_CLOSURE, ctx.newPromise());
            }
            default -> {
                frame.release();
                offend(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a message that is not binary");
            }
        }
    }

    private void data(ChannelHandlerContext ctx, WebSocketFrame frame) {
        ByteBuf content = frame.content();
        if (!content.isReadable()) {
            idle(ctx, frame);
        } else if (read) {
            ctx.fireChannelRead(content);
        } else {
            unread.add(content);
        }
    }

    /** Answers unless the peer does not take the answers. */
    private void ping(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        ByteBuf content = ping.content().retain();
        boolean fair = idle(ctx, ping);
        if (fair && ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(content));
        } else {
            content.release();
        }
    }

    private boolean idle(ChannelHandlerContext ctx, WebSocketFrame frame) {
        frame.release();
        if (budget.take(nanos.getAsLong())) {
            return true;
        }
        offend(ctx, WebSocketCloseStatus.POLICY_VIOLATION, "too many frames that carry nothing");
        return false;
    }

    /** Somebody reads: the handlers behind are in place. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (open && !read) {
            read = true;
            for (ByteBuf data = unread.poll(); data != null; data = unread.poll()) {
                ctx.fireChannelRead(data);
            }
            ctx.fireChannelReadComplete();
        }
        ctx.read();
    }

    /** Nothing was lost by waiting for a reader: it may have come before the upgrade was done. */
    void readBefore() {
        read = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop(new ClosedChannelException());
    }

    private void drop(Throwable why) {
        for (Write write = early.poll(); write != null; write = early.poll()) {
            write.data().release();
            write.promise().tryFailure(why);
        }
        for (ByteBuf data = unread.poll(); data != null; data = unread.poll()) {
            data.release();
        }
    }
}
