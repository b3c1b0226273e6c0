// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.spi.DatagramLane;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;

/**
 * A QUIC connection as a session. Streams that the peer does not let this end open yet wait until others have ended. A
 * connection without traffic is kept alive by a datagram of one zero byte; towards peers that take no datagrams, which
 * all of libp2p's other implementations keep alive themselves, by nothing.
 */
final class QuicSession extends ChannelInboundHandlerAdapter implements MuxedSession {

    private static final Logger LOG = LoggerFactory.getLogger(QuicSession.class);

    private static final byte[] STILL_HERE = {0};

    /** Round trips that are believed, in nanoseconds. */
    private static final long MIN_ROUND_TRIP = 1_000_000;
    private static final long MAX_ROUND_TRIP = 2_000_000_000;

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger outgoing = new AtomicInteger();
    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();
    private final Set<QuicStream> streams = new HashSet<>();
    private final ArrayDeque<QuicStream> waiting = new ArrayDeque<>();
    private final QuicChannel channel;
    private final Greeting greeting;
    private final SessionListener listener;
    private final QuicDatagrams datagrams;
    private final Sending sending;
    private @Nullable Future<?> ticks;
    private long trafficBefore;
    private int quiet;
    private int remembered;
    private boolean closingTold;
    private boolean ended;
    private volatile boolean leaving;

    QuicSession(QuicChannel channel, Greeting greeting, SessionListener listener) {
        this.channel = channel;
        this.greeting = greeting;
        this.listener = listener;
        this.datagrams = new QuicDatagrams(channel, greeting, out);
        this.sending = new Sending(channel);
    }

    // ---- any thread

    @Override
    public MuxedStream open(StreamReceiver receiver) throws IOException {
        if (leaving) {
            throw new StreamResetException("the connection is closed");
        }
        if (outgoing.incrementAndGet() > QuicLimits.MAX_OUTGOING) {
            outgoing.decrementAndGet();
            throw new StreamResetException("too many streams on one connection");
        }
        count.incrementAndGet();
        var stream = new QuicStream(this, true);
        stream.receiver(receiver);
        if (!submit(() -> begin(stream))) {
            uncount(stream);
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
        submit(() -> {
            tellClosing();
            Farewells.close(channel);
        });
    }

    @Override
    public Optional<DatagramLane> datagrams() {
        return greeting.datagramSize() > 0 ? Optional.of(datagrams) : Optional.empty();
    }

    @Override
    public long bytesIn() {
        return in.get();
    }

    @Override
    public long bytesOut() {
        return out.get();
    }

    /** Has the event loop do something soon; false if it never will. */
    boolean submit(Runnable wish) {
        try {
            channel.eventLoop().execute(wish);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    // ---- event loop

    private void begin(QuicStream stream) {
        if (ended || closingTold) {
            uncount(stream);
            stream.lost("the connection is closed");
            return;
        }
        streams.add(stream);
        waiting.add(stream);
        openWaiting();
    }

    private void openWaiting() {
        while (!waiting.isEmpty() && channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0) {
            QuicStream next = waiting.remove();
            if (streams.contains(next)) {
                channel.createStream(QuicStreamType.BIDIRECTIONAL, next).addListener(made -> {
                    if (!made.isSuccess()) {
                        LOG.debug("no stream to {}: {}", channel.remoteSocketAddress(), made.cause().toString());
                        next.lost("the peer takes no more streams");
                        remove(next);
                    }
                });
            }
        }
    }

    /** A stream has ended. */
    void remove(QuicStream stream) {
        if (streams.remove(stream)) {
            uncount(stream);
            closeIfLeft();
        }
    }

    private void uncount(QuicStream stream) {
        count.decrementAndGet();
        if (stream.outgoing()) {
            outgoing.decrementAndGet();
        }
    }

    Sending sending() {
        return sending;
    }

    /** As far as it is known, in nanoseconds; a timer cannot tell less than one millisecond. */
    long roundTrip() {
        QuicConnectionPathStats path = channel.collectPathStats(0).getNow();
        return Math.clamp(path == null ? 0 : path.rtt(), MIN_ROUND_TRIP, MAX_ROUND_TRIP);
    }

    void countIn(int bytes) {
        in.lazySet(in.get() + bytes);
    }

    void countOut(int bytes) {
        out.addAndGet(bytes);
    }

    /** Netty remembers one more stream that was reset; when they are too many, a fresh connection is to follow. */
    void countRemembered() {
        if (++remembered > QuicLimits.MAX_REMEMBERED) {
            tellClosing();
            closeIfLeft();
        }
    }

    private void closeIfLeft() {
        boolean far = remembered > 2 * QuicLimits.MAX_REMEMBERED;
        if (far || remembered > QuicLimits.MAX_REMEMBERED && streams.isEmpty()) {
            Farewells.close(channel);
        }
    }

    /** Why this session's streams have ended. */
    String why() {
        return greeting.why().orElse(leaving ? "the connection was closed" : "the connection was lost");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ticks = ctx.executor().scheduleAtFixedRate(this::tick, QuicLimits.TURN.toMillis(),
                QuicLimits.TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long traffic = in.get() + out.get();
        quiet = traffic == trafficBefore ? quiet + 1 : 0;
        if (quiet >= QuicLimits.QUIET_TURNS && greeting.datagramSize() > 0) {
            datagrams.send(STILL_HERE);
            quiet = 0;
        }
        trafficBefore = in.get() + out.get();
        List.copyOf(streams).forEach(QuicStream::tick);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof QuicStreamChannel stream) {
            accepted(stream);
        } else if (message instanceof ByteBuf bytes) {
            countIn(bytes.readableBytes());
            datagrams.received(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void accepted(QuicStreamChannel carrier) {
        var stream = new QuicStream(this, false);
        streams.add(stream);
        count.incrementAndGet();
        carrier.pipeline().addLast(stream);
        stream.receiver(listener.accepted(stream));
        channel.eventLoop().register(carrier);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof QuicStreamLimitChangedEvent) {
            openWaiting();
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Netty closes the connection itself where it must. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("on the link to {}: {}", channel.remoteSocketAddress(), cause.toString());
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

    private void tellClosing() {
        leaving = true;
        if (!closingTold) {
            closingTold = true;
            listener.closing();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        Future<?> timer = ticks;
        if (timer != null) {
            timer.cancel(false);
        }
        String reason = why();
        for (QuicStream stream : List.copyOf(streams)) {
            stream.lost(reason);
            remove(stream);
        }
        waiting.clear();
        tellClosing();
        listener.closed(reason);
    }
}
