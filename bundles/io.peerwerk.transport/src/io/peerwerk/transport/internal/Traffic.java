// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.peerwerk.transport.internal.limits.Holding;
import io.peerwerk.transport.internal.limits.Lease;
import io.peerwerk.transport.internal.limits.Priority;

/**
 * Counts the bytes of a link at its very front: what the network sees, and what waits there because a peer does not
 * read it. When there is no memory for the next message the channel says that it is not writable, until some have left.
 */
final class Traffic extends ChannelDuplexHandler {

    /** The longest message of a secure channel: there is always memory set aside for one more. */
    private static final int MESSAGE = 64 * 1024;

    /** Whether there is memory is one of the things that a channel's writability depends on; this is its number. */
    private static final int MEMORY = 1;

    /** How often a queue that does not move is looked at. */
    private static final long LOOK_MILLIS = 1000;

    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();
    private final Holding waiting;
    private boolean full;
    private boolean looking;

    /** @param lease what the bytes that wait count for */
    Traffic(Lease lease) {
        waiting = new Holding(lease, Priority.LINK);
    }

    long in() {
        return in.get();
    }

    long out() {
        return out.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            in.lazySet(in.get() + bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            out.lazySet(out.get() + bytes.readableBytes());
        }
        ctx.write(message, promise);
        count(ctx);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        count(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        count(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void count(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer queue = ctx.channel().unsafe().outboundBuffer();
        if (queue == null) {
            return;
        }
        long bytes = queue.totalPendingWriteBytes();
        boolean room = waiting.resize(bytes == 0 ? 0 : bytes + MESSAGE) || bytes == 0;
        if (room == full) {
            full = !room;
            queue.setUserDefinedWritability(MEMORY, room);
        }
        if (bytes > 0 && !looking) {
            looking = true;
            ctx.executor().schedule(() -> look(ctx), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        looking = false;
        count(ctx);
    }
}
