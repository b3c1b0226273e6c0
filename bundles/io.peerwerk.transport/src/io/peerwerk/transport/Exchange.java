// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.time.Duration;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.Frames;

/**
 * The simplest kind of protocol: one request, one answer, each a message with its length in front, on a fresh stream.
 *
 * <pre>
 *   asking peer                               serving peer
 *   open stream
 *   unsigned-varint length | request  ──────▶
 *   half-close                        ──────▶
 *                                     ◀────── unsigned-varint length | answer
 *                                     ◀────── half-close
 * </pre>
 */
public final class Exchange {

    private Exchange() {
    }

    /**
     * What the two ends of an exchange agree on.
     *
     * @param name       the protocol's name, such as {@code /peerwerk/swim/2.0.0}
     * @param maxRequest the longest request that is taken, in bytes
     * @param maxAnswer  the longest answer that is taken, in bytes
     * @param timeout    the longest wait for each step, at both ends
     */
    public record Protocol(String name, int maxRequest, int maxAnswer, Duration timeout) {
    }

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers one request, on a virtual thread of its own. An exception resets the stream: the asking peer sees
         * {@link StreamResetException}.
         */
        byte[] answer(PeerId from, byte[] request) throws IOException;
    }

    /**
     * Asks a peer and waits for the answer.
     *
     * @throws java.net.SocketTimeoutException if the peer does not answer in time
     * @throws io.peerwerk.core.wire.FormatException if the answer is longer than agreed
     * @throws IllegalArgumentException if the request is longer than agreed
     */
    public static byte[] ask(Host host, PeerId peer, Protocol protocol, byte[] request) throws IOException {
        if (request.length > protocol.maxRequest()) {
            throw new IllegalArgumentException("a request of " + request.length + " bytes for " + protocol.name());
        }
        return talk(host.open(peer, protocol.name()), protocol.timeout(), stream -> {
            Frames.write(stream.output(), request);
            stream.output().close();
            return Frames.read(stream.input(), protocol.maxAnswer());
        });
    }

    /** What the end that opened a stream does with it. */
    @FunctionalInterface
    public interface Talk<T> {

        /** Writes and reads; gives what came of it. */
        T with(Stream stream) throws IOException;
    }

    /**
     * Talks on a stream that was just opened, then ends it: closed when the talk went well, reset when it failed, so
     * that the peer does not wait for the rest. Blocks.
     *
     * @param timeout the longest wait for each step
     */
    public static <T> T talk(Stream stream, Duration timeout, Talk<T> talk) throws IOException {
        boolean done = false;
        try {
            stream.timeout(timeout);
            T result = talk.with(stream);
            done = true;
            return result;
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }

    /** Answers every request of a protocol until the registration is closed. */
    public static Registration serve(Host host, Protocol protocol, Handler handler) {
        return host.handle(protocol.name(), stream -> {
            stream.timeout(protocol.timeout());
            byte[] request = Frames.read(stream.input(), protocol.maxRequest());
            byte[] answer = handler.answer(stream.connection().peer(), request);
            if (answer.length > protocol.maxAnswer()) {
                throw new IllegalStateException("an answer of " + answer.length + " bytes for " + protocol.name());
            }
            Frames.write(stream.output(), answer);
        });
    }
}
