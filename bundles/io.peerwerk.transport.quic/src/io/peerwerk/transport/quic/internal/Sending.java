// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;

/**
 * Lets the streams of a connection send in turns, no more than leaves for the network at once.
 *
 * <p>Two faults of quiche make that necessary. It takes bytes that congestion does not let it send yet, and does not
 * count them when it says how many more it would take, so that they pile up. And it forgets a stream when all its bytes
 * are acknowledged and the peer has ended its side, even if the end of its own side still waits to be sent: the peer
 * then waits for that end forever. So bytes stay here until they can leave, their end travels with the last of them,
 * and an end by itself is handed over only when there is room for a packet.
 *
 * <p>Used on the event loop.
 */
final class Sending {

    /** What a stream's turn has come to. */
    enum Turn {
        /** It has nothing to send any more. */
        DONE,
        /** It has more to send. */
        MORE,
        /** It has something to send that its window has no room for. */
        WAITS,
        /** It has something to send that the connection has no room for. */
        CONGESTED
    }

    /** Bytes of one turn at most. */
    static final int TURN_BYTES = 64 * 1024;

    /** Bytes that must be free for the end of a stream to leave at once. */
    private static final int ROOM_FOR_END = 3000;

    /** The share of the congestion window that is left for headers, one in so many: they are not counted as taken. */
    private static final int HEADERS = 16;
    private static final int MAX_HEADERS = 128 * 1024;

    /** How long it is waited, in case nothing comes in that makes room. */
    private static final int WAIT_MILLIS = 5;

    private final ArrayDeque<QuicStream> turns = new ArrayDeque<>();
    private final QuicChannel channel;
    private final Demultiplexer reads;
    private boolean running;
    private boolean waiting;
    private boolean hooked;
    private boolean timed;
    private boolean congested;
    private long behind;

    Sending(QuicChannel channel) {
        this.channel = channel;
        this.reads = channel.parent().pipeline().get(Demultiplexer.class);
    }

    /** A stream has something to send. */
    void enter(QuicStream stream) {
        if (!turns.contains(stream)) {
            turns.add(stream);
        }
        run();
    }

    private void run() {
        if (running || congested) {
            return;
        }
        running = true;
        try {
            int passed = 0;
            while (!congested && passed < turns.size()) {
                QuicStream next = turns.remove();
                Turn turn = next.turn();
                congested |= turn == Turn.CONGESTED;
                if (turn != Turn.DONE) {
                    turns.add(next);
                }
                passed = turn == Turn.WAITS ? passed + 1 : 0;
            }
        } finally {
            running = false;
        }
        if ((congested || !turns.isEmpty()) && !waiting) {
            waiting = true;
            if (!hooked) {
                hooked = true;
                reads.afterRead(this::read);
            }
            if (!timed) {
                timed = true;
                channel.eventLoop().schedule(this::waited, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void read() {
        hooked = false;
        resume();
    }

    private void waited() {
        timed = false;
        resume();
    }

    private void resume() {
        if (!waiting) {
            return;
        }
        waiting = false;
        congested = false;
        if (channel.isActive()) {
            run();
        } else {
            turns.clear();
        }
    }

    /** Writes something of so many bytes, and notes whether it has left. */
    void write(ChannelHandlerContext stream, Object message, int bytes, ChannelPromise promise) {
        long before = sentBytes();
        stream.write(message, promise);
        behind = Math.max(0, bytes - (sentBytes() - before));
        congested |= behind > 0;
    }

    /** Whether the end of a stream would leave at once. */
    boolean hasRoomForEnd(QuicStreamChannel stream) {
        QuicConnectionPathStats path = channel.collectPathStats(0).getNow();
        long window = path == null ? 0 : path.cwnd();
        long needed = ROOM_FOR_END + Math.min(window / HEADERS, MAX_HEADERS) + behind;
        return CodecInsides.capacity(stream) >= needed;
    }

    private long sentBytes() {
        QuicConnectionStats all = channel.collectStats().getNow();
        return all == null ? 0 : all.sentBytes();
    }
}
