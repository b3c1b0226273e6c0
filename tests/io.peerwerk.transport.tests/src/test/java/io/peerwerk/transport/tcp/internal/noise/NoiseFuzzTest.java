// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.spi.SecureChannel;

class NoiseFuzzTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Identity IDENTITY = Identity.generate(RANDOM);
    private static final KeyPair KEY = KeyPair.generate(RANDOM);

    @FuzzTest(maxDuration = "5m")
    void aPayloadThatIsAcceptedSaysTheSameWhenWrittenAgain(byte[] input) throws FormatException {
        HandshakePayload payload;
        try {
            payload = HandshakePayload.parse(input);
        } catch (FormatException refused) {
            return;
        }
        HandshakePayload again = HandshakePayload.parse(payload.toBytes());
        assertEquals(payload.key(), again.key());
        assertEquals(payload.muxers(), again.muxers());
        payload.binds(KEY.publicKey());
    }

    @FuzzTest(maxDuration = "5m")
    void noMessageMakesAHandshakeDoAnythingButFail(byte[] input) throws FormatException {
        PeerHandshake initiator = end(true);
        initiator.start();
        assertRefused(initiator, input);
        PeerHandshake responder = end(false);
        try {
            responder.receive(input);
        } catch (FormatException refused) {
            return;
        }
        assertRefused(responder, input);
    }

    @FuzzTest(maxDuration = "5m")
    void messagesArePutTogetherWhateverTheirLengths(byte[] input) {
        var assembler = new MessageAssembler(1024, new MessagePool(1));
        var in = Unpooled.wrappedBuffer(input);
        int expected = 0;
        try {
            for (byte[] message = assembler.next(in); message != null; message = assembler.next(in)) {
                int length = (input[expected] & 0xff) << 8 | input[expected + 1] & 0xff;
                assertEquals(length, message.length);
                expected += 2 + length;
            }
        } catch (FormatException refused) {
            int length = (input[expected] & 0xff) << 8 | input[expected + 1] & 0xff;
            assertTrue(length > 1024);
        }
    }

    private static void assertRefused(PeerHandshake end, byte[] message) {
        try {
            end.receive(message);
            throw new AssertionError("a forged handshake message was taken");
        } catch (FormatException expected) {
            assertFalse(end.done());
        }
    }

    private static PeerHandshake end(boolean initiator) {
        return new PeerHandshake(new SecureChannel.Task(IDENTITY, initiator, Optional.empty(), List.of()), KEY,
                KeyPair.generate(RANDOM));
    }
}
