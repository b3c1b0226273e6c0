// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * What a relay promises a peer that wants to be reached through it.
 *
 * @param expires   Unix time in seconds by the relay's clock
 * @param addresses where the relay is reached; they may end with its peer id
 * @param voucher   the signed promise, the bytes of an envelope, empty if there is none; see {@link Voucher}
 */
record Reservation(long expires, List<Multiaddr> addresses, ByteBuffer voucher) {

    /** Addresses of a relay that are looked at. */
    static final int MAX_ADDRESSES = 16;

    static final int MAX_VOUCHER = 4096;

    Reservation {
        addresses = List.copyOf(addresses);
        voucher = voucher.asReadOnlyBuffer();
    }

    byte[] voucherBytes() {
        byte[] bytes = new byte[voucher.remaining()];
        voucher.duplicate().get(bytes);
        return bytes;
    }

    ProtoWriter write() {
        var out = new ProtoWriter().uint(1, expires);
        addresses.forEach(address -> out.bytes(2, address.toBytes()));
        if (voucher.hasRemaining()) {
            out.bytes(3, voucherBytes());
        }
        return out;
    }

    /** Reads the record; an address of a kind that is not known here is left out. */
    static Reservation read(ProtoReader in) throws FormatException {
        long expires = 0;
        var addresses = new ArrayList<Multiaddr>();
        ByteBuffer voucher = ByteBuffer.allocate(0);
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> expires = Math.max(0, in.uint());
                case 2 -> address(in.bytes(Multiaddr.MAX_BYTES)).filter(a -> addresses.size() < MAX_ADDRESSES)
                        .ifPresent(addresses::add);
                case 3 -> voucher = ByteBuffer.wrap(in.bytes(MAX_VOUCHER));
                default -> in.skip();
            }
        }
        return new Reservation(expires, addresses, voucher);
    }

    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            return Optional.of(Multiaddr.read(bytes));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
