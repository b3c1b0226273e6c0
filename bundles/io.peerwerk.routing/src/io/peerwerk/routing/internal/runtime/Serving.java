// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.routing.internal.wire.KadCodec;
import io.peerwerk.routing.internal.wire.KadMessage;
import io.peerwerk.transport.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the questions that come on streams: any number on each, one after the other, within rates. */
final class Serving {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** The longest wait for the next question, for its turn, and for the peer to take an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Answering answering;
    private final Admission admission = new Admission(TIMEOUT.toNanos(), System.nanoTime());
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    /** Answers one question. */
    @FunctionalInterface
    interface Answering {
        Optional<KadMessage> answer(PeerId from, KadMessage question) throws IOException;
    }

    Serving(Answering answering) {
        this.answering = answering;
    }

    /** The handler of the protocol. */
    void serve(Stream stream) throws IOException {
        open.add(stream);
        try {
            talk(stream);
        } finally {
            open.remove(stream);
        }
    }

    /** Ends all streams that are being served. */
    void reset() {
        open.forEach(Stream::reset);
    }

    private void talk(Stream stream) throws IOException {
        PeerId peer = stream.connection().peer();
        stream.timeout(TIMEOUT);
        byte[] question = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST);
        while (question != null) {
            await(admission.delay(peer, System.nanoTime()));
            Optional<KadMessage> answer = answer(peer, question);
            if (answer.isPresent()) {
                Frames.write(stream.output(), KadCodec.encode(answer.get()));
                stream.output().flush();
            }
            question = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST);
        }
    }

    /** Meanwhile nothing is read: the peer's window fills and it waits, too. */
    private static void await(long nanos) throws InterruptedIOException {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a question waited for its turn");
        }
    }

    private Optional<KadMessage> answer(PeerId peer, byte[] question) throws IOException {
        try {
            return answering.answer(peer, KadCodec.decodeRequest(question));
        } catch (IOException e) {
            LOG.debug("refused a question of {}: {}", peer.brief(), e.getMessage());
            throw e;
        }
    }
}
