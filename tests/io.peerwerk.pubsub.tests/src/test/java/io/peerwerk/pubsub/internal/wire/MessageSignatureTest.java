// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.pubsub.internal.Peers;

class MessageSignatureTest {

    private final Identity author = Peers.identity();
    private final Message message =
            MessageSignature.seal(author, 7, "t", "hello".getBytes(StandardCharsets.UTF_8));

    private Message changed(Consumer<Message.Parts> change) throws FormatException {
        var parts = new Message.Parts();
        var in = new ProtoReader(message.toBytes());
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> parts.from = in.bytes(100);
                case 2 -> parts.data = in.bytes(100);
                case 3 -> parts.sequence = in.bytes(100);
                case 4 -> parts.topic = in.string(100);
                case 5 -> parts.signature = in.bytes(100);
                default -> parts.key = in.bytes(100);
            }
        }
        change.accept(parts);
        return parts.toMessage();
    }

    private void assertForged(Consumer<Message.Parts> change) throws FormatException {
        assertEquals(Optional.empty(), MessageSignature.author(changed(change)));
    }

    @Test
    void aMessageIsItsAuthorsAlsoAfterItHasTravelled() throws FormatException {
        Message travelled = Message.read(new ProtoReader(message.toBytes()));
        assertEquals(message, travelled);
        assertEquals(Optional.of(author.id()), MessageSignature.author(travelled));
        assertEquals(7, travelled.sequence());
    }

    @Test
    void theSignatureIsOverThePrefixAndTheMessageWithoutIt() {
        byte[] body = new ProtoWriter().bytes(1, author.id().toBytes())
                .bytes(2, "hello".getBytes(StandardCharsets.UTF_8)).bytes(3, new byte[] {0, 0, 0, 0, 0, 0, 0, 7})
                .string(4, "t").toBytes();
        byte[] prefix = "libp2p-pubsub:".getBytes(StandardCharsets.US_ASCII);
        byte[] signed = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, signed, 0, prefix.length);
        System.arraycopy(body, 0, signed, prefix.length, body.length);
        assertEquals(message, message.with(author.sign(signed), null));
        assertNotEquals(message, message.with(author.sign(body), null));
    }

    @Test
    void whateverIsChangedIsForged() throws FormatException {
        assertForged(m -> m.data = new byte[] {1});
        assertForged(m -> m.data = null);
        assertForged(m -> m.topic = "u");
        assertForged(m -> m.sequence = new byte[8]);
        assertForged(m -> m.from = Peers.id().toBytes());
        assertForged(m -> m.signature = new byte[64]);
        assertForged(m -> m.signature = new byte[0]);
    }

    @Test
    void aMessageWithoutAuthorNumberOrSignatureIsNobodys() throws FormatException {
        assertForged(m -> m.from = null);
        assertForged(m -> m.from = new byte[] {1, 2, 3});
        assertForged(m -> m.sequence = null);
        assertForged(m -> m.sequence = new byte[7]);
        assertForged(m -> m.signature = null);
    }

    @Test
    void aKeyInTheMessageMustBeTheAuthors() throws FormatException {
        assertEquals(Optional.of(author.id()),
                MessageSignature.author(changed(m -> m.key = author.publicKey().toBytes())));
        assertEquals(Optional.of(author.id()), MessageSignature.author(changed(m -> m.key = new byte[0])));
        assertForged(m -> m.key = Peers.identity().publicKey().toBytes());
        assertForged(m -> m.key = new byte[] {1, 2, 3});
    }

    @Test
    void anEmptyMessageAndOneThatSaysNothingDiffer() throws FormatException {
        Message empty = MessageSignature.seal(author, 1, "t", new byte[0]);
        assertEquals(Optional.of(author.id()), MessageSignature.author(Message.read(new ProtoReader(empty.toBytes()))));
        var parts = new Message.Parts();
        parts.from = author.id().toBytes();
        parts.sequence = new byte[8];
        parts.topic = "t";
        Message none = parts.toMessage();
        assertNotEquals(empty, none);
    }
}
