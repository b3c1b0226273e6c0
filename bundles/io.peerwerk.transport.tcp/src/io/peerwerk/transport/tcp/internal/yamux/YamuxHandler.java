// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;

/**
 * A session in a pipeline. What other threads want is gathered in a queue that the event loop empties at once: many
 * wishes, one wake-up, one flush.
 */
public final class YamuxHandler extends ChannelInboundHandlerAdapter implements MuxedSession, Incoming.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(YamuxHandler.class);

    /** Answers that are sent in the middle of a read, before they become too many. */
    private static final int ANSWERS_AT_ONCE = 128;

    private static final long TICK_MILLIS = 1000;

    /** The longest that the last words to a peer may take. */
    private static final long GOODBYE_MILLIS = 2000;

    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, YamuxStream> streams = new HashMap<>();
    private final YamuxSession session;
    private final YamuxOptions options;
    private final SessionListener listener;
    private final Incoming incoming;
    private final ArrayDeque<YamuxStream> fed = new ArrayDeque<>();
    private final Pace pace;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Wishes wishes;
    private @Nullable Future<?> ticks;
    private boolean pumping;
    private boolean peerLeaves;
    private boolean closingTold;
    private boolean ended;
    private @Nullable String why;
    private volatile boolean leaving;
    private volatile boolean over;

    /**
     * @param dialler  whether this end has dialled
     * @param listener hears of streams and of the end
     */
    public YamuxHandler(boolean dialler, YamuxOptions options, SessionListener listener) {
        this.session = new YamuxSession(dialler, options, this::grow, System.nanoTime());
        this.incoming = new Incoming(session, this);
        this.pace = new Pace(options.turn(), System.nanoTime());
        this.options = options;
        this.listener = listener;
    }

    // ---- any thread

    @Override
    public MuxedStream open(StreamReceiver receiver) throws IOException {
        if (leaving) {
            throw new StreamResetException("the connection is closed");
        }
        if (count.get() >= options.maxOutgoing() + options.maxIncoming()) {
            throw new StreamResetException("too many streams on one connection");
        }
        var stream = new YamuxStream(this);
        stream.receiver(receiver);
        if (!submit(() -> opened(stream))) {
            throw new StreamResetException("the connection is closed");
        }
        return stream;
    }

    @Override
    public int streamCount() {
        return count.get();
    }

    @Override
    public boolean isOpen() {
        return !leaving;
    }

    @Override
    public void close() {
        leaving = true;
        submit(() -> sayGoodbye(0));
    }

    /** Has the event loop do something soon; false if it never will. */
    boolean submit(Runnable wish) {
        Wishes queue = wishes;
        return queue != null && !over && queue.add(wish);
    }

    // ---- wishes, on the event loop

    private void opened(YamuxStream stream) {
        int id = over ? 0 : session.open(System.nanoTime());
        if (id == 0) {
            stream.receiver().reset(leaving ? "the connection is closed" : "too many streams on one connection");
            return;
        }
        stream.open(id);
        streams.put(id, stream);
        count.set(streams.size());
    }

    void queue(YamuxStream stream, ByteBuf data) {
        if (streams.get(stream.id()) == stream) {
            stream.add(data);
            session.queue(stream.id(), data.readableBytes());
        } else {
            data.release();
        }
    }

    void finish(YamuxStream stream) {
        if (streams.get(stream.id()) == stream) {
            session.finish(stream.id());
        }
    }

    void reset(YamuxStream stream) {
        if (streams.get(stream.id()) == stream) {
            session.reset(stream.id());
            remove(stream.id());
        }
    }

    void consumed(YamuxStream stream, int bytes) {
        if (streams.get(stream.id()) == stream) {
            session.consumed(stream.id(), bytes, System.nanoTime());
            stream.step(session.consumptionStep(stream.id()));
        }
    }

    void ignore(YamuxStream stream) {
        if (streams.get(stream.id()) == stream) {
            session.ignore(stream.id(), System.nanoTime());
        }
    }

    private boolean grow(int id, int bytes) {
        YamuxStream stream = streams.get(id);
        return stream != null && stream.receiver().grow(bytes);
    }

    private @Nullable YamuxStream remove(int id) {
        YamuxStream stream = streams.remove(id);
        if (stream != null) {
            stream.dropUnsent();
            count.set(streams.size());
        }
        return stream;
    }

    private void removeIfDone(int id) {
        if (!session.knows(id)) {
            remove(id);
        }
    }

    // ---- what comes in

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        wishes = new Wishes(ctx.executor(), this::pump, e -> exceptionCaught(ctx, e));
        ticks = ctx.executor().scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        session.tick(System.nanoTime()).forEach(this::act);
        pump();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !over) {
                incoming.step(in);
                if (session.answerCount() > ANSWERS_AT_ONCE) {
                    pump();
                }
            }
        } catch (YamuxException e) {
            broken(ctx, e);
        } finally {
            in.release();
        }
    }

    @Override
    public void body(int id, ByteBuf piece) {
        YamuxStream stream = streams.get(id);
        if (stream == null) {
            piece.release();
        } else {
            stream.receiver().data(piece);
            if (stream.feed()) {
                fed.add(stream);
            }
        }
    }

    @Override
    public void act(Action action) {
        switch (action) {
            case Action.Opened(int id) -> accepted(id);
            case Action.Finished(int id) -> {
                YamuxStream stream = streams.get(id);
                if (stream != null) {
                    stream.receiver().finished();
                    removeIfDone(id);
                }
            }
            case Action.Reset(int id, String reason) -> {
                YamuxStream stream = remove(id);
                if (stream != null) {
                    stream.receiver().reset(reason);
                }
            }
            case Action.GoneAway(long code) -> goneAway(code);
            case Action.Lost(String reason) -> {
                why = reason;
                context().close();
            }
            case Action.Deliver bytes -> throw new IllegalStateException("bytes are no matter of this method");
            case Action.Discard bytes -> throw new IllegalStateException("bytes are no matter of this method");
        }
    }

    private void accepted(int id) {
        var stream = new YamuxStream(this);
        stream.open(id);
        streams.put(id, stream);
        count.set(streams.size());
        stream.receiver(listener.accepted(stream));
    }

    private void goneAway(long code) {
        why = code == 0 ? "the peer said goodbye" : "the peer gave up with code " + code;
        peerLeaves = true;
        tellClosing();
        closeIfEmpty();
    }

    private void closeIfEmpty() {
        if (peerLeaves && streams.isEmpty() && !over) {
            context().close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        for (YamuxStream stream = fed.poll(); stream != null; stream = fed.poll()) {
            stream.fedUp();
        }
        pump();
        ctx.fireChannelReadComplete();
    }

    // ---- what goes out

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pump();
        ctx.fireChannelWritabilityChanged();
    }

    /** Sends what the link takes. */
    private void pump() {
        if (pumping || over) {
            return;
        }
        pumping = true;
        try {
            ChannelHandlerContext ctx = context();
            for (long bytes = writeSome(ctx); bytes > 0; bytes = writeSome(ctx)) {
                ctx.flush();
                session.turn(pace.sent(bytes, System.nanoTime()));
            }
        } finally {
            pumping = false;
        }
        closeIfEmpty();
    }

    /** Writes what the link takes; gives the bytes of the frames. */
    private long writeSome(ChannelHandlerContext ctx) {
        long bytes = 0;
        while (ctx.channel().isWritable()) {
            Frame frame = session.poll();
            if (frame == null) {
                break;
            }
            write(ctx, frame);
            bytes += Frame.HEADER + (frame.type() == Frame.Type.DATA ? frame.length() : 0);
        }
        return bytes;
    }

    private void write(ChannelHandlerContext ctx, Frame frame) {
        if (frame.type() != Frame.Type.DATA) {
            ctx.write(frame.header(ctx.alloc()), ctx.voidPromise());
        } else {
            YamuxStream stream = streams.get(frame.stream());
            if (stream == null) {
                throw new IllegalStateException("data of an unknown stream");
            }
            stream.send(ctx, frame);
        }
        if (frame.has(Frame.FIN)) {
            removeIfDone(frame.stream());
        }
    }

    // ---- the end

    private void sayGoodbye(int code) {
        if (over) {
            return;
        }
        pump();
        ChannelHandlerContext ctx = context();
        session.goAway(code);
        over = true;
        tellClosing();
        Frame goodbye = session.poll();
        if (goodbye != null) {
            ctx.writeAndFlush(goodbye.header(ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
        }
        ctx.executor().schedule(() -> ctx.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void broken(ChannelHandlerContext ctx, FormatException e) {
        LOG.info("closing the link to {}: {}", ctx.channel().remoteAddress(), e.getMessage());
        why = "the peer broke the protocol: " + e.getMessage();
        sayGoodbye(1);
    }

    private void tellClosing() {
        leaving = true;
        if (!closingTold) {
            closingTold = true;
            listener.closing();
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return ctx;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (why == null) {
            why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
        if (!(cause instanceof IOException)) {
            LOG.warn("closing the link to {}", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        over = true;
        Future<?> timer = ticks;
        if (timer != null) {
            timer.cancel(false);
        }
        String reason = why == null ? "the connection was lost" : why;
        for (int id : List.copyOf(streams.keySet())) {
            YamuxStream stream = remove(id);
            if (stream != null) {
                stream.receiver().reset(reason);
            }
        }
        Wishes late = wishes;
        if (late != null) {
            late.grantAll();
        }
        tellClosing();
        listener.closed(reason);
    }
}
