// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class XxHandshakeTest {

    private static final byte[] NOTHING = {};

    private final XxHandshake initiator = handshake(true, 1, 2);
    private final XxHandshake responder = handshake(false, 3, 4);

    @Test
    void bothEndsLearnEachOthersKeysAndPayloads() throws FormatException {
        assertEquals("one", read(responder, initiator.write(bytes("one"))));
        assertEquals("two", read(initiator, responder.write(bytes("two"))));
        assertEquals("three", read(responder, initiator.write(bytes("three"))));
        assertTrue(initiator.done() && responder.done());
        assertArrayEquals(pair(1).publicKey(), responder.remoteStatic());
        assertArrayEquals(pair(3).publicKey(), initiator.remoteStatic());
        assertArrayEquals(initiator.hash(), responder.hash());
    }

    @Test
    void whatOneEndSealsTheOtherOpens() throws FormatException {
        run();
        CipherState out = initiator.sending();
        CipherState in = responder.receiving();
        for (int i = 0; i < 3; i++) {
            byte[] message = bytes("message " + i);
            assertArrayEquals(message, in.open(NOTHING, out.seal(NOTHING, message)));
        }
        assertArrayEquals(bytes("back"), initiator.receiving()
                .open(NOTHING, responder.sending().seal(NOTHING, bytes("back"))));
    }

    @Test
    void theMessagesAreThoseOfAnIndependentImplementation() throws FormatException {
        byte[] first = initiator.write(NOTHING);
        responder.read(first);
        byte[] second = responder.write(bytes("payload of the responder"));
        initiator.read(second);
        byte[] third = initiator.write(bytes("payload of the initiator"));
        responder.read(third);
        assertEquals(KnownTranscript.FIRST, hex(first));
        assertEquals(KnownTranscript.SECOND, hex(second));
        assertEquals(KnownTranscript.THIRD, hex(third));
        assertEquals(KnownTranscript.HASH, hex(initiator.hash()));
        assertEquals(KnownTranscript.TRANSPORT, hex(initiator.sending().seal(NOTHING, bytes("transport"))));
    }

    @Test
    void aChangedByteAnywhereInAHandshakeMessageIsNoticed() throws FormatException {
        byte[] first = initiator.write(NOTHING);
        responder.read(first);
        byte[] second = responder.write(bytes("two"));
        for (int i = 0; i < second.length; i++) {
            XxHandshake victim = handshake(true, 1, 2);
            victim.write(NOTHING);
            byte[] changed = second.clone();
            changed[i] ^= 0x40;
            assertThrows(FormatException.class, () -> victim.read(changed), "byte " + i);
        }
    }

    @Test
    void aHandshakeMessageThatIsCutOffIsNoticed() throws FormatException {
        byte[] first = initiator.write(NOTHING);
        responder.read(first);
        byte[] second = responder.write(NOTHING);
        for (int length = 0; length < second.length; length++) {
            XxHandshake victim = handshake(true, 1, 2);
            victim.write(NOTHING);
            byte[] cut = Arrays.copyOf(second, length);
            assertThrows(FormatException.class, () -> victim.read(cut), "length " + length);
        }
        assertThrows(FormatException.class, () -> handshake(false, 3, 4).read(Arrays.copyOf(first, 31)));
    }

    @Test
    void aChangeOfTheFirstMessageShowsInTheSecond() throws FormatException {
        byte[] first = initiator.write(bytes("offer"));
        first[first.length - 1] ^= 1;
        responder.read(first);
        byte[] second = responder.write(NOTHING);
        assertThrows(FormatException.class, () -> initiator.read(second));
    }

    @Test
    void aKeyThatMakesTheSecretKnownToAllIsRefused() {
        byte[] zero = new byte[32];
        assertThrows(FormatException.class, () -> {
            responder.read(zero);
            responder.write(NOTHING);
        });
    }

    @Test
    void theEndsTakeTurns() throws FormatException {
        assertTrue(initiator.writesNext());
        assertFalse(responder.writesNext());
        assertThrows(IllegalStateException.class, () -> responder.write(NOTHING));
        assertThrows(IllegalStateException.class, () -> initiator.read(new byte[32]));
        run();
        assertThrows(IllegalStateException.class, () -> initiator.write(NOTHING));
        assertThrows(IllegalStateException.class, () -> responder.read(new byte[64]));
    }

    private void run() throws FormatException {
        responder.read(initiator.write(NOTHING));
        initiator.read(responder.write(NOTHING));
        responder.read(initiator.write(NOTHING));
    }

    private static XxHandshake handshake(boolean initiator, int own, int ephemeral) {
        return new XxHandshake(initiator, pair(own), pair(ephemeral), NOTHING);
    }

    private static KeyPair pair(int fill) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) fill);
        return new KeyPair(secret);
    }

    private static String read(XxHandshake end, byte[] message) throws FormatException {
        return new String(end.read(message), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
