// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.routing.NameRecord;
import io.peerwerk.routing.internal.wire.KadCodec;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A record of IPNS whose signature has been checked, or that is made here.
 *
 * @see <a href="https://specs.ipfs.tech/ipns/ipns-record/#record-verification">Record verification</a>
 */
public final class IpnsEntry {

    private static final byte[] PREFIX = "ipns-signature:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE_V1 = "EOL".getBytes(StandardCharsets.US_ASCII);

    private static final int VALUE = 1;
    private static final int SIGNATURE_V1 = 2;
    private static final int VALIDITY_TYPE = 3;
    private static final int VALIDITY = 4;
    private static final int SEQUENCE = 5;
    private static final int TTL = 6;
    private static final int PUBLIC_KEY = 7;
    private static final int SIGNATURE_V2 = 8;
    private static final int DATA = 9;

    /** The longest signature: an RSA key of 8192 bits makes 1024 bytes. */
    private static final int MAX_SIGNATURE = 1024;

    private final IpnsData data;
    private final Instant validity;

    private IpnsEntry(IpnsData data, Instant validity) {
        this.data = data;
        this.validity = validity;
    }

    /** A higher number replaces a lower one; unsigned. */
    public long sequence() {
        return data.sequence();
    }

    /** Until when it is valid. */
    public Instant validity() {
        return validity;
    }

    /** What it says. */
    public NameRecord toRecord() throws FormatException {
        try {
            String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data.value().bytes())).toString();
            long ttl = data.ttl() < 0 ? Long.MAX_VALUE : data.ttl();
            return new NameRecord(value, data.sequence(), validity, Duration.ofNanos(ttl));
        } catch (CharacterCodingException e) {
            throw new FormatException("what a name points to is not text", e);
        }
    }

    // ---- making

    /**
     * Signs a record for the name of this identity, in the form that readers of both versions understand.
     *
     * @throws IllegalArgumentException if the record is longer than {@link KadCodec#MAX_VALUE}
     */
    public static byte[] sign(Identity identity, NameRecord record) {
        byte[] value = record.value().getBytes(StandardCharsets.UTF_8);
        byte[] validity = record.validity().toString().getBytes(StandardCharsets.US_ASCII);
        var data = new IpnsData(new Octets(value), new Octets(validity), record.sequence(), record.ttl().toNanos());
        byte[] signed = data.toBytes();
        byte[] entry = new ProtoWriter().bytes(VALUE, value)
                .bytes(SIGNATURE_V1, identity.sign(join(value, validity, TYPE_V1)))
                .uint(VALIDITY_TYPE, IpnsData.END_OF_LIFE).bytes(VALIDITY, validity).uint(SEQUENCE, data.sequence())
                .uint(TTL, data.ttl()).bytes(SIGNATURE_V2, identity.sign(join(PREFIX, signed))).bytes(DATA, signed)
                .toBytes();
        if (entry.length > KadCodec.MAX_VALUE) {
            throw new IllegalArgumentException("a record of " + entry.length + " bytes");
        }
        return entry;
    }

    // ---- reading

    /**
     * Reads and checks a record; not whether it has run out.
     *
     * @throws FormatException if it is malformed, contradicts itself, or was not signed by the peer of this name
     */
    public static IpnsEntry open(byte[] bytes, PeerId name) throws FormatException {
        if (bytes.length > KadCodec.MAX_VALUE) {
            throw new FormatException("a record of " + bytes.length + " bytes is longer than " + KadCodec.MAX_VALUE);
        }
        var fields = new Fields();
        fields.read(new ProtoReader(bytes));
        byte[] signed = fields.data;
        byte[] signature = fields.signature;
        if (signed == null || signature == null) {
            throw new FormatException("a record of IPNS without a signature of version 2");
        }
        if (!fields.key(name).verify(join(PREFIX, signed), signature)) {
            throw new FormatException("a record of IPNS with a wrong signature");
        }
        IpnsData data = IpnsData.parse(signed);
        fields.check(data);
        return new IpnsEntry(data, data.end());
    }

    /** The fields of the entry. */
    private static final class Fields {
        private @Nullable Octets value;
        private @Nullable Octets validity;
        private @Nullable Long type;
        private @Nullable Long sequence;
        private @Nullable Long ttl;
        private boolean versionOne;
        private byte @Nullable [] key;
        private byte @Nullable [] signature;
        private byte @Nullable [] data;

        void read(ProtoReader in) throws FormatException {
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case VALUE -> value = new Octets(in.bytes(KadCodec.MAX_VALUE));
                    case SIGNATURE_V1 -> versionOne = in.bytes(MAX_SIGNATURE).length > 0;
                    case VALIDITY_TYPE -> type = in.uint();
                    case VALIDITY -> validity = new Octets(in.bytes(KadCodec.MAX_VALUE));
                    case SEQUENCE -> sequence = in.uint();
                    case TTL -> ttl = in.uint();
                    case PUBLIC_KEY -> key = in.bytes(PublicKey.MAX_BYTES);
                    case SIGNATURE_V2 -> signature = in.bytes(MAX_SIGNATURE);
                    case DATA -> data = in.bytes(KadCodec.MAX_VALUE);
                    default -> in.skip();
                }
            }
        }

        /** The key of the name: it stands in the name, or the entry has it and the name is its hash. */
        PublicKey key(PeerId name) throws FormatException {
            byte[] given = key;
            PublicKey found = given == null || given.length == 0
                    ? name.inlineKey().orElseThrow(() -> new FormatException("a record of IPNS without its public key"))
                    : PublicKey.parse(given);
            if (!found.toPeerId().equals(name)) {
                throw new FormatException("a record of IPNS of another name");
            }
            return found;
        }

        /** What older readers see must be what was signed. */
        void check(IpnsData signed) throws FormatException {
            if (value == null && !versionOne) {
                return;
            }
            boolean same = signed.value().equals(value) && signed.validity().equals(validity)
                    && or0(type) == IpnsData.END_OF_LIFE && or0(sequence) == signed.sequence()
                    && or0(ttl) == signed.ttl();
            if (!same) {
                throw new FormatException("a record of IPNS says one thing and signs another");
            }
        }

        private static long or0(@Nullable Long number) {
            return number == null ? 0 : number;
        }
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
