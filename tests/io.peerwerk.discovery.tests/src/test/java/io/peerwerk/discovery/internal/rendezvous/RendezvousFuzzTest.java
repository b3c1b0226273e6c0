// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.discovery.internal.Peers;
import io.peerwerk.fixtures.Untrusted;

class RendezvousFuzzTest {

    private static final PeerId SOMEBODY = Peers.id();

    @FuzzTest(maxDuration = "5m")
    void aRequestThatIsReadIsTheSameWrittenAndReadAgainAndIsAnswered(byte[] input) throws IOException {
        Optional<RendezvousMessage.Request> request = Untrusted.read(() -> RendezvousCodec.decodeRequest(input));
        if (request.isPresent()) {
            byte[] written = RendezvousCodec.encode(request.get());
            if (written.length <= RendezvousCodec.MAX_REQUEST) {
                assertEquals(request.get(), RendezvousCodec.decodeRequest(written));
            }
            var point = new RendezvousPoint(RendezvousLimits.standard(), () -> Instant.EPOCH, new SplittableRandom(1));
            Optional<RendezvousMessage> answer = point.answer(SOMEBODY, request.get());
            assertTrue(answer.map(RendezvousCodec::encode).map(bytes -> bytes.length).orElse(0) < 1000);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anAnswerIsReadAsWrittenOrRefused(byte[] input) throws IOException {
        Optional<RendezvousMessage.DiscoverResponse> found = Untrusted.read(() -> RendezvousCodec.decodeDiscoverResponse(input));
        if (found.isPresent()) {
            assertEquals(found.get(), RendezvousCodec.decodeDiscoverResponse(RendezvousCodec.encode(found.get())));
        }
        Untrusted.read(() -> RendezvousCodec.decodeRegisterResponse(input));
    }

    @FuzzTest(maxDuration = "5m")
    void aCookieIsReadOrNot(byte[] input) {
        Optional<Cookie> cookie = Cookie.read(new Opaque(input), 255);
        cookie.ifPresent(c -> assertEquals(new Opaque(input), c.toBytes()));
    }
}
