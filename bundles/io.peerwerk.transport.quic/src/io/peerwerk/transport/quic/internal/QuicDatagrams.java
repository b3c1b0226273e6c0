// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicChannel;
import io.peerwerk.transport.spi.DatagramLane;

/** The datagrams of one connection (RFC 9221). Those that the link does not take at once are dropped. */
final class QuicDatagrams implements DatagramLane {

    private final AtomicInteger waiting = new AtomicInteger();
    private final QuicChannel channel;
    private final Greeting greeting;
    private final AtomicLong out;
    private volatile @Nullable Consumer<byte[]> receiver;

    /** @param out counts what was sent */
    QuicDatagrams(QuicChannel channel, Greeting greeting, AtomicLong out) {
        this.channel = channel;
        this.greeting = greeting;
        this.out = out;
    }

    @Override
    public int maxSize() {
        return greeting.datagramSize();
    }

    @Override
    public boolean send(byte[] datagram) {
        if (datagram.length > maxSize() || !channel.isActive()) {
            return false;
        }
        if (waiting.incrementAndGet() > QuicLimits.MAX_DATAGRAMS) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            channel.eventLoop().execute(() -> {
                waiting.decrementAndGet();
                ByteBuf bytes = channel.alloc().directBuffer(datagram.length).writeBytes(datagram);
                channel.writeAndFlush(bytes, channel.voidPromise());
                out.addAndGet(datagram.length);
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void receive(Consumer<byte[]> taker) {
        receiver = taker;
    }

    /** Takes a datagram from the event loop, and its buffer. */
    void received(ByteBuf bytes) {
        try {
            Consumer<byte[]> taker = receiver;
            if (taker != null && bytes.isReadable()) {
                taker.accept(ByteBufUtil.getBytes(bytes));
            }
        } finally {
            bytes.release();
        }
    }
}
