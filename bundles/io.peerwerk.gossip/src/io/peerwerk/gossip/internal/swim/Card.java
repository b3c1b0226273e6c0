// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.Role;
import io.peerwerk.gossip.internal.wire.Addresses;
import io.peerwerk.gossip.internal.wire.Contact;

/**
 * What a peer says about itself, signed with its key, so that others can pass it on and cannot change it. A card that
 * exists is a valid one: it was made here, or its signature was checked when it was opened. It travels as an
 * {@link Envelope} with this payload:
 *
 * <pre>
 *   message Card { uint64 incarnation = 1;  repeated bytes address = 2;  uint64 offer = 3;  bool left = 4;
 *                  uint64 roles = 5; }
 * </pre>
 *
 * <p>Whom it is about is said by the key that signed it. Fields of later versions are passed on with it, for it is the
 * sealed form that is passed on. Immutable and shared freely.
 */
public final class Card {

    /** Far above any clock's seconds, far below where counting up would overflow. */
    public static final long MAX_INCARNATION = 1L << 53;

    /** What the signature is good for. */
    static final String DOMAIN = "peerwerk-member-card";

    /** The longest sealed form that is sent or taken, in bytes: eight long addresses under a long RSA key. */
    static final int MAX_BYTES = 4096;

    /** A code of the multicodec table's range for private use, 0x300000, as a varint. */
    static final byte[] PAYLOAD_TYPE = {(byte) 0x80, (byte) 0x80, (byte) 0xc0, 0x01};

    private static final int INCARNATION = 1;
    private static final int ADDRESS = 2;
    private static final int OFFER = 3;
    private static final int LEFT = 4;
    private static final int ROLES = 5;
    /** Only in one that is not signed, so that no two peers have equal ones. */
    private static final int OWNER = 15;

    private final PeerId id;
    private final Content content;
    private final SealedCard sealed;
    private final Contact contact;
    private final long incarnation; // of the content, nearer by for those who ask often

    /**
     * What a card says.
     *
     * @param incarnation the version of the card, 0 to {@link #MAX_INCARNATION}
     * @param addresses where the peer listens, at most {@link Member#MAX_ADDRESSES}
     * @param offer bytes of storage it offers, not negative
     * @param roles what it does for others
     * @param left whether the peer says good-bye with it
     */
    public record Content(long incarnation, List<Multiaddr> addresses, long offer, Set<Role> roles, boolean left) {
        public Content {
            addresses = List.copyOf(addresses);
            roles = Set.copyOf(roles);
            if (incarnation < 0 || incarnation > MAX_INCARNATION) {
                throw new IllegalArgumentException("incarnation " + incarnation);
            }
            if (offer < 0) {
                throw new IllegalArgumentException("offer " + offer);
            }
            if (addresses.size() > Member.MAX_ADDRESSES) {
                throw new IllegalArgumentException(addresses.size() + " addresses");
            }
        }

        /** Of a peer without roles. */
        public Content(long incarnation, List<Multiaddr> addresses, long offer, boolean left) {
            this(incarnation, addresses, offer, Set.of(), left);
        }

        /** The same in a later version. */
        Content later(long version) {
            return new Content(version, addresses, offer, roles, left);
        }

        /** A good-bye in a later version. */
        Content goodBye(long version) {
            return new Content(version, addresses, offer, roles, true);
        }
    }

    /** Makes the cards of one peer. */
    @FunctionalInterface
    public interface Sealer {
        Card seal(Content content);
    }

    private Card(PeerId id, Content content, SealedCard sealed) {
        this.id = id;
        this.content = content;
        this.sealed = sealed;
        this.contact = new Contact(id, content.addresses());
        this.incarnation = content.incarnation();
    }

    private static Card of(PeerId id, Content content, SealedCard sealed) {
        var card = new Card(id, content, sealed);
        sealed.opened(card);
        return card;
    }

    /** Signs this peer's own card. */
    public static Card seal(Identity identity, Content content) {
        byte[] envelope = Envelope.seal(identity, DOMAIN, PAYLOAD_TYPE, write(content).toBytes()).toBytes();
        return of(identity.id(), content, new SealedCard(envelope));
    }

    /**
     * A card without a signature, for peers that share one memory, as those of a simulation do: what they hand to each
     * other is the card itself. No other process takes it, for its bytes are no envelope.
     */
    public static Card unsigned(PeerId id, Content content) {
        return of(id, content, new SealedCard(write(content).bytes(OWNER, id.toBytes()).toBytes()));
    }

    private static ProtoWriter write(Content content) {
        var out = new ProtoWriter().uint(INCARNATION, content.incarnation());
        Addresses.write(out, ADDRESS, content.addresses());
        out.uint(OFFER, content.offer());
        if (content.left()) {
            out.bool(LEFT, true);
        }
        if (!content.roles().isEmpty()) {
            out.uint(ROLES, Role.bits(content.roles()));
        }
        return out;
    }

    /**
     * Checks the signature, which takes some 100 µs, and reads the card; the second time it is there already.
     *
     * @throws FormatException if it is malformed or too long, or was signed for something else or by nobody
     */
    public static Card open(SealedCard sealed) throws FormatException {
        Card known = sealed.opened();
        if (known != null) {
            return known;
        }
        if (sealed.length() > MAX_BYTES) {
            throw new FormatException("a card of " + sealed.length() + " bytes");
        }
        Envelope envelope = Envelope.open(sealed.bytes(), DOMAIN);
        if (!Arrays.equals(PAYLOAD_TYPE, envelope.payloadType())) {
            throw new FormatException("an envelope holds something else than a member's card");
        }
        return of(envelope.key().toPeerId(), read(new ProtoReader(envelope.payload())), sealed);
    }

    private static Content read(ProtoReader in) throws FormatException {
        long incarnation = 0;
        long offer = 0;
        boolean left = false;
        Set<Role> roles = Set.of();
        var addresses = new Addresses();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case INCARNATION -> incarnation = checkedIncarnation(in.uint());
                case ADDRESS -> addresses.readOne(in);
                case OFFER -> offer = in.uint();
                case LEFT -> left = in.bool();
                case ROLES -> roles = Role.of(in.uint());
                default -> in.skip();
            }
        }
        if (offer < 0) {
            throw new FormatException("an offer of " + Long.toUnsignedString(offer) + " bytes");
        }
        return new Content(incarnation, addresses.list(), offer, roles, left);
    }

    static long checkedIncarnation(long incarnation) throws FormatException {
        if (incarnation < 0 || incarnation > MAX_INCARNATION) {
            throw new FormatException("incarnation " + Long.toUnsignedString(incarnation));
        }
        return incarnation;
    }

    /** Whose card it is. */
    public PeerId id() {
        return id;
    }

    public Content content() {
        return content;
    }

    public long incarnation() {
        return incarnation;
    }

    public List<Multiaddr> addresses() {
        return content.addresses();
    }

    public long offer() {
        return content.offer();
    }

    /** What it does for others. */
    public Set<Role> roles() {
        return content.roles();
    }

    /** Whether its owner says good-bye with it. */
    public boolean left() {
        return content.left();
    }

    /** The card as it is passed on. */
    public SealedCard sealed() {
        return sealed;
    }

    /** Where it is reached. */
    public Contact contact() {
        return contact;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Card that && sealed.equals(that.sealed);
    }

    @Override
    public int hashCode() {
        return sealed.hashCode();
    }

    @Override
    public String toString() {
        return "Card[" + id.brief() + " " + content + "]";
    }
}
