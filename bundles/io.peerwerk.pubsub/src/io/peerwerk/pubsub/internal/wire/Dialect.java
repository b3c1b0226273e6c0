// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;

/**
 * How peers of different makes call one and the same message. The specification leaves no choice, yet there are three:
 *
 * <pre>
 *   STANDARD  the author's id in bytes  | sequence number, 8 bytes        go-libp2p, the specification
 *   JS        the author's public key   | sequence number, 8 bytes        js-libp2p
 *   RUST      the author's id in base58 | sequence number in decimal      rust-libp2p
 * </pre>
 *
 * <p>A peer that does not know a name asks for a message that it has, and blames whoever offered it. So names are
 * understood in all three, and each peer is addressed in its own.
 */
public enum Dialect {

    STANDARD,
    JS,
    RUST;

    /** Lengths of peer ids in base58: with an RSA key's hash, with an Ed25519 key, with a secp256k1 key. */
    private static final String HASHED = "Qm";
    private static final int HASHED_LENGTH = 46;
    private static final String ED25519 = "12D3KooW";
    private static final int ED25519_LENGTH = 52;
    private static final String SECP256K1 = "16Uiu2HA";
    private static final int SECP256K1_LENGTH = 53;

    /** The first byte of a public key, which no peer id begins with. */
    private static final byte KEY = 0x08;

    /** What a name is, in this dialect, and nothing if it is not of this dialect; then in standard form. */
    Optional<byte[]> read(byte[] name) {
        return switch (this) {
            case STANDARD -> Optional.empty();
            case JS -> name.length > WireLimits.SEQUENCE && name[0] == KEY ? js(name) : Optional.empty();
            case RUST -> rust(new String(name, StandardCharsets.ISO_8859_1));
        };
    }

    private static Optional<byte[]> js(byte[] name) {
        int key = name.length - WireLimits.SEQUENCE;
        try {
            PeerId author = PublicKey.parse(Arrays.copyOf(name, key)).toPeerId();
            return Optional.of(standard(author, Arrays.copyOfRange(name, key, name.length)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> rust(String name) {
        int id = name.startsWith(ED25519) ? ED25519_LENGTH : name.startsWith(SECP256K1) ? SECP256K1_LENGTH
                : name.startsWith(HASHED) ? HASHED_LENGTH : Integer.MAX_VALUE;
        if (name.length() <= id) {
            return Optional.empty();
        }
        try {
            long sequence = Long.parseUnsignedLong(name.substring(id));
            return Optional.of(standard(PeerId.parse(name.substring(0, id)),
                    ByteBuffer.allocate(WireLimits.SEQUENCE).putLong(sequence).array()));
        } catch (FormatException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] standard(PeerId author, byte[] sequence) {
        return joined(author.toBytes(), sequence);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The name of a message in this dialect, as far as the message says what it takes; else nothing. */
    Optional<byte[]> write(Message message) {
        if (this == STANDARD) {
            return Optional.empty();
        }
        return message.claimedAuthor().flatMap(author -> this == JS
                ? key(author, message).map(key -> joined(key, sequence(message)))
                : Optional.of(text(author + Long.toUnsignedString(message.sequence()))));
    }

    private static byte[] text(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] sequence(Message message) {
        return ByteBuffer.allocate(WireLimits.SEQUENCE).putLong(message.sequence()).array();
    }

    private static Optional<byte[]> key(PeerId author, Message message) {
        return author.inlineKey().map(PublicKey::toBytes).or(() -> Optional.ofNullable(message.key()));
    }
}
