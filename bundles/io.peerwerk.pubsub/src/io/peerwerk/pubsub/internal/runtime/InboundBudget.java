// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Stream;

/**
 * Reads records, and bounds what those of all peers together take while they are read and handled. Small records are
 * free: there is one a peer. A large one gets room as it comes, about as much as of it is there already: so whoever
 * announces much and sends little keeps nobody else's out. Where there is no room a record waits for it.
 */
final class InboundBudget {

    /** Bytes of large records of all peers together. */
    static final int MAX_BYTES = 64 << 20;

    /** Bytes up to which a record is small. */
    static final int SMALL = 64 << 10;

    /** A record that has begun goes on within so long, again and again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** And is there after so long: the longest one at half a megabit a second. */
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private final Semaphore room = new Semaphore(MAX_BYTES, true);
    private final LongSupplier nanos;

    InboundBudget() {
        this(System::nanoTime);
    }

    InboundBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A record's bytes, with the room they take, until they are closed; or the end of the stream. */
    final class Frame implements AutoCloseable {
        private final byte[] bytes;
        private final boolean end;

        private Frame(byte[] bytes, boolean end) {
            this.bytes = bytes;
            this.end = end;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isEnd() {
            return end;
        }

        @Override
        public void close() {
            room.release(reserved(bytes.length));
        }
    }

    private static int reserved(int length) {
        return length <= SMALL ? 0 : length;
    }

    /**
     * Waits for the next record, however long it takes to begin.
     *
     * @throws FormatException if its length is malformed, or longer than any record may be
     * @throws SocketTimeoutException if it does not come to its end in time, or is large and others take all the room
     */
    Frame read(Stream stream) throws IOException {
        InputStream in = stream.input();
        stream.timeout(Duration.ZERO);
        int first = in.read();
        if (first < 0) {
            return new Frame(new byte[0], true);
        }
        stream.timeout(PATIENCE);
        long length = Varint.read(first, in);
        if (length > WireLimits.MAX_RPC) {
            throw new FormatException("a record of " + length + " bytes is longer than " + WireLimits.MAX_RPC);
        }
        return new Frame(body(stream, (int) length), false);
    }

    private byte[] body(Stream stream, int length) throws IOException {
        long deadline = nanos.getAsLong() + WHOLE.toNanos();
        byte[] bytes = new byte[Math.min(length, SMALL)];
        int held = 0;
        boolean complete = false;
        try {
            fill(stream, bytes, 0, deadline);
            while (bytes.length < length) {
                int there = bytes.length;
                int next = Math.min(length, 2 * there);
                hold(next - held, deadline);
                held = next;
                bytes = Arrays.copyOf(bytes, next);
                fill(stream, bytes, there, deadline);
            }
            complete = true;
            return bytes;
        } finally {
            if (!complete) {
                room.release(held);
            }
        }
    }

    private void hold(int bytes, long deadline) throws IOException {
        try {
            if (!room.tryAcquire(bytes, left(deadline), TimeUnit.NANOSECONDS)) {
                throw new SocketTimeoutException("records of other peers take all the room");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void fill(Stream stream, byte[] bytes, int from, long deadline) throws IOException {
        int there = from;
        while (there < bytes.length) {
            stream.timeout(Duration.ofNanos(Math.min(left(deadline), PATIENCE.toNanos())));
            int more = stream.input().read(bytes, there, bytes.length - there);
            if (more < 0) {
                throw new EOFException("the stream ended within a record");
            }
            there += more;
        }
    }

    /** Nanoseconds until then; at least a millisecond, since no time at all would be no limit. */
    private long left(long deadline) throws SocketTimeoutException {
        long left = deadline - nanos.getAsLong();
        if (left <= 0) {
            throw new SocketTimeoutException("a record takes too long");
        }
        return Math.max(left, 1_000_000);
    }

    /** Whether a record waits for room. */
    boolean isAwaited() {
        return room.hasQueuedThreads();
    }
}
