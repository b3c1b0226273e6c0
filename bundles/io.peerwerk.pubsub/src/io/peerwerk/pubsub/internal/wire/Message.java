// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import org.jspecify.annotations.Nullable;

/**
 * A message as it travels; nothing is checked yet but the lengths. What is absent and what is empty differ, since a
 * signature covers the difference. Immutable: nobody changes the arrays.
 */
public final class Message {

    private static final int FROM = 1;
    private static final int DATA = 2;
    private static final int SEQUENCE = 3;
    private static final int TOPIC = 4;
    private static final int SIGNATURE = 5;
    private static final int KEY = 6;

    private static final byte[] NOTHING = {};

    private final byte @Nullable [] from;
    private final byte @Nullable [] data;
    private final byte @Nullable [] sequence;
    private final String topic;
    private final byte @Nullable [] signature;
    private final byte @Nullable [] key;
    private final boolean cut;
    /** The bytes of this message, made when first needed: they are the same for every peer it goes to. */
    private volatile byte @Nullable [] encoded;
    private @Nullable MessageId id;

    private Message(Parts parts) {
        this.from = parts.from;
        this.data = parts.data;
        this.sequence = parts.sequence;
        this.topic = parts.topic;
        this.signature = parts.signature;
        this.key = parts.key;
        this.cut = parts.cut;
    }

    /** What a message is put together from. */
    static final class Parts {
        byte @Nullable [] from;
        byte @Nullable [] data;
        byte @Nullable [] sequence;
        String topic = "";
        byte @Nullable [] signature;
        byte @Nullable [] key;
        /** Whether a field was left out for its length. */
        boolean cut;

        /** A field's value, or nothing if it is longer than any that is of use here. */
        private byte @Nullable [] bounded(ProtoReader in, int limit) throws FormatException {
            byte[] value = in.bytes(WireLimits.MAX_RPC);
            cut |= value.length > limit;
            return value.length > limit ? null : value;
        }

        Message toMessage() {
            return new Message(this);
        }
    }

    /** A message without a signature yet. */
    public static Message unsigned(byte[] from, long sequence, String topic, byte[] data) {
        var parts = new Parts();
        parts.from = from;
        parts.sequence = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
        parts.topic = topic;
        parts.data = data.clone();
        return parts.toMessage();
    }

    /** The same message with another signature, and with or without a key. */
    public Message with(byte[] newSignature, byte @Nullable [] newKey) {
        var parts = new Parts();
        parts.from = from;
        parts.sequence = sequence;
        parts.topic = topic;
        parts.data = data;
        parts.signature = newSignature;
        parts.key = newKey;
        return parts.toMessage();
    }

    static Message read(ProtoReader in) throws FormatException {
        var parts = new Parts();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case FROM -> parts.from = parts.bounded(in, WireLimits.MAX_PEER);
                case DATA -> parts.data = in.bytes(WireLimits.MAX_RPC);
                case SEQUENCE -> parts.sequence = parts.bounded(in, WireLimits.MAX_SEQUENCE);
                case TOPIC -> parts.topic = in.string(WireLimits.MAX_TOPIC);
                case SIGNATURE -> parts.signature = parts.bounded(in, WireLimits.MAX_SIGNATURE);
                case KEY -> parts.key = parts.bounded(in, WireLimits.MAX_KEY);
                default -> in.skip();
            }
        }
        return parts.toMessage();
    }

    /**
     * Whether it has all its parts, but of a size that is of no use here. Others pass such messages on, so that whoever
     * has brought it is not to blame.
     */
    public boolean isUnusual() {
        return cut || from != null && signature != null && sequence != null && sequence.length != WireLimits.SEQUENCE;
    }

    /** The name, if the message has what it is made of: an author and a sequence number of the usual length. */
    public Optional<MessageId> id() {
        if (id == null && from != null && from.length > 0 && sequence != null
                && sequence.length == WireLimits.SEQUENCE) {
            id = MessageId.of(from, sequence);
        }
        return Optional.ofNullable(id);
    }

    /** The name as a peer calls it that speaks a dialect; in standard form where that takes a key that is not here. */
    public Optional<MessageId> id(Dialect dialect) {
        return id().map(standard -> dialect.write(this).map(bytes -> standard.in(dialect, bytes)).orElse(standard));
    }

    public String topic() {
        return topic;
    }

    /** What it says, an own copy. */
    public byte[] data() {
        return data == null ? NOTHING : data.clone();
    }

    /** The length of what it says, in bytes. */
    public int size() {
        return data == null ? 0 : data.length;
    }

    /** The author's number; 0 if there is none of the usual length. */
    public long sequence() {
        return sequence == null || sequence.length != WireLimits.SEQUENCE ? 0 : ByteBuffer.wrap(sequence).getLong();
    }

    /** Whom it names as its author, which nobody has proved yet; nothing if no peer can have this name. */
    public Optional<PeerId> claimedAuthor() {
        try {
            return from == null ? Optional.empty() : Optional.of(PeerId.read(from));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    byte @Nullable [] signature() {
        return signature;
    }

    byte @Nullable [] key() {
        return key;
    }

    /** The message without signature and key: what is signed. */
    byte[] signed() {
        return body().toBytes();
    }

    private ProtoWriter body() {
        var out = new ProtoWriter();
        bytes(out, FROM, from);
        bytes(out, DATA, data);
        bytes(out, SEQUENCE, sequence);
        if (!topic.isEmpty()) {
            out.string(TOPIC, topic);
        }
        return out;
    }

    byte[] toBytes() {
        byte[] bytes = encoded;
        if (bytes == null) {
            ProtoWriter out = body();
            bytes(out, SIGNATURE, signature);
            bytes(out, KEY, key);
            bytes = out.toBytes();
            encoded = bytes;
        }
        return bytes;
    }

    private static void bytes(ProtoWriter out, int field, byte @Nullable [] value) {
        if (value != null) {
            out.bytes(field, value);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "Message[" + size() + " bytes on " + topic + "]";
    }
}
