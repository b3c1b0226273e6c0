// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of a link at its very front: what the network sees. */
final class Traffic extends ChannelDuplexHandler {

    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();

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
    }
}
