// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The message of identify 1.0.0. A push may leave fields out; what is absent here is null or empty.
 *
 * <pre>
 *   message Identify {
 *     optional bytes  publicKey       = 1;    repeated bytes listenAddrs  = 2;    repeated string protocols = 3;
 *     optional bytes  observedAddr    = 4;    optional string protocolVersion = 5;
 *     optional string agentVersion    = 6;    optional bytes signedPeerRecord = 8;
 *   }
 * </pre>
 *
 * @param signedRecord the envelope of the peer's {@link io.peerwerk.core.identity.PeerRecord}, not looked at yet: a
 *                     signature costs more to check than the rest of the message, so that is done once an exchange
 */
record IdentifyMessage(@Nullable PublicKey key, List<Multiaddr> listenAddresses, List<String> protocols,
        @Nullable Multiaddr observed, @Nullable String protocolVersion, @Nullable String agent,
        @Nullable ByteBuffer signedRecord) {

    /** Bytes of one message at most; go- and js-libp2p take 8 KiB. */
    static final int MAX_LENGTH = 16 * 1024;

    /** Bytes of one message that is sent; rust-libp2p takes no more. */
    static final int MAX_SENT = 4 * 1024;

    /** Messages of one exchange at most, as in go- and js-libp2p. */
    static final int MAX_MESSAGES = 10;

    static final int MAX_ADDRESSES = 64;
    static final int MAX_PROTOCOLS = 256;

    private static final int MAX_NAME = 256;

    IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }

    static IdentifyMessage empty() {
        return new IdentifyMessage(null, List.of(), List.of(), null, null, null, null);
    }

    byte[] toBytes() {
        var out = new ProtoWriter();
        if (key != null) {
            out.bytes(1, key.toBytes());
        }
        listenAddresses.forEach(address -> out.bytes(2, address.toBytes()));
        protocols.forEach(protocol -> out.string(3, protocol));
        if (observed != null) {
            out.bytes(4, observed.toBytes());
        }
        if (protocolVersion != null) {
            out.string(5, protocolVersion);
        }
        if (agent != null) {
            out.string(6, agent);
        }
        if (signedRecord != null) {
            out.bytes(8, bytes(signedRecord));
        }
        return out.toBytes();
    }

    /** The envelope of the peer's record, if one has come. */
    Optional<byte[]> envelope() {
        return Optional.ofNullable(signedRecord).map(IdentifyMessage::bytes);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** Parses a message. An address of a kind that is not known here is left out, a peer at an address's end too. */
    static IdentifyMessage parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        PublicKey key = null;
        var addresses = new ArrayList<Multiaddr>();
        var protocols = new ArrayList<String>();
        Multiaddr observed = null;
        String version = null;
        String agent = null;
        ByteBuffer record = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = PublicKey.parse(in.bytes(PublicKey.MAX_BYTES));
                case 2 -> address(in.bytes(Multiaddr.MAX_BYTES)).ifPresent(a -> addIfRoom(addresses, a, MAX_ADDRESSES));
                case 3 -> addIfRoom(protocols, in.string(MAX_NAME), MAX_PROTOCOLS);
                case 4 -> observed = address(in.bytes(Multiaddr.MAX_BYTES)).orElse(null);
                case 5 -> version = in.string(MAX_NAME);
                case 6 -> agent = in.string(MAX_NAME);
                case 8 -> record = ByteBuffer.wrap(in.bytes(Envelope.MAX_BYTES));
                default -> in.skip();
            }
        }
        return new IdentifyMessage(key, addresses, protocols, observed, version, agent, record);
    }

    /** This message with what a later one of the same stream adds. */
    IdentifyMessage with(IdentifyMessage more) {
        var addresses = new ArrayList<>(listenAddresses);
        more.listenAddresses.forEach(a -> addIfRoom(addresses, a, MAX_ADDRESSES));
        var names = new ArrayList<>(protocols);
        more.protocols.forEach(p -> addIfRoom(names, p, MAX_PROTOCOLS));
        return new IdentifyMessage(more.key != null ? more.key : key, addresses, names,
                more.observed != null ? more.observed : observed,
                more.protocolVersion != null ? more.protocolVersion : protocolVersion,
                more.agent != null ? more.agent : agent, more.signedRecord != null ? more.signedRecord : signedRecord);
    }

    /**
     * This message as several whose fields add up to it, where it is too long for one. The first has what every peer
     * wants to know, the record comes last. What does not fit into {@value #MAX_MESSAGES} is left out.
     */
    List<IdentifyMessage> split() {
        if (toBytes().length <= MAX_SENT) {
            return List.of(this);
        }
        var messages = new ArrayList<IdentifyMessage>();
        messages.add(new IdentifyMessage(key, List.of(), List.of(), observed, protocolVersion, agent, null));
        listenAddresses.forEach(a -> append(messages, part(List.of(a), List.of(), null)));
        protocols.forEach(p -> append(messages, part(List.of(), List.of(p), null)));
        if (signedRecord != null) {
            append(messages, part(List.of(), List.of(), signedRecord));
        }
        return messages.subList(0, Math.min(messages.size(), MAX_MESSAGES));
    }

    private static IdentifyMessage part(List<Multiaddr> addresses, List<String> protocols,
            @Nullable ByteBuffer record) {
        return new IdentifyMessage(null, addresses, protocols, null, null, null, record);
    }

    private static void append(List<IdentifyMessage> messages, IdentifyMessage part) {
        IdentifyMessage longer = messages.getLast().with(part);
        if (longer.toBytes().length <= MAX_SENT) {
            messages.set(messages.size() - 1, longer);
        } else {
            messages.add(part);
        }
    }

    private static <T> void addIfRoom(List<T> list, T element, int max) {
        if (list.size() < max && !list.contains(element)) {
            list.add(element);
        }
    }

    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            Multiaddr address = Multiaddr.read(bytes);
            boolean onlyAPeer = address.peer().isPresent() && address.components().size() == 1;
            return onlyAPeer ? Optional.empty() : Optional.of(address.withoutPeer());
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
