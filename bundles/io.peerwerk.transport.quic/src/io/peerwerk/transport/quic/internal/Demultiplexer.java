// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/**
 * Lets one socket serve connections of both directions: incoming datagrams go to the codec of those that were dialled
 * from here if they carry a connection id that was chosen here for a dial, to the codec of incoming ones otherwise. Our
 * ids are random and {@value QuicLimits#ID_BYTES} bytes long, so that their first eight tell them apart.
 *
 * <pre>
 *   socket ─▶ Demultiplexer ─▶ server codec    pass ─▶ client codec
 *                   └─────────────────────────▶┘
 * </pre>
 *
 * <p>Used on the socket's event loop.
 */
final class Demultiplexer extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Demultiplexer.class);

    /** First byte, connection id, and the least that can follow: no datagram of QUIC is shorter. */
    private static final int MIN_DATAGRAM = 1 + 4 + 16;

    private static final int LONG_HEADER = 0x80;

    /** Where the connection id starts in packets with a short header, and its length in those with a long one. */
    private static final int SHORT_ID = 1;
    private static final int LONG_ID_LENGTH = 5;

    private final Set<Long> dialled = new HashSet<>();
    private final List<Runnable> afterRead = new ArrayList<>();
    private final ChannelInboundHandlerAdapter pass = new ChannelInboundHandlerAdapter();

    /** Stands between the two codecs. */
    ChannelInboundHandlerAdapter pass() {
        return pass;
    }

    /** Datagrams with this id belong to a connection that is dialled from here. */
    void add(byte[] id) {
        dialled.add(tag(id));
    }

    void remove(byte[] id) {
        dialled.remove(tag(id));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = ((DatagramPacket) message).content();
        if (bytes.readableBytes() < MIN_DATAGRAM) {
            ((DatagramPacket) message).release();
        } else if (isDialled(bytes)) {
            ctx.pipeline().context(pass).fireChannelRead(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        ctx.pipeline().context(pass).fireChannelReadComplete();
        List<Runnable> tasks = List.copyOf(afterRead);
        afterRead.clear();
        tasks.forEach(Runnable::run);
    }

    /** Runs a task once, when something was read next. */
    void afterRead(Runnable task) {
        afterRead.add(task);
    }

    private boolean isDialled(ByteBuf bytes) {
        if (dialled.isEmpty()) {
            return false;
        }
        int at = bytes.readerIndex();
        if ((bytes.getByte(at) & LONG_HEADER) == 0) {
            return dialled.contains(bytes.getLong(at + SHORT_ID));
        }
        return bytes.getByte(at + LONG_ID_LENGTH) == QuicLimits.ID_BYTES
                && dialled.contains(bytes.getLong(at + LONG_ID_LENGTH + 1));
    }

    private static long tag(byte[] id) {
        return ByteBuffer.wrap(id).getLong();
    }

    /** What a socket without a peer of its own tells now and then, such as a route that is gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("at {}: {}", ctx.channel().localAddress(), cause.toString());
    }
}
