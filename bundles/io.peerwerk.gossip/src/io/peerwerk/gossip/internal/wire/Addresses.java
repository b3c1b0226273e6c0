// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;

/** Addresses of one peer on their way to and from the wire. */
public final class Addresses {

    /** The longest address that is sent or taken, in bytes. */
    public static final int MAX_LENGTH = 128;

    // Codes of the multicodec table; both take one byte as a varint.
    private static final int IP4 = 0x04;
    private static final int IP6 = 0x29;

    private final List<Multiaddr> read = new ArrayList<>(2);
    private int count;

    /** The addresses of this peer itself that may be told to others, the ones that only this machine can use last. */
    public static List<Multiaddr> presentable(Collection<Multiaddr> own) {
        return own.stream()
                .map(Multiaddr::withoutPeer)
                .filter(address -> isDiallable(address.toBytes()))
                .distinct()
                .sorted(Comparator.comparing(address -> isLoopback(address.toBytes())))
                .limit(Member.MAX_ADDRESSES)
                .toList();
    }

    /** Writes each address as one value of the field. */
    public static void write(ProtoWriter out, int field, List<Multiaddr> addresses) {
        for (Multiaddr address : addresses) {
            out.bytes(field, address.toBytes());
        }
    }

    /**
     * Takes one more value of the field. An unknown or undiallable address counts and is dropped.
     *
     * @throws FormatException if it is too long or one too many
     */
    public void readOne(ProtoReader in) throws FormatException {
        if (++count > Member.MAX_ADDRESSES) {
            throw new FormatException("a peer with more than " + Member.MAX_ADDRESSES + " addresses");
        }
        byte[] bytes = in.bytes(MAX_LENGTH);
        if (isDiallable(bytes)) {
            parse(bytes).filter(address -> !read.contains(address)).ifPresent(read::add);
        }
    }

    /** What was read so far and kept. */
    public List<Multiaddr> list() {
        return List.copyOf(read);
    }

    private static Optional<Multiaddr> parse(byte[] bytes) {
        try {
            return Optional.of(Multiaddr.read(bytes));
        } catch (FormatException e) {
            return Optional.empty(); // of a kind that only later versions know
        }
    }

    /**
     * Whether a peer can listen there at all. Rumours must not make us look up names, or call link-local services such
     * as the metadata service of a cloud, or send to a multicast group.
     */
    static boolean isDiallable(byte[] address) {
        if (address.length > MAX_LENGTH) {
            return false;
        }
        if (address.length > 4 && address[0] == IP4) {
            return isDiallableIp4(address, 1);
        }
        return address.length > 16 && address[0] == IP6 && isDiallableIp6(address);
    }

    private static boolean isDiallableIp4(byte[] address, int at) {
        int first = address[at] & 0xff;
        boolean linkLocal = first == 169 && (address[at + 1] & 0xff) == 254;
        boolean multicastOrReserved = first >= 224;
        return first != 0 && !linkLocal && !multicastOrReserved;
    }

    private static boolean isDiallableIp6(byte[] address) {
        int first = address[1] & 0xff;
        boolean multicast = first == 0xff;
        boolean linkLocal = first == 0xfe && (address[2] & 0xc0) == 0x80;
        if (multicast || linkLocal) {
            return false;
        }
        if (zeroes(address, 10) && address[11] == -1 && address[12] == -1) { // ::ffff:a.b.c.d
            return isDiallableIp4(address, 13);
        }
        return !zeroes(address, 16);
    }

    private static boolean isLoopback(byte[] address) {
        return address[0] == IP4 ? address[1] == 127 : zeroes(address, 15) && address[16] == 1;
    }

    /** Whether so many bytes after the code are zero. */
    private static boolean zeroes(byte[] address, int count) {
        for (int i = 1; i <= count; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
