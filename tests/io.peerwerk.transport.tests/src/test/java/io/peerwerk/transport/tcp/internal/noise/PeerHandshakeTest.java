// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.transport.spi.SecureChannel;
import org.junit.jupiter.api.Test;

class PeerHandshakeTest {

    private static final String YAMUX = "/yamux/1.0.0";
    private static final String MPLEX = "/mplex/6.7.0";

    private final SecureRandom random = new SecureRandom();
    private final Identity alice = Identity.generate(random);
    private final Identity bob = Identity.generate(random);

    @Test
    void bothEndsLearnWhoIsThere() throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.of(bob.id()), List.of(YAMUX));
        PeerHandshake responder = end(bob, false, Optional.empty(), List.of(YAMUX));
        run(initiator, responder);
        assertEquals(bob.id(), initiator.result().peer());
        assertEquals(alice.id(), responder.result().peer());
        assertEquals(Optional.of(YAMUX), initiator.result().muxer());
        assertEquals(Optional.of(YAMUX), responder.result().muxer());
        byte[] message = {1, 2, 3};
        assertArrayEquals(message, responder.receiving()
                .open(new byte[0], initiator.sending().seal(new byte[0], message)));
    }

    @Test
    void anotherPeerThanTheExpectedOneIsRefused() throws FormatException {
        PeerId other = Identity.generate(random).id();
        PeerHandshake initiator = end(alice, true, Optional.of(other), List.of());
        PeerHandshake responder = end(bob, false, Optional.empty(), List.of());
        byte[] second = responder.receive(initiator.start().orElseThrow()).orElseThrow();
        FormatException refused = assertThrows(FormatException.class, () -> initiator.receive(second));
        assertTrue(refused.getMessage().contains(bob.id().toString()), refused::getMessage);
    }

    @Test
    void theFirstMuxerOfTheInitiatorThatBothOfferIsTaken() throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.empty(), List.of(YAMUX, MPLEX));
        PeerHandshake responder = end(bob, false, Optional.empty(), List.of(MPLEX, YAMUX));
        run(initiator, responder);
        assertEquals(Optional.of(YAMUX), initiator.result().muxer());
        assertEquals(Optional.of(YAMUX), responder.result().muxer());
    }

    @Test
    void aPeerThatOffersNoMuxerNegotiatesItLater() throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.empty(), List.of(YAMUX));
        PeerHandshake responder = end(bob, false, Optional.empty(), List.of());
        run(initiator, responder);
        assertEquals(Optional.empty(), initiator.result().muxer());
        assertEquals(Optional.empty(), responder.result().muxer());
    }

    @Test
    void noMuxerInCommonEndsTheHandshake() throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.empty(), List.of(YAMUX));
        PeerHandshake responder = end(bob, false, Optional.empty(), List.of(MPLEX));
        byte[] second = responder.receive(initiator.start().orElseThrow()).orElseThrow();
        assertThrows(FormatException.class, () -> initiator.receive(second));
    }

    @Test
    void aSignatureOfAnotherNoiseKeyIsRefused() throws FormatException {
        byte[] stolen = HandshakePayload.sign(bob, KeyPair.generate(random).publicKey(), List.of()).toBytes();
        assertRefused(stolen);
    }

    @Test
    void aKeyWithoutASignatureIsRefused() throws FormatException {
        assertRefused(new ProtoWriter().bytes(1, bob.publicKey().toBytes()).toBytes());
        assertRefused(new byte[0]);
    }

    @Test
    void aPayloadWithALengthBeyondItsEndIsRefused() throws FormatException {
        assertRefused(new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});
        assertRefused(new byte[] {0x0a, 36, 8, 1});
    }

    @Test
    void aFloodOfMuxerNamesIsRefused() throws FormatException {
        var extensions = new ProtoWriter();
        for (int i = 0; i < 17; i++) {
            extensions.string(2, "/m/" + i);
        }
        assertRefused(new ProtoWriter().bytes(1, bob.publicKey().toBytes()).bytes(2, new byte[64])
                .message(4, extensions).toBytes());
    }

    @Test
    void thereIsNoResultBeforeTheEnd() throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.empty(), List.of());
        initiator.start();
        assertFalse(initiator.done());
        assertThrows(IllegalStateException.class, initiator::result);
    }

    /** A responder that is Noise-wise correct and says something wrong inside. */
    private void assertRefused(byte[] payload) throws FormatException {
        PeerHandshake initiator = end(alice, true, Optional.empty(), List.of());
        var liar = new XxHandshake(false, KeyPair.generate(random), KeyPair.generate(random), new byte[0]);
        liar.read(initiator.start().orElseThrow());
        byte[] second = liar.write(payload);
        assertThrows(FormatException.class, () -> initiator.receive(second));
    }

    private PeerHandshake end(Identity identity, boolean initiator, Optional<PeerId> expected, List<String> muxers) {
        return new PeerHandshake(new SecureChannel.Task(identity, initiator, expected, muxers),
                KeyPair.generate(random), KeyPair.generate(random));
    }

    private static void run(PeerHandshake initiator, PeerHandshake responder) throws FormatException {
        byte[] second = responder.receive(initiator.start().orElseThrow()).orElseThrow();
        byte[] third = initiator.receive(second).orElseThrow();
        assertEquals(Optional.empty(), responder.receive(third));
        assertTrue(initiator.done() && responder.done());
    }
}
