// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

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
 *     optional string agentVersion    = 6;    optional bytes signedPeerRecord = 8;   (not read yet)
 *   }
 * </pre>
 */
record IdentifyMessage(@Nullable PublicKey key, List<Multiaddr> listenAddresses, List<String> protocols,
        @Nullable Multiaddr observed, @Nullable String protocolVersion, @Nullable String agent) {

    /** Bytes of one message at most; the reference implementations send at most 8 KiB, and a signed record apart. */
    static final int MAX_LENGTH = 16 * 1024;

    static final int MAX_ADDRESSES = 64;
    static final int MAX_PROTOCOLS = 256;

    private static final int MAX_NAME = 256;

    IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }

    static IdentifyMessage empty() {
        return new IdentifyMessage(null, List.of(), List.of(), null, null, null);
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
        return out.toBytes();
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
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = PublicKey.parse(in.bytes(PublicKey.MAX_BYTES));
                case 2 -> address(in.bytes(Multiaddr.MAX_BYTES)).ifPresent(a -> addIfRoom(addresses, a, MAX_ADDRESSES));
                case 3 -> addIfRoom(protocols, in.string(MAX_NAME), MAX_PROTOCOLS);
                case 4 -> observed = address(in.bytes(Multiaddr.MAX_BYTES)).orElse(null);
                case 5 -> version = in.string(MAX_NAME);
                case 6 -> agent = in.string(MAX_NAME);
                default -> in.skip();
            }
        }
        return new IdentifyMessage(key, addresses, protocols, observed, version, agent);
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
                more.agent != null ? more.agent : agent);
    }

    private static <T> void addIfRoom(List<T> list, T element, int max) {
        if (list.size() < max && !list.contains(element)) {
            list.add(element);
        }
    }

    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            return Optional.of(Multiaddr.read(bytes).withoutPeer());
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
