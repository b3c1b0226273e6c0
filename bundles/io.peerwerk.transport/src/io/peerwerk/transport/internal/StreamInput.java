// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.peerwerk.transport.StreamResetException;

/**
 * The bytes that came in on a stream and wait for their reader.
 *
 * <p>Two locks: {@code reading} is held by the one reader for a whole call, {@code gate} guards the queue for moments
 * only, since the event loop takes it too. What the reader has taken from the queue ({@code current}) is its own.
 *
 * <p>The peer's window bounds the bytes that can wait, but not the memory they hold: a byte cut out of a 64 KiB buffer
 * keeps all of it. Therefore pieces below {@link #KEEP} are gathered in buffers of their own.
 */
final class StreamInput extends InputStream {

    /** Pieces of at least this size are queued as they are: at worst they hold four times their bytes. */
    private static final int KEEP = 16 * 1024;

    /** Size of the first buffer that gathers small pieces; later ones double up to {@link #KEEP} × 2. */
    private static final int FIRST_GATHER = 512;

    /** What a stream does around its reads. */
    interface Owner {

        /** Called before each read: sends what is written, and settles the protocol before the first byte. */
        void beforeRead() throws IOException;

        /** So many bytes have been read: the peer may send more. */
        void consumed(int bytes);
    }

    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition arrived = gate.newCondition();
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
    private final Owner owner;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf gathering;
    private @Nullable ByteBuf current;
    private int nextGather = FIRST_GATHER;
    private boolean finished;
    private @Nullable String failure;
    private boolean dropped;
    private volatile boolean discarding;
    private volatile long limitNanos;

    StreamInput(Owner owner, ByteBufAllocator allocator) {
        this.owner = owner;
        this.allocator = allocator;
    }

    void limit(long nanos) {
        limitNanos = nanos;
    }

    /** Takes bytes from the event loop. */
    void data(ByteBuf bytes) {
        int length = bytes.readableBytes();
        gate.lock();
        try {
            if (!dropped && failure == null) {
                if (length >= KEEP) {
                    gathering = null;
                    queue.add(bytes.retain());
                } else {
                    gather(bytes);
                }
                arrived.signal();
                return;
            }
        } finally {
            gate.unlock();
            bytes.release();
        }
        owner.consumed(length);
    }

    private void gather(ByteBuf bytes) {
        while (bytes.isReadable()) {
            if (gathering == null || !gathering.isWritable()) {
                int size = Math.max(nextGather, Math.min(bytes.readableBytes(), 2 * KEEP));
                gathering = allocator.heapBuffer(size, size);
                nextGather = Math.min(2 * size, 2 * KEEP);
                queue.add(gathering);
            }
            bytes.readBytes(gathering, Math.min(bytes.readableBytes(), gathering.writableBytes()));
        }
    }

    /** The peer has ended its output. */
    void finished() {
        gate.lock();
        try {
            finished = true;
            arrived.signalAll();
        } finally {
            gate.unlock();
        }
    }

    /**
     * The stream is gone; reads fail, unless the peer had ended its output before: then all it said is here.
     *
     * @param keep whether what has come before can still be read first: a peer that says "na" may reset right after
     */
    void fail(String why, boolean keep) {
        gate.lock();
        try {
            if (finished || failure != null) {
                return;
            }
            failure = why;
            if (!keep) {
                discarding = true;
                releaseQueue();
            }
            arrived.signalAll();
        } finally {
            gate.unlock();
        }
        discardCurrent();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        owner.beforeRead();
        return readRaw(to, offset, length);
    }

    /** Reads without looking at the negotiation, which uses this itself. */
    int readRaw(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        reading.lock();
        try {
            ByteBuf from = current != null ? current : take();
            if (from == null) {
                return -1;
            }
            count = Math.min(length, from.readableBytes());
            from.readBytes(to, offset, count);
            if (from.isReadable()) {
                current = from;
            } else {
                from.release();
                current = null;
            }
        } finally {
            reading.unlock();
            discardCurrent();
        }
        owner.consumed(count);
        return count;
    }

    /** Waits for the next buffer; null at the end. */
    private @Nullable ByteBuf take() throws IOException {
        gate.lock();
        try {
            Waiting waiting = new Waiting(limitNanos);
            while (queue.isEmpty()) {
                if (dropped) {
                    throw new StreamResetException("the stream was closed here");
                }
                if (failure != null) {
                    throw new StreamResetException(failure);
                }
                if (finished) {
                    return null;
                }
                waiting.await(arrived, "read");
            }
            ByteBuf next = queue.poll();
            if (next == gathering) {
                gathering = null;
            }
            return next;
        } finally {
            gate.unlock();
        }
    }

    /** Bytes that can be read without waiting; those in a reader's hands this moment are left out. */
    @Override
    public int available() {
        int taken = 0;
        if (reading.tryLock()) {
            try {
                taken = current == null ? 0 : current.readableBytes();
            } finally {
                reading.unlock();
            }
        }
        gate.lock();
        try {
            return taken + queue.stream().mapToInt(ByteBuf::readableBytes).sum();
        } finally {
            gate.unlock();
        }
    }

    /** Drops what has come and what will come. */
    @Override
    public void close() {
        int waiting;
        gate.lock();
        try {
            dropped = true;
            discarding = true;
            waiting = releaseQueue();
            arrived.signalAll();
        } finally {
            gate.unlock();
        }
        discardCurrent();
        if (waiting > 0) {
            owner.consumed(waiting);
        }
    }

    private int releaseQueue() {
        int bytes = 0;
        for (ByteBuf next = queue.poll(); next != null; next = queue.poll()) {
            bytes += next.readableBytes();
            next.release();
        }
        gathering = null;
        return bytes;
    }

    private void discardCurrent() {
        if (discarding && reading.tryLock()) {
            try {
                if (current != null) {
                    current.release();
                    current = null;
                }
            } finally {
                reading.unlock();
            }
        }
    }
}
