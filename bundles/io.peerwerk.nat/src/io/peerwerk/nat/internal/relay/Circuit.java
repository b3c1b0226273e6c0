// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntToLongFunction;

import io.peerwerk.transport.Stream;

/**
 * Two streams joined. Each direction has a virtual thread that reads a piece and writes it before it reads the next, so
 * a reader that stops stops the writer at the far end, and one piece a direction is all the memory that this takes
 * beside the windows of the streams. The end of one side's output becomes the end of the other's; a direction that
 * breaks or has had its bytes ends both.
 */
final class Circuit {

    private static final int PIECE = 16 * 1024;

    private final Stream left;
    private final Stream right;
    private final long bytes;
    private final IntToLongFunction throttle;
    private final AtomicBoolean cut = new AtomicBoolean();

    /**
     * @param bytes    what may pass in each direction; 0 means any number
     * @param throttle takes a number of bytes, gives the nanoseconds to wait before they may pass; called by many threads
     */
    Circuit(Stream left, Stream right, long bytes, IntToLongFunction throttle) {
        this.left = left;
        this.right = right;
        this.bytes = bytes;
        this.throttle = throttle;
    }

    /** Passes bytes on until both directions have ended; blocks. False if the circuit was cut. */
    boolean run() {
        Thread back = Thread.ofVirtual().name("circuit").start(() -> passOrCut(right, left));
        passOrCut(left, right);
        try {
            back.join();
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
        }
        return !cut.get();
    }

    /** Ends both directions at once. */
    void cut() {
        if (cut.compareAndSet(false, true)) {
            left.reset();
            right.reset();
        }
    }

    private void passOrCut(Stream from, Stream to) {
        try {
            pass(from.input(), to.output());
        } catch (IOException e) {
            cut();
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        long passed = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            passed += count;
            if (bytes > 0 && passed > bytes) {
                throw new IOException("more bytes than a circuit may pass");
            }
            pause(throttle.applyAsLong(count));
            out.write(piece, 0, count);
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.close();
    }

    private static void pause(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the relay is closing");
        }
    }
}
