// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.storage.internal.bitswap.WireLimits;
import io.peerwerk.transport.Stream;

/**
 * Reads messages, and bounds the streams of one peer and the memory of all. Small messages are free; of the large ones a
 * peer has one at a time, and all peers together so many bytes, which a message takes as it comes.
 */
final class Inbound {

    /** Streams of one peer at the same time; some open one for each message. */
    static final int STREAMS = 128;

    private static final int SMALL = 64 << 10;
    private static final int ROOM = 64 << 20;
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A message is there after so long: the longest one at half a megabit a second. */
    private static final Duration WHOLE = Duration.ofSeconds(70);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Semaphore room = new Semaphore(ROOM, true);
    private final Map<PeerId, Gate> gates = new HashMap<>();

    /** Of one peer, while it has a stream. */
    private static final class Gate {
        private final Semaphore large = new Semaphore(1, true);
        private int streams;
    }

    /** What is done with a message. */
    @FunctionalInterface
    interface Use {

        void with(byte[] message) throws IOException;
    }

    /** Reads the messages of a stream to its end; or until it says nothing for a while. */
    void read(Stream stream, Use use) throws IOException {
        PeerId peer = stream.connection().peer();
        Gate gate = enter(peer);
        try {
            boolean more = true;
            while (more) {
                more = readOne(stream, gate, use);
            }
        } finally {
            leave(peer, gate);
        }
    }

    private synchronized Gate enter(PeerId peer) throws IOException {
        Gate gate = gates.computeIfAbsent(peer, p -> new Gate());
        if (gate.streams == STREAMS) {
            throw new IOException("more than " + STREAMS + " streams");
        }
        gate.streams++;
        return gate;
    }

    private synchronized void leave(PeerId peer, Gate gate) {
        if (--gate.streams == 0) {
            gates.remove(peer);
        }
    }

    private boolean readOne(Stream stream, Gate gate, Use use) throws IOException {
        stream.timeout(IDLE);
        int first;
        try {
            first = stream.input().read();
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (first < 0) {
            return false;
        }
        stream.timeout(SILENCE);
        long length = Varint.read(first, stream.input());
        if (length > WireLimits.MAX_MESSAGE) {
            throw new FormatException("a message of " + length + " bytes is longer than " + WireLimits.MAX_MESSAGE);
        }
        long deadline = System.nanoTime() + WHOLE.toNanos();
        if (length <= SMALL) {
            byte[] message = new byte[(int) length];
            fill(stream, message, 0, deadline);
            use.with(message);
        } else {
            acquire(gate.large, 1);
            try {
                large(stream, (int) length, deadline, use);
            } finally {
                gate.large.release();
            }
        }
        return true;
    }

    /** The memory doubles as bytes come, so that it does not cost more to announce a message than to send it. */
    private void large(Stream stream, int length, long deadline, Use use) throws IOException {
        byte[] message = new byte[SMALL];
        int held = 0;
        try {
            fill(stream, message, 0, deadline);
            while (message.length < length) {
                int there = message.length;
                int more = Math.min(length, 2 * there) - there;
                acquire(room, more);
                held += more;
                message = Arrays.copyOf(message, there + more);
                fill(stream, message, there, deadline);
            }
            use.with(message);
        } finally {
            room.release(held);
        }
    }

    private static void fill(Stream stream, byte[] bytes, int from, long deadline) throws IOException {
        int there = from;
        while (there < bytes.length) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("a message takes too long");
            }
            stream.timeout(Duration.ofNanos(Math.clamp(left, NANOS_PER_MILLI, SILENCE.toNanos())));
            int more = stream.input().read(bytes, there, bytes.length - there);
            if (more < 0) {
                throw new EOFException("the stream ended within a message");
            }
            there += more;
        }
    }

    private static void acquire(Semaphore semaphore, int permits) throws IOException {
        try {
            if (!semaphore.tryAcquire(permits, SILENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new SocketTimeoutException("other messages take all the room");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
