// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.TokenBucket;
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

    /** The longest wait for the next question, and for the peer to take an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Questions of one peer at once, and each second in the long run: one that joins asks for itself and its buckets. */
    static final int PEER_BURST = 200;
    private static final int PEER_PER_SECOND = 20;
    /** The same of all peers together: a signature is checked for some, a table searched for each. */
    private static final int ALL_BURST = 2_000;
    private static final int ALL_PER_SECOND = 500;
    /** Peers whose questions are counted; those heard least recently give way. */
    private static final int MAX_COUNTED = 2_048;

    private final Answering answering;
    private final TokenBucket all = new TokenBucket(ALL_PER_SECOND, ALL_BURST, System.nanoTime());
    private final Map<PeerId, TokenBucket> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, TokenBucket> eldest) {
            return size() > MAX_COUNTED;
        }
    };

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
        PeerId peer = stream.connection().peer();
        stream.timeout(TIMEOUT);
        byte[] question = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST);
        while (question != null) {
            admit(peer);
            Optional<KadMessage> answer = answer(peer, question);
            if (answer.isPresent()) {
                Frames.write(stream.output(), KadCodec.encode(answer.get()));
                stream.output().flush();
            }
            question = Frames.readOrEnd(stream.input(), KadCodec.MAX_REQUEST);
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

    private synchronized void admit(PeerId peer) throws IOException {
        long now = System.nanoTime();
        TokenBucket own = peers.computeIfAbsent(peer, p -> new TokenBucket(PEER_PER_SECOND, PEER_BURST, now));
        if (!own.take(1, now) || !all.take(1, now)) {
            throw new IOException("too many questions");
        }
    }
}
