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
import io.peerwerk.transport.spi.MuxedStream;

/**
 * Gathers what is written to a stream and hands it to the muxer, which sends it as the peer's window allows. Writers
 * wait while {@link #HIGH} bytes are on their way to the wire, until these have fallen to {@link #LOW}: a few large
 * wake-ups instead of many small ones.
 */
final class StreamOutput extends OutputStream {

    /**
     * Bytes gathered before they are handed on without a flush: what fits one message of Noise together with a header
     * of yamux, so that on the usual way a chunk is sealed as it is.
     */
    private static final int CHUNK = 65_535 - 16 - 12;

    /** Unsent bytes at which writers wait. Above the chunk, so that the event loop has work while the writer fills. */
    static final int HIGH = 512 * 1024;

    /** Unsent bytes at which writers go on. */
    static final int LOW = 256 * 1024;

    /** Small messages start with a buffer of this size. */
    private static final int SMALL = 512;

    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition drained = gate.newCondition();
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf pending;
    private @Nullable MuxedStream raw;
    private @Nullable Runnable finish;
    private boolean closed;
    private boolean waiting;
    private long unsent;
    private volatile @Nullable String failure;
    private volatile long limitNanos;

    StreamOutput(ByteBufAllocator allocator) {
        this.allocator = allocator;
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
            if (waiting && unsent <= LOW) {
                waiting = false;
                drained.signalAll();
            }
        } finally {
            gate.unlock();
        }
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
        } finally {
            gate.unlock();
        }
        if (writing.tryLock()) {
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
                ByteBuf buffer = pending;
                if (buffer == null) {
                    buffer = allocator.heapBuffer(left >= CHUNK / 2 ? CHUNK : SMALL, CHUNK);
                    pending = buffer;
                }
                int count = Math.min(left, CHUNK - buffer.readableBytes());
                buffer.writeBytes(from, at, count);
                at += count;
                if (buffer.readableBytes() == CHUNK) {
                    push(true);
                }
            }
        } finally {
            writing.unlock();
        }
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
        }
    }

    /** Sends what was written, unless a writer is at it this moment, who will do that; never waits. */
    void flushIfIdle() throws IOException {
        if (writing.tryLock()) {
            try {
                push(false);
            } finally {
                writing.unlock();
            }
        }
    }

    /** Sends the rest and tells the peer that no more comes. Never waits. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                push(false);
                Objects.requireNonNull(finish).run();
            }
        } finally {
            writing.unlock();
        }
    }

    private void push(boolean wait) throws IOException {
        ByteBuf buffer = pending;
        if (buffer == null) {
            return;
        }
        try {
            reserve(buffer.readableBytes(), wait);
        } catch (StreamResetException e) {
            releasePending();
            throw e;
        }
        pending = null;
        Objects.requireNonNull(raw).write(buffer);
    }

    private void reserve(int bytes, boolean wait) throws IOException {
        gate.lock();
        try {
            Waiting pause = new Waiting(limitNanos);
            while (wait && failure == null && unsent >= HIGH) {
                waiting = true;
                pause.await(drained, "write");
            }
            String gone = failure;
            if (gone != null) {
                throw new StreamResetException(gone);
            }
            unsent += bytes;
        } finally {
            gate.unlock();
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the output is closed");
        }
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
