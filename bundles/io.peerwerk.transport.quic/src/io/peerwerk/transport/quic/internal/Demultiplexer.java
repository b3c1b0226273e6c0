// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/**
 * Lets one socket serve connections of both directions: incoming datagrams go to the codec of those that were dialled
 * from here if they carry a connection id that was chosen here for a dial, to the codec of incoming ones otherwise. Our
 * ids are random and {@value QuicLimits#ID_BYTES} bytes long, so that a number of that size stands for one.
 *
 * <pre>
 *   socket ─▶ Demultiplexer ─▶ server codec    pass ─▶ client codec
 *                   └─────────────────────────▶┘
 * </pre>
 *
 * <p>Datagrams of one connection that come one after the other are a run: all but the last go straight to quiche
 * ({@link DirectReceive}), so that what is to be done for the connection is done once a run. A datagram is therefore
 * held until the next has come or all are read.
 *
 * <p>Used on the socket's event loop.
 */
final class Demultiplexer extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Demultiplexer.class);

    /** First byte, connection id, and the least that can follow: no datagram of QUIC is shorter. */
    private static final int MIN_DATAGRAM = 1 + 4 + 16;

    private static final int LONG_HEADER = 0x80;

    /** Of the packets with a long header, those without this bit open a connection: Initial and 0-RTT. */
    private static final int GOES_ON = 0x20;

    /** Where the connection id starts in packets with a short header, and its length in those with a long one. */
    static final int SHORT_ID = 1;
    private static final int LONG_ID_LENGTH = 5;

    /** Datagrams that quiche gets until Netty looks at the streams: some 45 KiB. */
    private static final int MAX_RUN = 32;

    private final Set<Long> dialled = new HashSet<>();
    private final List<Runnable> afterRead = new ArrayList<>();
    private final ChannelInboundHandlerAdapter pass = new ChannelInboundHandlerAdapter();
    private final BooleanSupplier takesLinks;
    private @Nullable ChannelHandler server;
    private @Nullable ChannelHandler client;
    private @Nullable DatagramPacket held;
    private @Nullable DirectReceive run;
    private int runLength;

    /**
     * @param takesLinks whether strangers may open connections; otherwise they get no answer, and the codec no work that
     *                   nothing limits
     */
    Demultiplexer(BooleanSupplier takesLinks) {
        this.takesLinks = takesLinks;
    }

    /** The codecs of incoming and of dialled connections; without them each datagram goes its way by itself. */
    void codecs(ChannelHandler incoming, ChannelHandler outgoing) {
        server = incoming;
        client = outgoing;
    }

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
        var datagram = (DatagramPacket) message;
        if (datagram.content().readableBytes() < MIN_DATAGRAM || isUnwanted(datagram.content())) {
            datagram.release();
            return;
        }
        DatagramPacket before = held;
        if (before != null && !(continues(before, datagram) && takeDirectly(before))) {
            release(ctx);
        }
        if (hasShortId(datagram.content())) {
            held = datagram;
        } else {
            passOn(ctx, datagram);
        }
    }

    /** Whether a datagram is of the same connection and way as the one before. */
    private boolean continues(DatagramPacket before, DatagramPacket datagram) {
        ByteBuf bytes = datagram.content();
        return runLength < MAX_RUN && hasShortId(bytes)
                && ByteBufUtil.equals(before.content(), before.content().readerIndex() + SHORT_ID, bytes,
                        bytes.readerIndex() + SHORT_ID, QuicLimits.ID_BYTES)
                && before.sender().equals(datagram.sender()) && before.recipient().equals(datagram.recipient());
    }

    private boolean takeDirectly(DatagramPacket datagram) {
        ByteBuf bytes = datagram.content();
        ChannelHandler codec = isDialled(bytes) ? client : server;
        if (runLength == 0 && codec != null) {
            run = DirectReceive.of(codec, bytes.nioBuffer(bytes.readerIndex() + SHORT_ID, QuicLimits.ID_BYTES));
        }
        DirectReceive taker = run;
        if (taker == null || !taker.receive(datagram)) {
            return false;
        }
        runLength++;
        datagram.release();
        held = null;
        return true;
    }

    /** Ends a run: Netty gets the datagram that was held back, and sees what came before it. */
    private void release(ChannelHandlerContext ctx) {
        DatagramPacket last = held;
        held = null;
        run = null;
        runLength = 0;
        if (last != null) {
            passOn(ctx, last);
        }
    }

    private void passOn(ChannelHandlerContext ctx, DatagramPacket datagram) {
        (isDialled(datagram.content()) ? ctx.pipeline().context(pass) : ctx).fireChannelRead(datagram);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        release(ctx);
        ctx.fireChannelReadComplete();
        ctx.pipeline().context(pass).fireChannelReadComplete();
        List<Runnable> tasks = List.copyOf(afterRead);
        afterRead.clear();
        tasks.forEach(Runnable::run);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        DatagramPacket last = held;
        held = null;
        if (last != null) {
            last.release();
        }
    }

    /** Runs a task once, when something was read next. */
    void afterRead(Runnable task) {
        afterRead.add(task);
    }

    private boolean isUnwanted(ByteBuf bytes) {
        boolean opens = isLong(bytes) && (bytes.getByte(bytes.readerIndex()) & GOES_ON) == 0;
        return opens && !takesLinks.getAsBoolean() && !isDialled(bytes);
    }

    private boolean isDialled(ByteBuf bytes) {
        if (dialled.isEmpty()) {
            return false;
        }
        int at = bytes.readerIndex();
        if (!isLong(bytes)) {
            return dialled.contains(bytes.getLong(at + SHORT_ID));
        }
        return bytes.getByte(at + LONG_ID_LENGTH) == QuicLimits.ID_BYTES
                && dialled.contains(bytes.getLong(at + LONG_ID_LENGTH + 1));
    }

    /** Whether a datagram has a short header with a connection id of ours. */
    static boolean hasShortId(ByteBuf bytes) {
        return bytes.readableBytes() > QuicLimits.ID_BYTES && !isLong(bytes);
    }

    private static boolean isLong(ByteBuf bytes) {
        return (bytes.getByte(bytes.readerIndex()) & LONG_HEADER) != 0;
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
