// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.internal.wire.Addresses;
import io.peerwerk.gossip.internal.wire.Contact;

/** SWIM's messages as bytes; the package description has the picture. */
public final class SwimCodec {

    /** The longest message that is sent or taken, in bytes: some 800 usual rumours. */
    public static final int MAX_MESSAGE = 64 * 1024;

    private static final int MAX_RUMOUR =
            Contact.MAX_ID + Member.MAX_ADDRESSES * (Addresses.MAX_LENGTH + 3) + 96 /* numbers, later fields */;

    private static final int PING = 1;
    private static final int PING_OTHER = 2;
    private static final int SYNC = 3;
    private static final int ANSWER = 4;

    // Fields of a message.
    private static final int KIND = 1;
    private static final int OWN_INCARNATION = 2;
    private static final int OWN_ADDRESS = 3;
    private static final int OWN_OFFER = 4;
    private static final int LEAVING = 5;
    private static final int TARGET = 6;
    private static final int REACHED = 7;
    private static final int RUMOUR = 8;

    // Fields of a rumour.
    private static final int ID = 1;
    private static final int STATE = 2;
    private static final int INCARNATION = 3;
    private static final int ADDRESS = 4;
    private static final int OFFER = 5;

    private SwimCodec() {
    }

    /** The message as bytes. Rumours that no longer fit are left out, the last ones first. */
    public static byte[] encode(SwimMessage message) {
        Card own = message.sender().card();
        var out = new ProtoWriter().uint(KIND, kind(message)).uint(OWN_INCARNATION, own.incarnation());
        Addresses.write(out, OWN_ADDRESS, own.addresses());
        out.uint(OWN_OFFER, own.offer());
        if (message.sender().state() == MemberState.LEFT) {
            out.bool(LEAVING, true);
        }
        if (message instanceof SwimMessage.PingOther other) {
            out.bytes(TARGET, other.target().toBytes());
        } else if (message instanceof SwimMessage.Answer answer && answer.reached()) {
            out.bool(REACHED, true);
        }
        writeRumours(out, message.rumours());
        return out.toBytes();
    }

    private static void writeRumours(ProtoWriter out, List<Rumour> rumours) {
        int room = MAX_MESSAGE - 2 * MAX_RUMOUR; // the fields before take no more than a rumour and an id
        for (Rumour rumour : rumours) {
            byte[] bytes = encode(rumour);
            room -= bytes.length + 3;
            if (room < 0) {
                return;
            }
            out.bytes(RUMOUR, bytes);
        }
    }

    private static byte[] encode(Rumour rumour) {
        Card card = rumour.card();
        var out = new ProtoWriter()
                .bytes(ID, card.id().toBytes())
                .uint(STATE, code(rumour.state()))
                .uint(INCARNATION, card.incarnation());
        Addresses.write(out, ADDRESS, card.addresses());
        return out.uint(OFFER, card.offer()).toBytes();
    }

    private static int kind(SwimMessage message) {
        return switch (message) {
            case SwimMessage.Ping ping -> PING;
            case SwimMessage.PingOther other -> PING_OTHER;
            case SwimMessage.Sync sync -> SYNC;
            case SwimMessage.Answer answer -> ANSWER;
        };
    }

    /** Reads a request of the peer at the other end of the connection. */
    public static SwimMessage.Request decodeRequest(PeerId from, byte[] message) throws FormatException {
        if (decode(from, message) instanceof SwimMessage.Request request) {
            return request;
        }
        throw new FormatException("an answer where a request belongs");
    }

    /** Reads an answer of the peer at the other end of the connection. */
    public static SwimMessage.Answer decodeAnswer(PeerId from, byte[] message) throws FormatException {
        if (decode(from, message) instanceof SwimMessage.Answer answer) {
            return answer;
        }
        throw new FormatException("a request where an answer belongs");
    }

    private static SwimMessage decode(PeerId from, byte[] message) throws FormatException {
        if (message.length > MAX_MESSAGE) {
            throw new FormatException("a message of " + message.length + " bytes");
        }
        var in = new ProtoReader(message);
        var own = new CardReader();
        own.id = from;
        long kind = 0;
        boolean leaving = false;
        boolean reached = false;
        @Nullable PeerId target = null;
        List<Rumour> rumours = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case KIND -> kind = in.uint();
                case OWN_INCARNATION -> own.incarnation = in.uint();
                case OWN_ADDRESS -> own.addresses.readOne(in);
                case OWN_OFFER -> own.offer = in.uint();
                case LEAVING -> leaving = in.bool();
                case TARGET -> target = PeerId.read(in.bytes(Contact.MAX_ID));
                case REACHED -> reached = in.bool();
                case RUMOUR -> rumours.add(readRumour(in, rumours.size()));
                default -> in.skip();
            }
        }
        var sender = new Rumour(own.card(), leaving ? MemberState.LEFT : MemberState.ALIVE);
        return message(kind, sender, target, reached, rumours);
    }

    private static SwimMessage message(long kind, Rumour sender, @Nullable PeerId target, boolean reached,
            List<Rumour> rumours) throws FormatException {
        if (kind == PING) {
            return new SwimMessage.Ping(sender, rumours);
        } else if (kind == PING_OTHER && target != null) {
            return new SwimMessage.PingOther(sender, target, rumours);
        } else if (kind == SYNC) {
            return new SwimMessage.Sync(sender, rumours);
        } else if (kind == ANSWER) {
            return new SwimMessage.Answer(sender, reached, rumours);
        }
        throw new FormatException("a message of unknown kind " + Long.toUnsignedString(kind) + " or without target");
    }

    private static Rumour readRumour(ProtoReader message, int before) throws FormatException {
        if (before == SwimOptions.MAX_RUMOURS) {
            throw new FormatException("a message with more than " + SwimOptions.MAX_RUMOURS + " rumours");
        }
        ProtoReader in = message.message(MAX_RUMOUR);
        var about = new CardReader();
        long state = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case ID -> about.id = PeerId.read(in.bytes(Contact.MAX_ID));
                case STATE -> state = in.uint();
                case INCARNATION -> about.incarnation = in.uint();
                case ADDRESS -> about.addresses.readOne(in);
                case OFFER -> about.offer = in.uint();
                default -> in.skip();
            }
        }
        return new Rumour(about.card(), state(state));
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

    /** Gathers a card and checks it. */
    private static final class CardReader {
        @Nullable PeerId id;
        long incarnation;
        final Addresses addresses = new Addresses();
        long offer;

        Card card() throws FormatException {
            PeerId peer = id;
            if (peer == null) {
                throw new FormatException("a rumour about nobody");
            }
            if (incarnation < 0 || incarnation > Card.MAX_INCARNATION) {
                throw new FormatException("incarnation " + Long.toUnsignedString(incarnation));
            }
            if (offer < 0) {
                throw new FormatException("an offer of " + Long.toUnsignedString(offer) + " bytes");
            }
            return new Card(peer, incarnation, addresses.list(), offer);
        }
    }
}
