// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.StreamReceiver;

/**
 * A stream of QUIC. Flow control reaches through: bytes are read from the stream's window only while less than
 * {@link QuicLimits#UNREAD} lie with the application, and the window opens as they are read.
 */
final class QuicStream extends ChannelInboundHandlerAdapter implements MuxedStream {

    /** libp2p gives no meaning to the codes of streams. */
    private static final int NO_REASON = 0;

    /** Bytes read at a time, and times until other streams have their turn. */
    private static final int READ_MIN = 512;
    private static final int READ_FIRST = 4 * 1024;
    private static final int READ_MAX = 64 * 1024;
    private static final int READS = 4;

    private final Queue<ByteBuf> outbox = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> early = new ArrayDeque<>();
    private final AtomicInteger used = new AtomicInteger();
    private final WindowMemory window = new WindowMemory(System.nanoTime());
    private final QuicSession session;
    private final boolean outgoing;
    private @Nullable StreamReceiver receiver;
    private @Nullable ChannelHandlerContext context;
    private int unread;
    private int ignored;
    private int turns;
    private boolean ignoring;
    private boolean pausing;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean endSent;
    private long endSince;
    private volatile boolean closing;
    private boolean over;

    QuicStream(QuicSession session, boolean outgoing) {
        this.session = session;
        this.outgoing = outgoing;
    }

    void receiver(StreamReceiver taker) {
        receiver = taker;
    }

    boolean outgoing() {
        return outgoing;
    }

    // ---- any thread

    @Override
    public void write(ByteBuf data) {
        outbox.add(data);
        if (!session.submit(() -> soon(this::enterTurns)) && outbox.removeIf(waiting -> waiting == data)) {
            data.release();
        }
    }

    @Override
    public void finish() {
        closing = true;
        session.submit(() -> soon(this::enterTurns));
    }

    @Override
    public void reset() {
        session.submit(this::giveUp);
    }

    @Override
    public void consumed(int bytes) {
        if (used.addAndGet(bytes) >= QuicLimits.CONSUMED_STEP) {
            session.submit(() -> {
                unread -= used.getAndSet(0);
                readOn();
            });
        }
    }

    @Override
    public void ignoreInput() {
        session.submit(() -> {
            ignoring = true;
            readOn();
        });
    }

    // ---- event loop: what goes out

    /** Does something when the stream is there. */
    private void soon(Runnable task) {
        if (context == null && !over) {
            early.add(task);
        } else {
            task.run();
        }
    }

    private void enterTurns() {
        if (over) {
            dropUnsent(); // written while the stream ended
        } else if (!endSent) {
            session.sending().enter(this);
        }
    }

    /** Sends some of what was written, and the end together with the last of it. */
    Sending.Turn turn() {
        ChannelHandlerContext ctx = context;
        ByteBuf data = outbox.peek();
        if (over || endSent || ctx == null || data == null && !closing) {
            return Sending.Turn.DONE;
        }
        var carrier = (QuicStreamChannel) ctx.channel();
        if (data == null) {
            return turnOfEnd(ctx, carrier);
        }
        int length = data.readableBytes();
        int count = (int) Math.min(Math.min(length, Sending.TURN_BYTES), CodecInsides.capacity(carrier));
        if (count <= 0) {
            return Sending.Turn.WAITS;
        }
        if (count < length) {
            write(ctx, data.readRetainedSlice(count), false);
            return Sending.Turn.MORE;
        }
        outbox.remove();
        boolean last = outbox.isEmpty() && closing;
        write(ctx, data, last);
        return !outbox.isEmpty() || closing && !last ? Sending.Turn.MORE : Sending.Turn.DONE;
    }

    private Sending.Turn turnOfEnd(ChannelHandlerContext ctx, QuicStreamChannel carrier) {
        if (endSince == 0) {
            endSince = System.nanoTime();
        }
        boolean patient = System.nanoTime() - endSince < QuicLimits.MAX_END_WAIT.toNanos();
        if (patient && !session.sending().hasRoomForEnd(carrier)) {
            return Sending.Turn.WAITS;
        }
        endSent = true;
        session.sending().write(ctx, QuicStreamFrame.EMPTY_FIN, 1, ctx.newPromise().addListener(this::ended));
        return Sending.Turn.DONE;
    }

    private void write(ChannelHandlerContext ctx, ByteBuf data, boolean last) {
        int length = data.readableBytes();
        endSent = last;
        ChannelPromise written = ctx.newPromise();
        written.addListener(done -> {
            if (done.isSuccess()) {
                session.countOut(length);
                receiver().sent(length);
            }
            if (last || !done.isSuccess()) {
                ended(done);
            }
        });
        session.sending().write(ctx, last ? new DefaultQuicStreamFrame(data, true) : data, length, written);
    }

    private void ended(Future<? super Void> done) {
        if (done.isSuccess()) {
            outputEnded = true;
            endIfDone();
        } else {
            peerReset("the peer takes no more");
        }
    }

    private void peerReset(String why) {
        if (!over) {
            giveUp();
            receiver().reset(why);
        }
    }

    /** Leaves the stream in both directions: RESET_STREAM, STOP_SENDING. */
    private void giveUp() {
        if (over) {
            return;
        }
        leave();
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ((QuicStreamChannel) ctx.channel()).shutdown(NO_REASON);
            ctx.close();
        }
    }

    /** Has no more to do with the stream. */
    private void leave() {
        over = true;
        dropUnsent();
        for (Runnable task = early.poll(); task != null; task = early.poll()) {
            task.run();
        }
        session.remove(this);
    }

    private void dropUnsent() {
        for (ByteBuf data = outbox.poll(); data != null; data = outbox.poll()) {
            data.release();
        }
    }

    /** The session is over, or could not open the stream. */
    void lost(String why) {
        if (!over) {
            leave();
            receiver().reset(why);
        }
    }

    /** Time passes. */
    void tick() {
        if (ignoring && ++turns > QuicLimits.IGNORED_TURNS) {
            peerReset("the peer did not end the stream");
        }
    }

    // ---- event loop: what comes in

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
        ctx.channel().config().setRecvByteBufAllocator(
                new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX).maxMessagesPerRead(READS));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (over) {
            ((QuicStreamChannel) ctx.channel()).shutdown(NO_REASON);
            ctx.close();
            return;
        }
        for (Runnable task = early.poll(); task != null; task = early.poll()) {
            task.run();
        }
        readOn();
    }

    private void readOn() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !over && !inputEnded && !pausing && (ignoring || unread < QuicLimits.UNREAD)) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        int length = bytes.readableBytes();
        session.countIn(length);
        if (!ignoring) {
            unread += length;
            receiver().data(bytes);
            if (window.read(length)) {
                widen(ctx);
            }
            return;
        }
        bytes.release();
        ignored += length;
        if (ignored > QuicLimits.IGNORED) {
            peerReset("the peer sends to nobody");
        }
    }

    /** Asks for memory for a wider window, and waits where there is none. */
    private void widen(ChannelHandlerContext ctx) {
        long roundTrip = session.roundTrip();
        if (window.mustPause(System.nanoTime(), roundTrip, receiver()::grow)) {
            pausing = true;
            ctx.executor().schedule(() -> {
                pausing = false;
                readOn();
            }, 2 * roundTrip, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over) {
            receiver().dataComplete();
        }
        readOn();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE && !over && !inputEnded) {
            inputEnded = true;
            receiver().finished();
            endIfDone();
        }
    }

    private void endIfDone() {
        if (inputEnded && outputEnded && !over) {
            leave();
        }
    }

    /** The peer has reset its direction, which for libp2p means both. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        peerReset("the peer reset the stream");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost(session.why());
        if (!inputEnded && !CodecInsides.forget((QuicStreamChannel) ctx.channel())) {
            session.countRemembered();
        }
    }

    private StreamReceiver receiver() {
        StreamReceiver taker = receiver;
        if (taker == null) {
            throw new IllegalStateException("the stream has no receiver");
        }
        return taker;
    }
}
