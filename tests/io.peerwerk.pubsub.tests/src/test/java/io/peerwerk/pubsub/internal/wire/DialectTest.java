// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.KeyType;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.pubsub.internal.Peers;

class DialectTest {

    private static final long SEQUENCE = 0x8000_0000_0000_002AL;

    private final Identity author = Peers.identity();
    private final Message message = MessageSignature.seal(author, SEQUENCE, "t", new byte[1]);
    private final MessageId id = message.id().orElseThrow();

    private static byte[] sequence() {
        return ByteBuffer.allocate(8).putLong(SEQUENCE).array();
    }

    @ParameterizedTest
    @EnumSource
    void aNameIsTheSameInEachDialectAndSpokenAsItWasHeard(Dialect dialect) {
        MessageId spoken = message.id(dialect).orElseThrow();
        assertEquals(dialect, spoken.dialect());
        MessageId heard = MessageId.of(spoken.bytes());
        assertEquals(id, heard);
        assertEquals(id.hashCode(), heard.hashCode());
        assertEquals(id.digest(), heard.digest());
        assertEquals(dialect, heard.dialect());
        assertArrayEquals(spoken.bytes(), heard.bytes());
    }

    @Test
    void theStandardNameIsTheAuthorsIdAndTheNumber() {
        assertArrayEquals(Dialect.joined(author.id().toBytes(), sequence()), id.bytes());
    }

    @Test
    void jsPutsTheKeyInFront() {
        assertArrayEquals(Dialect.joined(author.publicKey().toBytes(), sequence()),
                message.id(Dialect.JS).orElseThrow().bytes());
    }

    @Test
    void rustWritesText() {
        assertEquals(author.id() + "9223372036854775850",
                new String(message.id(Dialect.RUST).orElseThrow().bytes(), StandardCharsets.US_ASCII));
    }

    @Test
    void aKeyThatIsNotInTheIdComesFromTheMessage() {
        byte[] data = new byte[294];
        Arrays.fill(data, (byte) 3);
        var key = new PublicKey(KeyType.RSA, data);
        Message signed = Message.unsigned(key.toPeerId().toBytes(), SEQUENCE, "t", new byte[1]);
        assertEquals(Dialect.STANDARD, signed.id(Dialect.JS).orElseThrow().dialect(), "nobody has said the key");
        MessageId js = signed.with(new byte[1], key.toBytes()).id(Dialect.JS).orElseThrow();
        assertArrayEquals(Dialect.joined(key.toBytes(), sequence()), js.bytes());
        assertEquals(signed.id().orElseThrow(), MessageId.of(js.bytes()));
        assertTrue(js.bytes().length <= WireLimits.MAX_ID);
    }

    @Test
    void secp256k1AndHashedIdsAreUnderstoodToo() {
        byte[] point = new byte[33];
        point[0] = 2;
        var key = new PublicKey(KeyType.SECP256K1, point);
        Message other = Message.unsigned(key.toPeerId().toBytes(), 5, "t", new byte[1]);
        for (Dialect dialect : Dialect.values()) {
            assertEquals(other.id().orElseThrow(), MessageId.of(other.id(dialect).orElseThrow().bytes()));
        }
        var hashed = new PublicKey(KeyType.RSA, new byte[300]);
        String rust = hashed.toPeerId() + "7";
        assertEquals(Message.unsigned(hashed.toPeerId().toBytes(), 7, "t", new byte[1]).id().orElseThrow(),
                MessageId.of(rust.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void whatIsNoneOfTheseIsANameAsWell() {
        for (String text : new String[] {"", "12D3KooW", "12D3KooW" + "1".repeat(60), author.id().toString(),
            author.id() + "x", author.id() + "99999999999999999999", "\u0008\u0001\u0012\u0020short"}) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            MessageId odd = MessageId.of(bytes);
            assertEquals(Dialect.STANDARD, odd.dialect(), text);
            assertArrayEquals(bytes, odd.bytes());
            assertNotEquals(id, odd);
            assertNotEquals(id.digest(), odd.digest());
        }
    }
}
