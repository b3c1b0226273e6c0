// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * Where a peer can be reached, in its own words: it travels in an {@link Envelope} that the peer has sealed, so that
 * others can pass it on and cannot change it.
 *
 * <pre>
 *   message PeerRecord {
 *     bytes peer_id = 1;    uint64 seq = 2;    repeated AddressInfo addresses = 3;
 *     message AddressInfo { bytes multiaddr = 1; }
 *   }
 * </pre>
 *
 * <p>A record costs its maker nothing, for any number of peers that nobody has ever met. Who keeps records keeps those
 * of peers it knows, and a bounded number.
 *
 * @param peer      whom the record is about, and by whom
 * @param sequence  of two records of a peer the one with the higher number is the newer; unsigned
 * @param addresses where the peer says it can be dialled, without {@code /p2p}; unmodifiable
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0003-routing-records.md">RFC 0003: routing records</a>
 */
public record PeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses) {

    /** What the signature of a record is good for. */
    public static final String DOMAIN = "libp2p-peer-record";

    /** Addresses of one record that are read. */
    public static final int MAX_ADDRESSES = 64;

    /** The multicodec libp2p-peer-record, 0x0301, as it stands in an envelope. */
    private static final byte[] PAYLOAD_TYPE = {0x03, 0x01};

    private static final int MAX_ID = 64;
    private static final int MAX_INFO = Multiaddr.MAX_BYTES + 16;

    private static final int PEER_ID = 1;
    private static final int SEQUENCE = 2;
    private static final int ADDRESSES = 3;
    private static final int MULTIADDR = 1;

    /** @throws IllegalArgumentException if there are more than {@value #MAX_ADDRESSES} addresses */
    public PeerRecord {
        addresses = List.copyOf(addresses);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException("a record with " + addresses.size() + " addresses");
        }
    }

    /**
     * Opens the envelope of a record.
     *
     * @throws FormatException if either is malformed or too long, the signature is not valid, what was signed is no
     *     record, or the signer is not the peer that the record is about
     */
    public static PeerRecord open(byte[] envelope) throws FormatException {
        Envelope opened = Envelope.open(envelope, DOMAIN);
        if (!Arrays.equals(PAYLOAD_TYPE, opened.payloadType())) {
            throw new FormatException("an envelope holds something else than a peer's record");
        }
        PeerRecord record = parse(opened.payload());
        if (!opened.key().toPeerId().equals(record.peer)) {
            throw new FormatException("a record of " + record.peer + " is signed by " + opened.key().toPeerId());
        }
        return record;
    }

    /**
     * Signs this record.
     *
     * @throws IllegalArgumentException if it is about another peer, or longer than an envelope takes
     */
    public Envelope seal(Identity identity) {
        if (!identity.id().equals(peer)) {
            throw new IllegalArgumentException(identity.id() + " cannot sign a record of " + peer);
        }
        return Envelope.seal(identity, DOMAIN, PAYLOAD_TYPE, toBytes());
    }

    /** Whether this record replaces one with the given number. */
    public boolean isNewerThan(long otherSequence) {
        return Long.compareUnsigned(sequence, otherSequence) > 0;
    }

    /**
     * Reads a record that somebody else has checked. Addresses of a kind that is not known here are left out, and so
     * are those that end with another peer, and what goes beyond {@value #MAX_ADDRESSES}.
     */
    static PeerRecord parse(byte[] bytes) throws FormatException {
        var in = new ProtoReader(bytes);
        PeerId peer = null;
        long sequence = 0;
        List<byte[]> addresses = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case PEER_ID -> peer = PeerId.read(in.bytes(MAX_ID));
                case SEQUENCE -> sequence = in.uint();
                case ADDRESSES -> addresses.add(address(in.message(MAX_INFO)));
                default -> in.skip();
            }
        }
        if (peer == null) {
            throw new FormatException("a record does not say which peer it is about");
        }
        PeerId about = peer;
        return new PeerRecord(peer, sequence, addresses.stream().map(a -> readable(a, about))
                .flatMap(Optional::stream).distinct().limit(MAX_ADDRESSES).toList());
    }

    private static byte[] address(ProtoReader info) throws FormatException {
        byte[] address = {};
        for (int field = info.next(); field != 0; field = info.next()) {
            if (field == MULTIADDR) {
                address = info.bytes(Multiaddr.MAX_BYTES);
            }
        }
        return address;
    }

    private static Optional<Multiaddr> readable(byte[] bytes, PeerId about) {
        try {
            Multiaddr address = Multiaddr.read(bytes);
            Optional<PeerId> named = address.peer();
            if (named.isEmpty()) {
                return Optional.of(address);
            }
            boolean usable = named.get().equals(about) && address.components().size() > 1;
            return usable ? Optional.of(address.withoutPeer()) : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** The binary form, which goes into the envelope. */
    byte[] toBytes() {
        var out = new ProtoWriter().bytes(PEER_ID, peer.toBytes()).uint(SEQUENCE, sequence);
        addresses.forEach(a -> out.message(ADDRESSES, new ProtoWriter().bytes(MULTIADDR, a.toBytes())));
        return out.toBytes();
    }
}
