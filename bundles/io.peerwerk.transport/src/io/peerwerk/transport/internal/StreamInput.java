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
import io.peerwerk.transport.internal.limits.Holding;
import io.peerwerk.transport.internal.limits.Priority;

/**
 * The bytes that came in on a stream and wait for their reader.
 *
 * <p>Two locks: {@code reading} is held by the one reader for a whole call, {@code gate} guards the queue for moments
 * only, since the event loop takes it too. What the reader has taken from the queue ({@code current}) is its own.
 *
 * <p>The peer's window bounds the bytes that can wait, but not the memory they hold: a byte cut out of a 64 KiB buffer
 * keeps all of it. Therefore pieces below {@link #KEEP}, or below half of what they hold, are gathered in buffers of
 * their own. The memory counts for the stream's lease; bytes that there is no memory for end the stream.
 */
final class StreamInput extends InputStream {

    /** Pieces of at least this size are queued as they are. */
    private static final int KEEP = 8 * 1024;

    /** Size of the first buffer that gathers small pieces; later ones double up to {@link #MAX_GATHER}. */
    private static final int FIRST_GATHER = 512;

    private static final int MAX_GATHER = 32 * 1024;

    /** Bytes for which a reader is woken before all are there. */
    private static final int WAKE = 256 * 1024;

    /** What a stream does around its reads. */
    interface Owner {

        /** Called before each read: sends what is written, and settles the protocol before the first byte. */
        void beforeRead() throws IOException;

        /** So many bytes have been read: the peer may send more. */
        void consumed(int bytes);

        /** There is no memory for what the peer has sent: the stream has to end. */
        void overrun();

        /** Nothing is held here any more and nothing will come. Comes once. */
        void inputEnded();
    }

    /**
     * Bytes that wait.
     *
     * @param cost the bytes of memory that count for them; what they were cut from may be twice as much, but then other
     *             pieces of it counted too
     */
    private record Piece(ByteBuf bytes, int cost) {
    }

    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition arrived = gate.newCondition();
    private final ArrayDeque<Piece> queue = new ArrayDeque<>();
    private final Owner owner;
    private final ByteBufAllocator allocator;
    private final Holding holding;
    private final Throttle throttle;
    private final Deadlines deadlines;
    private @Nullable ByteBuf gathering;
    private @Nullable Piece current;
    private int held;
    private boolean ended;
    private int nextGather = FIRST_GATHER;
    private int unannounced;
    private boolean finished;
    private @Nullable String failure;
    private boolean dropped;
    private volatile boolean discarding;
    private volatile long limitNanos;

    /** @param means memory, and the throttle that readers pass */
    StreamInput(Owner owner, Means means) {
        this.owner = owner;
        this.allocator = means.allocator();
        this.holding = new Holding(means.lease(), Priority.BUFFER);
        this.throttle = means.down();
        this.deadlines = means.deadlines();
    }

    void limit(long nanos) {
        limitNanos = nanos;
    }

    /** Asks for memory for so many bytes more than before. */
    boolean grow(int bytes) {
        gate.lock();
        try {
            return !ended && !dropped && holding.promise(bytes);
        } finally {
            gate.unlock();
        }
    }

    /** Takes bytes from the event loop; wakes the reader at once only for many. */
    void data(ByteBuf bytes) {
        int length = bytes.readableBytes();
        boolean wanted;
        gate.lock();
        try {
            wanted = !dropped && failure == null;
            if (wanted && take(bytes)) {
                unannounced += length;
                if (unannounced >= WAKE) {
                    announce();
                }
                return;
            }
        } finally {
            gate.unlock();
            bytes.release();
        }
        if (wanted) {
            owner.overrun();
        } else {
            owner.consumed(length);
        }
    }

    /** Wakes the reader for what has come. */
    void dataComplete() {
        gate.lock();
        try {
            announce();
        } finally {
            gate.unlock();
        }
    }

    private void announce() {
        if (unannounced > 0) {
            unannounced = 0;
            arrived.signal();
        }
    }

    /** Queues bytes; false if there is no memory for them. */
    private boolean take(ByteBuf bytes) {
        int length = bytes.readableBytes();
        int backing = backing(bytes);
        if (length >= KEEP && length >= backing / 2) {
            gathering = null;
            return hold(length) && queue.add(new Piece(bytes.retain(), length));
        }
        while (bytes.isReadable()) {
            if ((gathering == null || !gathering.isWritable()) && !gatherMore(bytes.readableBytes())) {
                return false;
            }
            bytes.readBytes(gathering, Math.min(bytes.readableBytes(), gathering.writableBytes()));
        }
        return true;
    }

    private boolean gatherMore(int bytes) {
        int size = Math.max(nextGather, Math.min(bytes, MAX_GATHER));
        if (!hold(size)) {
            return false;
        }
        gathering = allocator.heapBuffer(size, size);
        nextGather = Math.min(2 * size, MAX_GATHER);
        return queue.add(new Piece(gathering, size));
    }

    private boolean hold(int bytes) {
        if (!holding.resize(held + bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** The bytes of the memory that a piece was cut from. */
    private static int backing(ByteBuf piece) {
        ByteBuf root = piece;
        for (ByteBuf next = root.unwrap(); next != null; next = root.unwrap()) {
            root = next;
        }
        return root.capacity();
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
        endIfEmpty();
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
        endIfEmpty();
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

    /** Skips bytes that have come, without copying them: at least one, after waiting for it, or none at the end. */
    @Override
    public long skip(long bytes) throws IOException {
        if (bytes <= 0) {
            return 0;
        }
        owner.beforeRead();
        return Math.max(0, advance(null, 0, (int) Math.min(bytes, Integer.MAX_VALUE)));
    }

    /** Reads without looking at the negotiation, which uses this itself. */
    int readRaw(byte[] to, int offset, int length) throws IOException {
        return length == 0 ? 0 : advance(to, offset, length);
    }

    /** Takes what is there, or waits for it; to nowhere it is only counted. Gives -1 at the end. */
    private int advance(byte @Nullable [] to, int offset, int length) throws IOException {
        int count;
        boolean drained;
        reading.lock();
        try {
            if (current == null) {
                current = take();
            }
            if (current == null) {
                return -1;
            }
            throttle.pass(Math.min(length, current.bytes().readableBytes()), limitNanos, () -> discarding);
            count = copy(to, offset, length);
            drained = current == null;
        } finally {
            reading.unlock();
            discardCurrent();
        }
        if (drained) {
            endIfEmpty();
        }
        owner.consumed(count);
        return count;
    }

    /** Copies what is there, piece by piece; the first of them has passed the throttle. */
    private int copy(byte @Nullable [] to, int offset, int length) {
        int count = 0;
        for (Piece from = current; from != null && count < length; from = current) {
            int some = Math.min(length - count, from.bytes().readableBytes());
            if (count > 0) {
                throttle.charge(some);
            }
            if (to == null) {
                from.bytes().skipBytes(some);
            } else {
                from.bytes().readBytes(to, offset + count, some);
            }
            count += some;
            if (!from.bytes().isReadable()) {
                current = next(from, count < length);
            }
        }
        return count;
    }

    /** Lets go of a piece that was read, and gives the next one if it is wanted and there. */
    private @Nullable Piece next(Piece done, boolean wanted) {
        done.bytes().release();
        gate.lock();
        try {
            held -= done.cost();
            holding.resize(held);
            return wanted ? poll() : null;
        } finally {
            gate.unlock();
        }
    }

    private @Nullable Piece poll() {
        Piece next = queue.poll();
        if (next != null && next.bytes() == gathering) {
            gathering = null;
        }
        return next;
    }

    /** Tells once when all is read or dropped and no more will come. */
    private void endIfEmpty() {
        gate.lock();
        try {
            if (ended || held > 0 || !(dropped || finished || failure != null)) {
                return;
            }
            ended = true;
            holding.end();
        } finally {
            gate.unlock();
        }
        owner.inputEnded();
    }

    /** Waits for the next buffer; null at the end. */
    private @Nullable Piece take() throws IOException {
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
                waiting.await(gate, arrived, "read", deadlines);
            }
            return poll();
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
                taken = current == null ? 0 : current.bytes().readableBytes();
            } finally {
                reading.unlock();
            }
            discardCurrent();
        }
        gate.lock();
        try {
            return taken + queue.stream().mapToInt(piece -> piece.bytes().readableBytes()).sum();
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
        endIfEmpty();
        if (waiting > 0) {
            owner.consumed(waiting);
        }
    }

    private int releaseQueue() {
        int bytes = 0;
        for (Piece next = queue.poll(); next != null; next = queue.poll()) {
            bytes += next.bytes().readableBytes();
            next.bytes().release();
            held -= next.cost();
        }
        holding.resize(held);
        gathering = null;
        return bytes;
    }

    /** Lets go of what the reader has in its hands; whoever holds the lock meanwhile does it after that. */
    private void discardCurrent() {
        if (discarding && reading.tryLock()) {
            try {
                if (current != null) {
                    current = next(current, false);
                }
            } finally {
                reading.unlock();
            }
            endIfEmpty();
        }
    }
}
