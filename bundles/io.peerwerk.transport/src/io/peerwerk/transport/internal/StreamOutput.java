// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.limits.Holding;
import io.peerwerk.transport.internal.limits.Priority;
import io.peerwerk.transport.spi.MuxedStream;

/**
 * Gathers what is written to a stream and hands it to the muxer, which sends it as the peer's window allows. Writers
 * wait while so many bytes are on their way to the wire as {@link Outbound} says. Where memory is short they wait earlier; a writer gets no memory only if it has
 * none yet, and then its stream ends.
 */
final class StreamOutput extends OutputStream {

    /**
     * Bytes gathered before they are handed on without a flush: what fits one message of Noise together with a header
     * of yamux, so that on the usual way a chunk is sealed as it is.
     */
    private static final int CHUNK = 65_535 - 16 - 12;

    /** Bytes that a stream may have waiting even where memory is short: one message. */
    private static final int NEEDED = CHUNK;

    /** Small messages start with a buffer of this size. */
    private static final int SMALL = 512;

    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition drained = gate.newCondition();
    private final ByteBufAllocator allocator;
    private final Holding holding;
    private final Throttle throttle;
    private final Deadlines deadlines;
    private final Outbound outbound;
    private final Runnable ended;
    private @Nullable ByteBuf pending;
    private @Nullable MuxedStream raw;
    private @Nullable Runnable finish;
    private int room;
    private boolean endTold;
    private boolean closed;
    private boolean waiting;
    private boolean busy;
    private long unsent;
    private volatile @Nullable String failure;
    private volatile long limitNanos;

    /**
     * @param means memory, and the throttle that writers pass
     * @param ended runs once, when nothing is held here any more and nothing will come
     */
    StreamOutput(Means means, Runnable ended) {
        this.allocator = means.allocator();
        this.holding = new Holding(means.lease(), Priority.BUFFER);
        this.throttle = means.up();
        this.deadlines = means.deadlines();
        this.outbound = means.outbound();
        this.ended = ended;
    }

    /** Sets where the bytes go and how their end is told; before any other call. */
    void attach(MuxedStream stream, Runnable end) {
        raw = stream;
        finish = end;
    }

    void limit(long nanos) {
        limitNanos = nanos;
    }

    /** So many bytes have left for the wire. */
    void sent(int bytes) {
        gate.lock();
        try {
            unsent -= bytes;
            if (failure == null) {
                holding.resize(unsent + room);
            }
            if (waiting && unsent <= outbound.low()) {
                waiting = false;
                drained.signalAll();
            }
            idleIf(unsent == 0);
        } finally {
            gate.unlock();
        }
        endIfEmpty();
    }

    private void idleIf(boolean now) {
        if (busy && now) {
            busy = false;
            outbound.leave();
        }
    }

    /** Tells once when all has left, or never will. */
    private void endIfEmpty() {
        gate.lock();
        try {
            if (endTold || failure == null && !(closed && unsent == 0)) {
                return;
            }
            endTold = true;
            holding.end();
        } finally {
            gate.unlock();
        }
        ended.run();
    }

    /** The stream is gone; writes fail. */
    void fail(String why) {
        gate.lock();
        try {
            if (failure == null) {
                failure = why;
            }
            waiting = false;
            drained.signalAll();
            idleIf(true);
        } finally {
            gate.unlock();
        }
        discardPending();
        endIfEmpty();
    }

    /** Lets go of what was written to a stream that is gone; whoever holds the lock meanwhile does it after that. */
    private void discardPending() {
        if (failure != null && writing.tryLock()) {
            try {
                releasePending();
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        writing.lock();
        try {
            checkOpen();
            int at = offset;
            while (at < offset + length) {
                int left = offset + length - at;
                ByteBuf buffer = buffer(left);
                int count = Math.min(left, CHUNK - buffer.readableBytes());
                buffer.writeBytes(from, at, count);
                at += count;
                if (buffer.readableBytes() == CHUNK) {
                    push(true);
                }
            }
        } finally {
            writing.unlock();
            discardPending();
        }
    }

    /** The buffer to write to, with memory for so many bytes more or a whole chunk. */
    private ByteBuf buffer(int bytes) throws IOException {
        ByteBuf buffer = pending;
        int wanted = (buffer == null ? 0 : buffer.readableBytes()) + bytes <= SMALL ? SMALL : CHUNK;
        if (wanted > room) {
            makeRoom(wanted);
        }
        if (buffer == null) {
            int front = Objects.requireNonNull(raw).headroom();
            buffer = allocator.heapBuffer(front + (bytes >= CHUNK / 2 ? CHUNK : SMALL), front + CHUNK);
            buffer.setIndex(front, front);
            pending = buffer;
        }
        return buffer;
    }

    private void makeRoom(int bytes) throws IOException {
        gate.lock();
        try {
            Waiting pause = new Waiting(limitNanos);
            while (failure == null && !hasMemory(unsent + bytes)) {
                if (unsent == 0) {
                    throw new StreamResetException("this host has no memory for the stream");
                }
                waiting = true;
                pause.await(gate, drained, "write", deadlines);
            }
            checkAlive();
            room = bytes;
        } finally {
            gate.unlock();
        }
    }

    private boolean hasMemory(long bytes) {
        return holding.resize(bytes, bytes <= NEEDED ? Priority.BUFFER : Priority.QUEUE);
    }

    @Override
    public void flush() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                push(true);
            }
        } finally {
            writing.unlock();
            discardPending();
        }
    }

    /** Sends what was written, unless a writer is at it this moment, who will do that; never waits. */
    void flushIfIdle() throws IOException {
        if (writing.tryLock()) {
            try {
                push(false);
            } finally {
                writing.unlock();
                discardPending();
            }
        }
    }

    /** Sends the rest and tells the peer that no more comes. Never waits. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                try {
                    push(false);
                } finally {
                    closed = true;
                }
                Objects.requireNonNull(finish).run();
            }
        } finally {
            writing.unlock();
            discardPending();
        }
        endIfEmpty();
    }

    private void push(boolean wait) throws IOException {
        ByteBuf buffer = pending;
        if (buffer == null) {
            return;
        }
        try {
            pace(buffer.readableBytes(), wait);
            reserve(buffer.readableBytes(), wait);
        } catch (StreamResetException e) {
            releasePending();
            throw e;
        }
        pending = null;
        Objects.requireNonNull(raw).write(buffer);
    }

    private void pace(int bytes, boolean wait) throws IOException {
        if (wait) {
            throttle.pass(bytes, limitNanos, () -> failure != null);
        } else {
            throttle.charge(bytes);
        }
    }

    private void reserve(int bytes, boolean wait) throws IOException {
        gate.lock();
        try {
            Waiting pause = new Waiting(limitNanos);
            while (wait && failure == null && unsent >= outbound.high()) {
                waiting = true;
                pause.await(gate, drained, "write", deadlines);
            }
            checkAlive();
            unsent += bytes;
            room = 0;
            if (!busy) {
                busy = true;
                outbound.enter();
            }
        } finally {
            gate.unlock();
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the output is closed");
        }
        checkAlive();
    }

    private void checkAlive() throws StreamResetException {
        String gone = failure;
        if (gone != null) {
            throw new StreamResetException(gone);
        }
    }

    private void releasePending() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
