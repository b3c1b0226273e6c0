// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import org.jspecify.annotations.Nullable;

/** Messages as bytes. */
public final class KadCodec {

    /** The longest question, in bytes: the longest value, or the addresses of one peer, and room. */
    public static final int MAX_REQUEST = 64 * 1024;

    /** The longest answer, in bytes, unless it tells of providers: all closer peers, with all addresses, and a value. */
    public static final int MAX_ANSWER = 512 * 1024;

    /**
     * The longest answer that tells of providers, in bytes: peers of other makes tell all that they know, with all
     * addresses, up to the longest message of theirs.
     */
    public static final int MAX_PROVIDERS_ANSWER = 4 * 1024 * 1024;

    /** The longest key, in bytes: a namespace and the longest multihash take less. */
    public static final int MAX_KEY = 256;

    /** The longest value, in bytes, as for the records of IPNS. */
    public static final int MAX_VALUE = 10 * 1024;

    /** The most closer peers of a message that are kept; 20 is usual. What comes behind them is passed over. */
    public static final int MAX_CLOSER = 64;

    /** The most providers of a message that are kept; what comes behind them is passed over. */
    public static final int MAX_PROVIDERS = 512;

    /** The most addresses of one peer that are kept, or written; what comes behind them is passed over. */
    public static final int MAX_ADDRESSES = 16;

    /** The longest address that is kept, or written, in bytes: one through a relay, with certificate hashes, takes less. */
    public static final int MAX_ADDRESS = 256;

    /** A SHA2-512 hash would take 66; a key of a peer that stands in its id makes 38. */
    private static final int MAX_ID = 66;
    private static final int MAX_PEER = MAX_REQUEST;
    private static final int MAX_RECORD = MAX_VALUE + 2 * MAX_KEY + 1024;

    private static final int TYPE = 1;
    private static final int KEY = 2;
    private static final int RECORD = 3;
    private static final int CLOSER = 8;
    private static final int PROVIDERS = 9;

    private KadCodec() {
    }

    /** The message in bytes. */
    public static byte[] encode(KadMessage message) {
        var out = new ProtoWriter().uint(TYPE, message.type().ordinal());
        if (!message.key().isEmpty()) {
            out.bytes(KEY, message.key().bytes());
        }
        KadRecord record = message.record();
        if (record != null) {
            out.message(RECORD, new ProtoWriter().bytes(1, record.key().bytes()).bytes(2, record.value().bytes()));
        }
        message.closer().forEach(peer -> out.message(CLOSER, write(peer)));
        message.providers().forEach(peer -> out.message(PROVIDERS, write(peer)));
        return out.toBytes();
    }

    private static ProtoWriter write(KadPeer peer) {
        var out = new ProtoWriter().bytes(1, peer.id().toBytes());
        peer.addresses().stream().map(Multiaddr::toBytes).filter(address -> address.length <= MAX_ADDRESS)
                .limit(MAX_ADDRESSES).forEach(address -> out.bytes(2, address));
        return out;
    }

    /** Reads what somebody asks. */
    public static KadMessage decodeRequest(byte[] bytes) throws FormatException {
        return decode(bytes, MAX_REQUEST);
    }

    /** Reads what somebody answers to a question of this type. */
    public static KadMessage decodeAnswer(byte[] bytes, KadType asked) throws FormatException {
        KadMessage answer = decode(bytes, maxAnswer(asked));
        if (answer.type() != asked) {
            throw new FormatException("an answer to " + answer.type() + " where one to " + asked + " was expected");
        }
        return answer;
    }

    /** The longest answer to a question of this type, in bytes. */
    public static int maxAnswer(KadType asked) {
        return asked == KadType.GET_PROVIDERS ? MAX_PROVIDERS_ANSWER : MAX_ANSWER;
    }

    private static KadMessage decode(byte[] bytes, int maxLength) throws FormatException {
        if (bytes.length > maxLength) {
            throw new FormatException("a message of " + bytes.length + " bytes is longer than " + maxLength);
        }
        var in = new ProtoReader(bytes);
        KadType type = KadType.PUT_VALUE; // what protobuf leaves out
        Octets key = Octets.NONE;
        KadRecord record = null;
        List<KadPeer> closer = new ArrayList<>();
        List<KadPeer> providers = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case TYPE -> type = KadType.of(in.uint());
                case KEY -> key = new Octets(in.bytes(MAX_KEY));
                case RECORD -> record = record(in.message(MAX_RECORD));
                case CLOSER -> add(closer, MAX_CLOSER, in);
                case PROVIDERS -> add(providers, MAX_PROVIDERS, in);
                default -> in.skip();
            }
        }
        return new KadMessage(type, key, record, closer, providers);
    }

    private static @Nullable KadRecord record(ProtoReader in) throws FormatException {
        Octets key = Octets.NONE;
        Octets value = Octets.NONE;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = new Octets(in.bytes(MAX_KEY));
                case 2 -> value = new Octets(in.bytes(MAX_VALUE));
                default -> in.skip();
            }
        }
        return key.isEmpty() && value.isEmpty() ? null : new KadRecord(key, value);
    }

    private static void add(List<KadPeer> peers, int most, ProtoReader in) throws FormatException {
        if (peers.size() < most) {
            peers.add(peer(in.message(MAX_PEER)));
        }
    }

    private static KadPeer peer(ProtoReader in) throws FormatException {
        PeerId id = null;
        List<Multiaddr> addresses = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                id = PeerId.read(in.bytes(MAX_ID));
            } else if (field == 2 && addresses.size() < MAX_ADDRESSES) {
                address(in.bytes(MAX_PEER)).filter(a -> !addresses.contains(a)).ifPresent(addresses::add);
            }
        }
        if (id == null) {
            throw new FormatException("a peer without its id");
        }
        return new KadPeer(id, addresses);
    }

    /** One that is too long, or of a kind that only later versions know, costs nobody anything. */
    private static Optional<Multiaddr> address(byte[] bytes) {
        if (bytes.length > MAX_ADDRESS) {
            return Optional.empty();
        }
        try {
            Multiaddr address = Multiaddr.read(bytes);
            boolean somewhere = address.components().getFirst().protocol() != Protocol.P2P || address.has(Protocol.P2P_CIRCUIT);
            return somewhere ? Optional.of(address.withoutPeer()).filter(a -> a.peer().isEmpty()) : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
