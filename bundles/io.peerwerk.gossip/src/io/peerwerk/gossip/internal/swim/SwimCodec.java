// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.wire.Contact;

/** SWIM's messages as bytes; the package description has the picture. */
public final class SwimCodec {

    /** The longest message that is sent or taken, in bytes: some 300 usual cards. */
    public static final int MAX_MESSAGE = 64 * 1024;

    private static final int MAX_RUMOUR = Contact.MAX_ID + Card.MAX_BYTES + 128 /* numbers, later fields */;

    private static final int PING = 1;
    private static final int PING_OTHER = 2;
    private static final int SYNC = 3;
    private static final int FETCH = 4;
    private static final int ANSWER = 5;

    // Fields of a message.
    private static final int KIND = 1;
    private static final int OWN_INCARNATION = 2;
    private static final int OWN_CARD = 3;
    private static final int KNOWN = 4;
    private static final int TARGET = 5;
    private static final int YES = 6;
    private static final int RUMOUR = 7;
    private static final int SALT = 8;
    private static final int FINGERPRINT = 9;
    private static final int WANTED = 10;

    // Fields of a rumour.
    private static final int ID = 1;
    private static final int STATE = 2;
    private static final int INCARNATION = 3;
    private static final int CARD = 4;
    private static final int ACCUSER = 5;

    private SwimCodec() {
    }

    /** The message as bytes. Rumours that no longer fit are left out, the last ones first. */
    public static byte[] encode(SwimMessage message) {
        return encode(message, MAX_MESSAGE);
    }

    /** The same within so many bytes, if what is in front of the rumours fits. */
    public static byte[] encode(SwimMessage message, int maxBytes) {
        Sender sender = message.sender();
        var out = new ProtoWriter().uint(KIND, kind(message));
        if (sender.card() != null) {
            out.bytes(OWN_CARD, sender.card().sealed().bytes());
        } else {
            out.uint(OWN_INCARNATION, sender.incarnation());
        }
        if (sender.known() != 0) {
            out.uint(KNOWN, sender.known());
        }
        switch (message) {
            case SwimMessage.Ping ping -> { }
            case SwimMessage.PingOther other -> out.bytes(TARGET, other.target().toBytes());
            case SwimMessage.Sync sync -> out.fixed64(SALT, sync.salt()).fixed64(FINGERPRINT, sync.fingerprint());
            case SwimMessage.Fetch fetch -> fetch.wanted().forEach(id -> out.bytes(WANTED, id.toBytes()));
            case SwimMessage.Answer answer -> out.bool(YES, answer.yes());
        }
        return withRumours(out, message.rumours(), maxBytes);
    }

    private static byte[] withRumours(ProtoWriter out, List<Rumour> rumours, int maxBytes) {
        byte[] head = out.toBytes();
        int room = maxBytes - head.length;
        for (Rumour rumour : rumours) {
            byte[] bytes = encode(rumour);
            room -= bytes.length + (bytes.length < 128 ? 2 : 3);
            if (room < 0) {
                break;
            }
            out.bytes(RUMOUR, bytes);
        }
        return out.toBytes();
    }

    private static byte[] encode(Rumour rumour) {
        var out = new ProtoWriter()
                .bytes(ID, rumour.id().toBytes())
                .uint(STATE, code(rumour.state()))
                .uint(INCARNATION, rumour.incarnation());
        if (rumour.card() != null) {
            out.bytes(CARD, rumour.card().bytes());
        }
        rumour.accusers().forEach(accuser -> out.fixed64(ACCUSER, accuser));
        return out.toBytes();
    }

    private static int kind(SwimMessage message) {
        return switch (message) {
            case SwimMessage.Ping ping -> PING;
            case SwimMessage.PingOther other -> PING_OTHER;
            case SwimMessage.Sync sync -> SYNC;
            case SwimMessage.Fetch fetch -> FETCH;
            case SwimMessage.Answer answer -> ANSWER;
        };
    }

    /**
     * Reads a request of the peer at the other end of the connection. Of the signatures, that of the peer's own card is
     * checked.
     */
    public static SwimMessage.Request decodeRequest(PeerId from, byte[] message) throws FormatException {
        if (new Reader(from).read(message) instanceof SwimMessage.Request request) {
            return request;
        }
        throw new FormatException("an answer where a request belongs");
    }

    /** Reads an answer of the peer at the other end of the connection, in the same way. */
    public static SwimMessage.Answer decodeAnswer(PeerId from, byte[] message) throws FormatException {
        if (new Reader(from).read(message) instanceof SwimMessage.Answer answer) {
            return answer;
        }
        throw new FormatException("a request where an answer belongs");
    }

    private static long code(MemberState state) {
        return switch (state) {
            case ALIVE -> 0;
            case SUSPECT -> 1;
            case DEAD -> 2;
            case LEFT -> 3;
        };
    }

    private static MemberState state(long code) throws FormatException {
        for (MemberState state : MemberState.values()) {
            if (code(state) == code) {
                return state;
            }
        }
        throw new FormatException("a rumour with the unknown state " + Long.toUnsignedString(code));
    }

    /** Gathers the fields of one message and checks them. */
    private static final class Reader {
        private final PeerId from;
        private long kind;
        private long incarnation;
        private @Nullable SealedCard card;
        private long known;
        private @Nullable PeerId target;
        private boolean yes;
        private long salt;
        private long fingerprint;
        private final List<PeerId> wanted = new ArrayList<>();
        private final List<Rumour> rumours = new ArrayList<>();

        Reader(PeerId from) {
            this.from = from;
        }

        SwimMessage read(byte[] message) throws FormatException {
            if (message.length > MAX_MESSAGE) {
                throw new FormatException("a message of " + message.length + " bytes");
            }
            var in = new ProtoReader(message);
            for (int field = in.next(); field != 0; field = in.next()) {
                readField(field, in);
            }
            Sender sender = sender();
            if (kind == PING) {
                return new SwimMessage.Ping(sender, rumours);
            } else if (kind == PING_OTHER && target != null) {
                return new SwimMessage.PingOther(sender, target, rumours);
            } else if (kind == SYNC) {
                return new SwimMessage.Sync(sender, salt, fingerprint, rumours);
            } else if (kind == FETCH) {
                return new SwimMessage.Fetch(sender, wanted, rumours);
            } else if (kind == ANSWER) {
                return new SwimMessage.Answer(sender, yes, rumours);
            }
            throw new FormatException("a message of kind " + Long.toUnsignedString(kind) + ", or without target");
        }

        private void readField(int field, ProtoReader in) throws FormatException {
            switch (field) {
                case KIND -> kind = in.uint();
                case OWN_INCARNATION -> incarnation = Card.checkedIncarnation(in.uint());
                case OWN_CARD -> card = new SealedCard(in.bytes(Card.MAX_BYTES));
                case KNOWN -> known = Card.checkedIncarnation(in.uint());
                case TARGET -> target = PeerId.read(in.bytes(Contact.MAX_ID));
                case YES -> yes = in.bool();
                case RUMOUR -> readRumour(in);
                case SALT -> salt = in.fixed64();
                case FINGERPRINT -> fingerprint = in.fixed64();
                case WANTED -> readWanted(in);
                default -> in.skip();
            }
        }

        private Sender sender() throws FormatException {
            if (card == null) {
                return new Sender(from, incarnation, null, known);
            }
            Card own = Card.open(card);
            if (!own.id().equals(from)) {
                throw new FormatException("a card of " + own.id() + " as one's own");
            }
            return new Sender(from, own.incarnation(), own, known);
        }

        private void readWanted(ProtoReader in) throws FormatException {
            if (wanted.size() == SwimOptions.MAX_RUMOURS) {
                throw new FormatException("a message that wants more than " + SwimOptions.MAX_RUMOURS + " cards");
            }
            wanted.add(PeerId.read(in.bytes(Contact.MAX_ID)));
        }

        private void readRumour(ProtoReader message) throws FormatException {
            if (rumours.size() == SwimOptions.MAX_RUMOURS) {
                throw new FormatException("a message with more than " + SwimOptions.MAX_RUMOURS + " rumours");
            }
            ProtoReader in = message.message(MAX_RUMOUR);
            @Nullable PeerId about = null;
            long state = 0;
            long version = 0;
            @Nullable SealedCard carried = null;
            List<Long> accusers = new ArrayList<>(0);
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case ID -> about = PeerId.read(in.bytes(Contact.MAX_ID));
                    case STATE -> state = in.uint();
                    case INCARNATION -> version = Card.checkedIncarnation(in.uint());
                    case CARD -> carried = new SealedCard(in.bytes(Card.MAX_BYTES));
                    case ACCUSER -> accusers.add(in.fixed64());
                    default -> in.skip();
                }
                if (accusers.size() > Rumour.MAX_ACCUSERS) {
                    throw new FormatException("a rumour with more than " + Rumour.MAX_ACCUSERS + " accusers");
                }
            }
            if (about == null) {
                throw new FormatException("a rumour about nobody");
            }
            rumours.add(new Rumour(about, state(state), version, carried, accusers));
        }
    }
}
