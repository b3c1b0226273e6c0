// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.gossip.virtual.Peers;

class SwimCodecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void aRequestThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<SwimMessage.Request> request = Untrusted.read(() -> SwimCodec.decodeRequest(Peers.id(1), input));
        if (request.isPresent()) {
            assertTrue(request.get().rumours().size() <= SwimOptions.MAX_RUMOURS);
            byte[] again = SwimCodec.encode(request.get());
            assertTrue(again.length <= SwimCodec.MAX_MESSAGE);
            SwimMessage.Request other = SwimCodec.decodeRequest(Peers.id(1), again);
            int kept = other.rumours().size(); // all, unless shorter spellings of numbers made it fit before
            assertEquals(request.get().rumours().subList(0, kept), other.rumours());
            assertEquals(request.get().sender(), other.sender());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anAnswerThatIsTakenIsTheSameWrittenAndReadAgain(byte[] input) throws IOException {
        Optional<SwimMessage.Answer> answer = Untrusted.read(() -> SwimCodec.decodeAnswer(Peers.id(1), input));
        if (answer.isPresent()) {
            SwimMessage.Answer other = SwimCodec.decodeAnswer(Peers.id(1), SwimCodec.encode(answer.get()));
            assertEquals(answer.get().yes(), other.yes());
            assertEquals(answer.get().sender(), other.sender());
        }
    }
}
