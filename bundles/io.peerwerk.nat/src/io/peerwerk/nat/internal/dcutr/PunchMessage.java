// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * The one message of the protocol.
 *
 * <pre>
 *   message HolePunch {
 *     Type type = 1;  (CONNECT 100, SYNC 300)        repeated bytes ObsAddrs = 2;
 *   }
 * </pre>
 *
 * @param addresses where the sender may be met; empty in SYNC
 */
record PunchMessage(Type type, List<Multiaddr> addresses) {

    static final String PROTOCOL = "/libp2p/dcutr";

    /** The longest message that is taken, in bytes: the specification's limit. */
    static final int MAX_LENGTH = 4 * 1024;

    /** Addresses of a message that are looked at, and sent. */
    static final int MAX_ADDRESSES = 16;

    /** Bytes of addresses that are sent at most, so that the message stays within its limit. */
    private static final int MAX_ADDRESS_BYTES = 3 * 1024;

    enum Type {
        CONNECT(100),
        SYNC(300);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    PunchMessage {
        addresses = List.copyOf(addresses);
    }

    /** A CONNECT with as many of the addresses as fit. */
    static PunchMessage connect(List<Multiaddr> addresses) {
        var fitting = new ArrayList<Multiaddr>();
        int bytes = 0;
        for (Multiaddr address : addresses) {
            bytes += address.toBytes().length;
            if (fitting.size() < MAX_ADDRESSES && bytes <= MAX_ADDRESS_BYTES) {
                fitting.add(address);
            }
        }
        return new PunchMessage(Type.CONNECT, fitting);
    }

    static PunchMessage sync() {
        return new PunchMessage(Type.SYNC, List.of());
    }

    byte[] toBytes() {
        var out = new ProtoWriter().uint(1, type.code);
        addresses.forEach(address -> out.bytes(2, address.toBytes()));
        return out.toBytes();
    }

    /** Reads a message, which fills the bytes; an address of a kind that is not known here is left out. */
    static PunchMessage parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        long code = 0;
        var addresses = new ArrayList<Multiaddr>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> code = in.uint();
                case 2 -> address(in.bytes(Multiaddr.MAX_BYTES)).filter(a -> addresses.size() < MAX_ADDRESSES)
                        .ifPresent(addresses::add);
                default -> in.skip();
            }
        }
        for (Type type : Type.values()) {
            if (type.code == code) {
                return new PunchMessage(type, addresses);
            }
        }
        throw new FormatException("no message of a hole punch: " + code);
    }

    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            return Optional.of(Multiaddr.read(bytes));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
