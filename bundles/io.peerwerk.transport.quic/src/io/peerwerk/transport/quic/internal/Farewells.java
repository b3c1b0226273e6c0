// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionAddress;

/**
 * Says once more that a connection is closed to a peer that has missed it. Netty sends CONNECTION_CLOSE once and
 * forgets the connection: were that packet lost, its peer would talk to nobody until its idle timeout. So the packet is
 * kept for as long as a peer may take to notice by itself, and answers what comes for the connection (RFC 9000,
 * 10.2.1), the first, second, fourth, eighth … time, so that no two ends keep each other busy.
 *
 * <p>Stands before the codecs of a socket; used on its event loop.
 */
final class Farewells extends ChannelDuplexHandler {

    private static final long LIFE_NANOS = QuicLimits.IDLE.toNanos();

    private final Map<SocketAddress, Farewell> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SocketAddress, Farewell> eldest) {
            return size() > QuicLimits.MAX_FAREWELLS;
        }
    };
    private final LongSupplier clock;
    private boolean closing;
    private @Nullable DatagramPacket last;

    private static final class Farewell {

        private final byte[] packet;
        private final InetSocketAddress peer;
        private final long end;
        private int asked;

        Farewell(byte[] packet, InetSocketAddress peer, long end) {
            this.packet = packet;
            this.peer = peer;
            this.end = end;
        }

        boolean isDue() {
            return Integer.bitCount(++asked) == 1;
        }
    }

    /** @param clock gives nanoseconds, as {@link System#nanoTime} */
    Farewells(LongSupplier clock) {
        this.clock = clock;
    }

    /** Says goodbye on a connection and closes it. */
    static void close(QuicChannel channel) {
        Farewells farewells = channel.parent().pipeline().get(Farewells.class);
        if (farewells == null) {
            channel.close(true, 0, Unpooled.EMPTY_BUFFER);
        } else {
            farewells.closeAndKeep(channel);
        }
    }

    private void closeAndKeep(QuicChannel channel) {
        SocketAddress id = channel.localAddress();
        closing = true;
        try {
            channel.close(true, 0, Unpooled.EMPTY_BUFFER);
        } finally {
            closing = false;
        }
        DatagramPacket goodbye = last;
        last = null;
        if (goodbye != null && id != null) {
            keep(id, goodbye);
        }
    }

    /** Keeps what says goodbye. */
    void keep(SocketAddress id, DatagramPacket goodbye) {
        byte[] packet = ByteBufUtil.getBytes(goodbye.content());
        said.put(id, new Farewell(packet, goodbye.recipient(), clock.getAsLong() + LIFE_NANOS));
    }

    /**
     * Of what leaves while a connection is closed, the last packet says so; Netty sends an empty one after it. Several
     * packets in one hold data.
     */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (closing && message instanceof DatagramPacket packet) {
            int length = packet.content().readableBytes();
            if (length > 0 && length <= QuicLimits.MAX_PAYLOAD) {
                last = packet.replace(Unpooled.copiedBuffer(packet.content()));
            }
        }
        ctx.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!said.isEmpty() && message instanceof DatagramPacket packet && hasMissed(ctx, packet)) {
            packet.release();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** Whether a packet is for a connection that was closed. */
    private boolean hasMissed(ChannelHandlerContext ctx, DatagramPacket packet) {
        ByteBuf bytes = packet.content();
        if (!Demultiplexer.hasShortId(bytes)) {
            return false;
        }
        byte[] id = new byte[QuicLimits.ID_BYTES];
        bytes.getBytes(bytes.readerIndex() + Demultiplexer.SHORT_ID, id);
        Farewell farewell = said.get(new QuicConnectionAddress(id));
        if (farewell == null || farewell.end - clock.getAsLong() < 0) {
            return false;
        }
        if (farewell.peer.equals(packet.sender()) && farewell.isDue()) {
            ByteBuf again = ctx.alloc().directBuffer(farewell.packet.length).writeBytes(farewell.packet);
            ctx.writeAndFlush(new DatagramPacket(again, farewell.peer), ctx.voidPromise());
        }
        return true;
    }

    /** The oldest are over first. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!said.isEmpty()) {
            long now = clock.getAsLong();
            Iterator<Farewell> oldest = said.values().iterator();
            while (oldest.hasNext() && oldest.next().end - now < 0) {
                oldest.remove();
            }
        }
        ctx.fireChannelReadComplete();
    }
}
