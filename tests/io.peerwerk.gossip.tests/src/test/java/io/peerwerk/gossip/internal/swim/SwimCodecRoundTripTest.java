// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SwimCodecRoundTripTest {

    @Property(tries = 300)
    void everyRequestComesOutAsItWentIn(@ForAll("requests") SwimMessage.Request request) throws IOException {
        assertEquals(request, SwimCodec.decodeRequest(Peers.id(0), SwimCodec.encode(request)));
    }

    @Property(tries = 300)
    void everyAnswerComesOutAsItWentIn(@ForAll("requests") SwimMessage.Request request, @ForAll boolean yes)
            throws IOException {
        var answer = new SwimMessage.Answer(request.sender(), yes, request.rumours());
        assertEquals(answer, SwimCodec.decodeAnswer(Peers.id(0), SwimCodec.encode(answer)));
    }

    @Property(tries = 300)
    void aMessageThatIsCutOffInsideARumourIsRefused(@ForAll("requests") SwimMessage.Request request) {
        if (!request.rumours().isEmpty()) {
            byte[] message = SwimCodec.encode(request);
            byte[] cut = Arrays.copyOf(message, message.length - 1);
            assertThrows(FormatException.class, () -> SwimCodec.decodeRequest(Peers.id(0), cut));
        }
    }

    @Provide
    static Arbitrary<SwimMessage.Request> requests() {
        return SwimArbitraries.requests(0, 50, Arbitraries.longs().between(0, Card.MAX_INCARNATION));
    }
}
