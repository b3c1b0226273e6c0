// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;

/**
 * The signature policy StrictSign: every message has an author, a number and the author's signature.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#message-signing">Message signing</a>
 */
public final class MessageSignature {

    private static final byte[] DOMAIN = "libp2p-pubsub:".getBytes(StandardCharsets.US_ASCII);

    private MessageSignature() {
    }

    /** A message of this peer. The key is left out: it stands in the id. */
    public static Message seal(Identity author, long sequence, String topic, byte[] data) {
        Message message = Message.unsigned(author.id().toBytes(), sequence, topic, data);
        return message.with(author.sign(signed(message)), null);
    }

    /** Who has signed the message; nothing if nobody has, or not whom it names. Takes a tenth of a millisecond. */
    public static Optional<PeerId> author(Message message) {
        byte[] signature = message.signature();
        Optional<PeerId> author = message.claimedAuthor();
        if (author.isEmpty() || signature == null || message.id().isEmpty()) {
            return Optional.empty();
        }
        try {
            return key(author.get(), message).filter(key -> key.verify(signed(message), signature))
                    .map(key -> author.get());
        } catch (FormatException e) {
            return Optional.empty(); // nothing can be signed with this key
        }
    }

    private static Optional<PublicKey> key(PeerId author, Message message) throws FormatException {
        byte[] given = message.key();
        if (given == null || given.length == 0) {
            return author.inlineKey();
        }
        PublicKey key = PublicKey.parse(given);
        return key.toPeerId().equals(author) ? Optional.of(key) : Optional.empty();
    }

    private static byte[] signed(Message message) {
        byte[] body = message.signed();
        byte[] all = new byte[DOMAIN.length + body.length];
        System.arraycopy(DOMAIN, 0, all, 0, DOMAIN.length);
        System.arraycopy(body, 0, all, DOMAIN.length, body.length);
        return all;
    }
}
