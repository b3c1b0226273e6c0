// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multihash;
import org.jspecify.annotations.Nullable;

/**
 * The name of a message: its author's id and sequence number, one after the other, in whichever {@link Dialect} it was
 * heard. Names of one message are equal, and each is written as it was read. Peers that ask may name anything.
 */
public final class MessageId {

    private static final Dialect[] FOREIGN = {Dialect.JS, Dialect.RUST};

    private final byte[] name;
    private final byte[] spoken;
    private final Dialect dialect;
    private final int hash;
    private @Nullable Digest digest;

    /** Stands for a name where many are kept: names are long. Nobody can make two names with the same one. */
    public record Digest(long first, long second) {
    }

    private MessageId(byte[] name, byte[] spoken, Dialect dialect) {
        this.name = name;
        this.spoken = spoken;
        this.dialect = dialect;
        this.hash = Arrays.hashCode(name);
    }

    /** Of a name as a peer has spoken it; copies the bytes. */
    public static MessageId of(byte[] bytes) {
        byte[] spoken = bytes.clone();
        for (Dialect dialect : FOREIGN) {
            Optional<byte[]> name = dialect.read(spoken);
            if (name.isPresent()) {
                return new MessageId(name.get(), spoken, dialect);
            }
        }
        return new MessageId(spoken, spoken, Dialect.STANDARD);
    }

    /** Of the message with this author and number. */
    static MessageId of(byte[] from, byte[] sequence) {
        byte[] name = Dialect.joined(from, sequence);
        return new MessageId(name, name, Dialect.STANDARD);
    }

    /** The same name, to be spoken in another dialect. */
    MessageId in(Dialect other, byte[] bytes) {
        return new MessageId(name, bytes, other);
    }

    /** The digest of the name, the same in all dialects. */
    public Digest digest() {
        Digest made = digest;
        if (made == null) {
            ByteBuffer sha256 = ByteBuffer.wrap(Multihash.sha256(name).digest());
            made = new Digest(sha256.getLong(), sha256.getLong());
            digest = made;
        }
        return made;
    }

    /** How it is spoken. */
    public Dialect dialect() {
        return dialect;
    }

    /** Bytes of the name as it is spoken. */
    public int length() {
        return spoken.length;
    }

    /** The bytes as they are spoken, which the caller leaves as they are. */
    byte[] bytes() {
        return spoken;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId that && hash == that.hash && Arrays.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(name);
    }
}
