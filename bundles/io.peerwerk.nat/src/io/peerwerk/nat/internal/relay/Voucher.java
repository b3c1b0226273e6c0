// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.relay;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * A relay's signed promise to relay for a peer, the payload of an {@link Envelope}:
 *
 * <pre>
 *   message Voucher { bytes relay = 1;  bytes peer = 2;  uint64 expiration = 3; }
 * </pre>
 *
 * @param expires Unix time in seconds
 */
record Voucher(PeerId relay, PeerId peer, long expires) {

    static final String DOMAIN = "libp2p-relay-rsvp";

    /** Multicodec 0x0302 as a varint. */
    private static final byte[] TYPE = {(byte) 0x82, 0x06};

    private static final int MAX_ID = 128;

    /** Signs the promise; the identity is the relay's. */
    byte[] seal(Identity identity) {
        return Envelope.seal(identity, DOMAIN, TYPE, toBytes()).toBytes();
    }

    byte[] toBytes() {
        return new ProtoWriter().bytes(1, relay.toBytes()).bytes(2, peer.toBytes()).uint(3, expires).toBytes();
    }

    /**
     * Opens a promise.
     *
     * @throws FormatException if it is malformed, or signed by anyone but the relay that it names
     */
    static Voucher open(byte[] envelope) throws FormatException {
        Envelope opened = Envelope.open(envelope, DOMAIN);
        Voucher voucher = parse(opened.payload());
        if (!opened.key().toPeerId().equals(voucher.relay())) {
            throw new FormatException("a voucher of a relay is signed by another peer");
        }
        return voucher;
    }

    static Voucher parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        @Nullable PeerId relay = null;
        @Nullable PeerId peer = null;
        long expires = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> relay = PeerId.read(in.bytes(MAX_ID));
                case 2 -> peer = PeerId.read(in.bytes(MAX_ID));
                case 3 -> expires = Math.max(0, in.uint());
                default -> in.skip();
            }
        }
        if (relay == null || peer == null) {
            throw new FormatException("a voucher without a relay or a peer");
        }
        return new Voucher(relay, peer, expires);
    }
}
