// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

import io.peerwerk.core.Registration;
import io.peerwerk.core.wire.FormatException;

/**
 * How fast bytes go to a peer and back, as every libp2p peer that takes part measures it:
 *
 * <pre>
 *   measuring peer                          serving peer
 *   open stream
 *   wanted bytes: 8, big-endian    ──────▶
 *   any bytes, as many as it likes ──────▶  counts and drops them
 *   half-close                     ──────▶
 *                                  ◀──────  the wanted number of bytes
 *                                  ◀──────  half-close
 * </pre>
 *
 * <p>Who serves it gives away traffic: eight bytes of a stranger call for as many as it likes. So nobody serves it
 * unless told to, and then up to a limit.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/perf/perf.md">libp2p: perf</a>
 */
public final class Perf {

    /** The protocol's name. */
    public static final String PROTOCOL = "/perf/1.0.0";

    /** Measurements that a host serves at the same time at most; more share one link and measure each other. */
    public static final int MAX_AT_ONCE = 8;

    private static final Duration STEP_LIMIT = Duration.ofSeconds(30);
    private static final int BLOCK = 64 * 1024;
    private static final long REPORT = 1_000_000;

    private Perf() {
    }

    /**
     * What was measured. The way up ends when the peer begins to answer, having read all: so its time holds one round
     * trip, which counts where the bytes are few.
     *
     * @param up       bytes sent
     * @param upTime   from the first byte sent to the first one of the answer, or to its end if it is empty
     * @param down     bytes received
     * @param downTime from the first byte of the answer to its end
     */
    public record Figures(long up, Duration upTime, long down, Duration downTime) {
    }

    /** Hears how far a measurement is; called about every megabyte on the measuring thread. */
    @FunctionalInterface
    public interface Progress {

        /** So many bytes are sent and received in all. */
        void at(long sent, long received);
    }

    /**
     * Measures over a connection. Blocks; an interrupt ends it.
     *
     * @param up   bytes to send
     * @param down bytes to ask for
     * @throws UnsupportedProtocolException if the peer does not serve the protocol
     * @throws StreamResetException if the peer gives up, perhaps because it serves fewer bytes
     * @throws java.net.SocketTimeoutException if nothing moves for 30 seconds
     */
    public static Figures measure(Connection connection, long up, long down, Progress progress) throws IOException {
        if (up < 0 || down < 0) {
            throw new IllegalArgumentException("cannot measure with " + up + " bytes up and " + down + " down");
        }
        return Exchange.talk(connection.open(PROTOCOL), STEP_LIMIT, stream -> {
            stream.output().write(ByteBuffer.allocate(Long.BYTES).putLong(down).array());
            long start = System.nanoTime();
            send(stream.output(), up, sent -> progress.at(sent, 0));
            stream.output().close();
            long turn = receive(stream.input(), down, received -> progress.at(up, received));
            return new Figures(up, Duration.ofNanos(turn - start), down, Duration.ofNanos(System.nanoTime() - turn));
        });
    }

    private static void send(OutputStream out, long bytes, LongConsumer progress) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long sent = 0; sent < bytes;) {
            int length = (int) Math.min(block.length, bytes - sent);
            out.write(block, 0, length);
            report(sent, sent + length, progress);
            sent += length;
        }
    }

    /** Reads to the end; gives the moment at which the answer began. */
    private static long receive(InputStream in, long bytes, LongConsumer progress) throws IOException {
        long length = discard(in);
        long began = System.nanoTime();
        long received = 0;
        while (length > 0) {
            report(received, received + length, progress);
            received += length;
            if (received > bytes) {
                throw new FormatException("the peer sends more than the " + bytes + " bytes it was asked for");
            }
            length = discard(in);
        }
        if (received < bytes) {
            throw new EOFException("the peer sent " + received + " of " + bytes + " bytes");
        }
        return began;
    }

    /** Tells of every megabyte that was begun, and looks whether anybody still waits for the measurement. */
    private static void report(long before, long now, LongConsumer progress) throws InterruptedIOException {
        if (before / REPORT != now / REPORT) {
            progress.accept(now);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while measuring");
        }
    }

    /**
     * Lets peers measure until the registration is closed.
     *
     * @param maxBytes bytes that one measurement may send here, and as many that it may ask for; what is more resets
     *     its stream
     */
    public static Registration serve(Host host, long maxBytes) {
        return serve(host, maxBytes, MAX_AT_ONCE);
    }

    /** Serves with another limit of measurements at the same time; for a peer that does nothing else. */
    public static Registration serve(Host host, long maxBytes, int atOnce) {
        var places = new Semaphore(atOnce);
        return host.handle(PROTOCOL, stream -> {
            if (!places.tryAcquire()) {
                throw new IOException("more than " + atOnce + " measurements at once");
            }
            try {
                serve(stream, maxBytes);
            } finally {
                places.release();
            }
        });
    }

    private static void serve(Stream stream, long maxBytes) throws IOException {
        stream.timeout(STEP_LIMIT);
        InputStream in = stream.input();
        byte[] head = in.readNBytes(Long.BYTES);
        if (head.length < Long.BYTES) {
            throw new EOFException("the peer does not say how many bytes it wants");
        }
        long wanted = ByteBuffer.wrap(head).getLong();
        if (wanted < 0 || wanted > maxBytes) {
            throw new IOException("the peer wants " + Long.toUnsignedString(wanted) + " bytes, more than " + maxBytes);
        }
        drop(in, maxBytes);
        send(stream.output(), wanted, sent -> { });
    }

    private static void drop(InputStream in, long maxBytes) throws IOException {
        long left = maxBytes;
        for (long length = discard(in); length > 0; length = discard(in)) {
            left -= length;
            if (left < 0) {
                throw new IOException("the peer sends more than " + maxBytes + " bytes");
            }
        }
    }

    /** Throws away what is there, at least a byte; gives how many, 0 at the end. */
    private static long discard(InputStream in) throws IOException {
        long skipped = in.skip(Long.MAX_VALUE);
        return skipped > 0 || in.read() < 0 ? skipped : 1;
    }
}
