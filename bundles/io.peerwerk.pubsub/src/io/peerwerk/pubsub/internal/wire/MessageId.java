// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** The name of a message: its author's id and sequence number, one after the other. Peers that ask may name anything. */
public final class MessageId {

    private final byte[] bytes;
    private final int hash;

    private MessageId(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Copies the bytes. */
    public static MessageId of(byte[] bytes) {
        return new MessageId(bytes.clone());
    }

    /** Of the message with this author and number. */
    static MessageId of(byte[] from, byte[] sequence) {
        byte[] id = Arrays.copyOf(from, from.length + sequence.length);
        System.arraycopy(sequence, 0, id, from.length, sequence.length);
        return new MessageId(id);
    }

    /** The bytes, which the caller leaves as they are. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
