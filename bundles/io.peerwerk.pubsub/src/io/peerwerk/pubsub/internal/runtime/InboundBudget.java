// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Stream;

/**
 * Reads records, and bounds what those of all peers together take while they are read and handled. Small records are
 * free: there is one a peer. Of a large one the beginning has to be there before room is set aside for the rest.
 */
final class InboundBudget {

    /** Bytes of large records of all peers together. */
    static final int MAX_BYTES = 64 << 20;

    /** Bytes up to which a record is small. */
    static final int SMALL = 64 << 10;

    /** A record that has begun goes on within so long, again and again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore room = new Semaphore(MAX_BYTES);

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
     * @throws IOException if it is large and others take all the room
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
        return new Frame(body(in, (int) length), false);
    }

    private byte[] body(InputStream in, int length) throws IOException {
        byte[] head = full(in.readNBytes(Math.min(length, SMALL)), Math.min(length, SMALL));
        if (length <= SMALL) {
            return head;
        }
        if (!room.tryAcquire(length)) {
            throw new IOException("records of other peers take all the room");
        }
        boolean complete = false;
        try {
            byte[] all = Arrays.copyOf(head, length);
            int read = in.readNBytes(all, SMALL, length - SMALL);
            complete = SMALL + read == length;
            if (!complete) {
                throw new EOFException("the stream ended within a record");
            }
            return all;
        } finally {
            if (!complete) {
                room.release(length);
            }
        }
    }

    private static byte[] full(byte[] bytes, int length) throws EOFException {
        if (bytes.length < length) {
            throw new EOFException("the stream ended within a record");
        }
        return bytes;
    }
}
