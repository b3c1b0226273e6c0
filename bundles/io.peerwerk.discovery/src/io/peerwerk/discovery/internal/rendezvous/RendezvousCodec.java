// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.rendezvous;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.identity.Envelope;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Discover;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.DiscoverResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Register;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.RegisterResponse;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Request;
import io.peerwerk.discovery.internal.rendezvous.RendezvousMessage.Unregister;

/** Messages as bytes. */
public final class RendezvousCodec {

    /** The longest request, in bytes: the longest record, and texts. */
    public static final int MAX_REQUEST = 16 * 1024;

    /** The longest answer, in bytes; rust-libp2p's figure. */
    public static final int MAX_ANSWER = 1024 * 1024;

    /** Registrations that one answer may hold. */
    public static final int MAX_REGISTRATIONS = 1000;

    /** The longest text for people, in bytes. */
    private static final int MAX_TEXT = 1024;
    /** Longer than any namespace that is accepted, so that the refusal can say so. */
    private static final int MAX_NAMESPACE_READ = 4096;
    /** Points of other makers may put more than ours into it. */
    private static final int MAX_COOKIE = 4096;

    private static final int TYPE = 1;
    /** The field of a message is this plus its type. */
    private static final int FIRST_BODY = 2;
    private static final int REGISTER = 0;
    private static final int REGISTER_RESPONSE = 1;
    private static final int UNREGISTER = 2;
    private static final int DISCOVER = 3;
    private static final int DISCOVER_RESPONSE = 4;

    private RendezvousCodec() {
    }

    /** The message in bytes. */
    public static byte[] encode(RendezvousMessage message) {
        return switch (message) {
            case Register register -> message(REGISTER, write(register));
            case RegisterResponse response -> {
                ProtoWriter out = new ProtoWriter().uint(1, response.status().code());
                text(out, 2, response.text());
                yield message(REGISTER_RESPONSE, response.status() == Status.OK ? out.uint(3, response.ttl()) : out);
            }
            case Unregister unregister -> message(UNREGISTER, new ProtoWriter().string(1, unregister.namespace()));
            case Discover discover -> {
                var out = new ProtoWriter();
                text(out, 1, discover.namespace());
                number(out, 2, discover.limit());
                bytes(out, 3, discover.cookie());
                yield message(DISCOVER, out);
            }
            case DiscoverResponse response -> {
                var out = new ProtoWriter();
                response.registrations().forEach(registration -> out.message(1, write(registration)));
                bytes(out, 2, response.cookie());
                out.uint(3, response.status().code());
                text(out, 4, response.text());
                yield message(DISCOVER_RESPONSE, out);
            }
        };
    }

    /** How many bytes a registration takes in an answer, at most. */
    static int size(Register register) {
        return write(register).toBytes().length + 4;
    }

    private static ProtoWriter write(Register register) {
        var out = new ProtoWriter().string(1, register.namespace()).bytes(2, register.signedRecord().bytes());
        number(out, 3, register.ttl());
        return out;
    }

    private static byte[] message(int type, ProtoWriter body) {
        return new ProtoWriter().uint(TYPE, type).message(FIRST_BODY + type, body).toBytes();
    }

    private static void text(ProtoWriter out, int field, String text) {
        if (!text.isEmpty()) {
            out.string(field, text);
        }
    }

    private static void number(ProtoWriter out, int field, long number) {
        if (number != 0) {
            out.uint(field, number);
        }
    }

    private static void bytes(ProtoWriter out, int field, Opaque bytes) {
        if (!bytes.isEmpty()) {
            out.bytes(field, bytes.bytes());
        }
    }

    /** Reads what a peer sends to a point. */
    public static Request decodeRequest(byte[] bytes) throws FormatException {
        if (decode(bytes, MAX_REQUEST) instanceof Request request) {
            return request;
        }
        throw new FormatException("an answer where a request was expected");
    }

    /** Reads what a point answers to a registration. */
    public static RegisterResponse decodeRegisterResponse(byte[] bytes) throws FormatException {
        if (decode(bytes, MAX_ANSWER) instanceof RegisterResponse response) {
            return response;
        }
        throw new FormatException("something else where an answer to a registration was expected");
    }

    /** Reads what a point answers to a search. */
    public static DiscoverResponse decodeDiscoverResponse(byte[] bytes) throws FormatException {
        if (decode(bytes, MAX_ANSWER) instanceof DiscoverResponse response) {
            return response;
        }
        throw new FormatException("something else where an answer to a search was expected");
    }

    private static RendezvousMessage decode(byte[] bytes, int maxLength) throws FormatException {
        if (bytes.length > maxLength) {
            throw new FormatException("a message of " + bytes.length + " bytes is longer than " + maxLength);
        }
        var in = new ProtoReader(bytes);
        long type = -1;
        @Nullable ProtoReader[] bodies = new ProtoReader[DISCOVER_RESPONSE + 1];
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == TYPE) {
                type = in.uint();
            } else if (field >= FIRST_BODY && field <= FIRST_BODY + DISCOVER_RESPONSE) {
                bodies[field - FIRST_BODY] = in.message(maxLength);
            }
        }
        ProtoReader body = type < 0 || type > DISCOVER_RESPONSE ? null : bodies[(int) type];
        if (body == null) {
            throw new FormatException("a message of an unknown type, or without what its type says");
        }
        return switch ((int) type) {
            case REGISTER -> register(body);
            case REGISTER_RESPONSE -> registerResponse(body);
            case UNREGISTER -> unregister(body);
            case DISCOVER -> discover(body);
            default -> discoverResponse(body);
        };
    }

    private static Register register(ProtoReader in) throws FormatException {
        String namespace = "";
        Opaque signedRecord = Opaque.NONE;
        long ttl = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> namespace = in.string(MAX_NAMESPACE_READ);
                case 2 -> signedRecord = new Opaque(in.bytes(Envelope.MAX_BYTES));
                case 3 -> ttl = unsigned(in);
                default -> in.skip();
            }
        }
        return new Register(namespace, signedRecord, ttl);
    }

    private static RegisterResponse registerResponse(ProtoReader in) throws FormatException {
        Status status = Status.OK;
        String text = "";
        long ttl = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> status = Status.of(in.uint());
                case 2 -> text = in.string(MAX_TEXT);
                case 3 -> ttl = unsigned(in);
                default -> in.skip();
            }
        }
        return new RegisterResponse(status, text, ttl);
    }

    private static Unregister unregister(ProtoReader in) throws FormatException {
        String namespace = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                namespace = in.string(MAX_NAMESPACE_READ);
            }
        }
        return new Unregister(namespace);
    }

    private static Discover discover(ProtoReader in) throws FormatException {
        String namespace = "";
        long limit = 0;
        Opaque cookie = Opaque.NONE;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> namespace = in.string(MAX_NAMESPACE_READ);
                case 2 -> limit = unsigned(in);
                case 3 -> cookie = new Opaque(in.bytes(MAX_COOKIE));
                default -> in.skip();
            }
        }
        return new Discover(namespace, limit, cookie);
    }

    private static DiscoverResponse discoverResponse(ProtoReader in) throws FormatException {
        List<Register> registrations = new ArrayList<>();
        Opaque cookie = Opaque.NONE;
        Status status = Status.OK;
        String text = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> registrations.add(register(in.message(MAX_REQUEST)));
                case 2 -> cookie = new Opaque(in.bytes(MAX_COOKIE));
                case 3 -> status = Status.of(in.uint());
                case 4 -> text = in.string(MAX_TEXT);
                default -> in.skip();
            }
            if (registrations.size() > MAX_REGISTRATIONS) {
                throw new FormatException("an answer with more than " + MAX_REGISTRATIONS + " registrations");
            }
        }
        return new DiscoverResponse(registrations, cookie, status, text);
    }

    /** A number too large for a long is as good as the largest. */
    private static long unsigned(ProtoReader in) throws FormatException {
        long value = in.uint();
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** The bytes of a text on the wire. */
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
