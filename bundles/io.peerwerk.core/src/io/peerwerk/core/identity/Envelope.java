// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;

/**
 * Bytes with the signature of the peer who wrote them, which holds wherever they are passed on to. An envelope that
 * exists is a valid one: it was sealed here, or its signature was checked when it was opened.
 *
 * <pre>
 *   message Envelope {                                      signed is, each with its length as a varint in front:
 *     bytes public_key   = 1;    bytes payload_type = 2;
 *     bytes payload      = 3;    bytes signature    = 5;      domain | payload_type | payload
 *   }
 * </pre>
 *
 * <p>The domain does not travel. It says what the payload is good for, so that what was signed for one protocol is
 * worth nothing in another; who opens an envelope names the domain that he expects. Immutable; arrays are copied.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0002-signed-envelopes.md">RFC 0002: signed envelopes</a>
 */
public final class Envelope {

    /** The longest payload, in bytes: 64 addresses and their peer, several times over what peers have in practice. */
    public static final int MAX_PAYLOAD = 8 * 1024;

    /** The longest payload type, in bytes; those in use have two. */
    public static final int MAX_PAYLOAD_TYPE = 64;

    /** The longest signature, in bytes: that of an RSA key of 8192 bits. */
    private static final int MAX_SIGNATURE = 1024;

    /** The longest binary form, in bytes; a tag and a length of at most three bytes stand before each field. */
    public static final int MAX_BYTES = PublicKey.MAX_BYTES + MAX_PAYLOAD_TYPE + MAX_PAYLOAD + MAX_SIGNATURE + 4 * 4;

    private static final int PUBLIC_KEY = 1;
    private static final int PAYLOAD_TYPE = 2;
    private static final int PAYLOAD = 3;
    private static final int SIGNATURE = 5;

    private final PublicKey key;
    private final byte[] payloadType;
    private final byte[] payload;
    private final byte[] signature;

    private Envelope(PublicKey key, byte[] payloadType, byte[] payload, byte[] signature) {
        this.key = key;
        this.payloadType = payloadType;
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Signs a payload.
     *
     * @param domain      what the signature is good for, such as {@code "libp2p-peer-record"}
     * @param payloadType how the payload is to be read, usually a multicodec
     * @throws IllegalArgumentException if the payload or its type is too long
     */
    public static Envelope seal(Identity identity, String domain, byte[] payloadType, byte[] payload) {
        if (payloadType.length > MAX_PAYLOAD_TYPE || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("too long for an envelope: a payload of " + payload.length
                    + " bytes of a type of " + payloadType.length);
        }
        byte[] signature = identity.sign(signed(domain, payloadType, payload));
        return new Envelope(identity.publicKey(), payloadType.clone(), payload.clone(), signature);
    }

    /**
     * Reads an envelope and checks its signature. Whether the signer may say what it says is left to the caller.
     *
     * @throws FormatException if it is malformed or too long, or was not signed with its key for this domain
     */
    public static Envelope open(byte[] bytes, String domain) throws FormatException {
        Envelope envelope = parse(bytes);
        byte[] signed = signed(domain, envelope.payloadType, envelope.payload);
        if (!envelope.key.verify(signed, envelope.signature)) {
            throw new FormatException("the signature of an envelope is not valid for " + domain);
        }
        return envelope;
    }

    private static Envelope parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("an envelope of " + bytes.length + " bytes is longer than " + MAX_BYTES);
        }
        var in = new ProtoReader(bytes);
        byte[] key = {};
        byte[] payloadType = {};
        byte[] payload = {};
        byte[] signature = {};
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case PUBLIC_KEY -> key = in.bytes(PublicKey.MAX_BYTES);
                case PAYLOAD_TYPE -> payloadType = in.bytes(MAX_PAYLOAD_TYPE);
                case PAYLOAD -> payload = in.bytes(MAX_PAYLOAD);
                case SIGNATURE -> signature = in.bytes(MAX_SIGNATURE);
                default -> in.skip();
            }
        }
        return new Envelope(PublicKey.parse(key), payloadType, payload, signature);
    }

    private static byte[] signed(String domain, byte[]... parts) {
        var out = new ByteArrayOutputStream();
        part(out, domain.getBytes(StandardCharsets.UTF_8));
        for (byte[] part : parts) {
            part(out, part);
        }
        return out.toByteArray();
    }

    private static void part(ByteArrayOutputStream out, byte[] part) {
        out.writeBytes(Varint.encode(part.length));
        out.writeBytes(part);
    }

    /** The key of the signer. */
    public PublicKey key() {
        return key;
    }

    /** How the payload is to be read. */
    public byte[] payloadType() {
        return payloadType.clone();
    }

    /** What was signed. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The binary form. */
    public byte[] toBytes() {
        return new ProtoWriter().bytes(PUBLIC_KEY, key.toBytes()).bytes(PAYLOAD_TYPE, payloadType)
                .bytes(PAYLOAD, payload).bytes(SIGNATURE, signature).toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "Envelope[" + payload.length + " bytes of " + key.toPeerId() + "]";
    }
}
