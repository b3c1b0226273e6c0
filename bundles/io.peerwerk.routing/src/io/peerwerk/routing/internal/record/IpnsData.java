// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.routing.internal.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The signed part of a record of IPNS.
 *
 * @param value    what the name points to
 * @param validity until when, as text
 * @param sequence unsigned
 * @param ttl      nanoseconds, unsigned
 */
record IpnsData(Octets value, Octets validity, long sequence, long ttl) {

    /** The only kind of validity: until a point in time. */
    static final int END_OF_LIFE = 0;

    /** Longer than any point in time. */
    private static final int MAX_VALIDITY = 64;

    private static final String TTL = "TTL";
    private static final String VALUE = "Value";
    private static final String SEQUENCE = "Sequence";
    private static final String VALIDITY = "Validity";
    private static final String VALIDITY_TYPE = "ValidityType";

    byte[] toBytes() {
        return new CborWriter().map(5).text(TTL).unsigned(ttl).text(VALUE).bytes(value.bytes())
                .text(SEQUENCE).unsigned(sequence).text(VALIDITY).bytes(validity.bytes())
                .text(VALIDITY_TYPE).unsigned(END_OF_LIFE).toBytes();
    }

    /** Reads the map; entries of other names are somebody's own and passed over. */
    static IpnsData parse(byte[] bytes) throws FormatException {
        var in = new CborReader(bytes);
        var fields = new Fields();
        Set<String> seen = new HashSet<>();
        int entries = in.map();
        for (int i = 0; i < entries; i++) {
            String key = in.text();
            if (!seen.add(key)) {
                throw new FormatException("a key stands twice in a map");
            }
            fields.read(key, in);
        }
        in.end();
        return fields.complete();
    }

    /** What has been read so far. */
    private static final class Fields {
        private @Nullable Octets value;
        private @Nullable Octets validity;
        private @Nullable Long sequence;
        private @Nullable Long ttl;
        private @Nullable Long type;

        void read(String key, CborReader in) throws FormatException {
            switch (key) {
                case VALUE -> value = new Octets(in.bytes());
                case VALIDITY -> validity = new Octets(in.bytes());
                case SEQUENCE -> sequence = in.unsigned();
                case TTL -> ttl = in.unsigned();
                case VALIDITY_TYPE -> type = in.unsigned();
                default -> in.skip();
            }
        }

        IpnsData complete() throws FormatException {
            if (value == null || validity == null || sequence == null || ttl == null || type == null) {
                throw new FormatException("a record of IPNS lacks a part of its data");
            }
            if (type != END_OF_LIFE || validity.length() > MAX_VALIDITY) {
                throw new FormatException("a record of IPNS has a validity of an unknown kind");
            }
            return new IpnsData(value, validity, sequence, ttl);
        }
    }

    /** Until when the record is valid. */
    Instant end() throws FormatException {
        try {
            return Instant.parse(new String(validity.bytes(), StandardCharsets.US_ASCII));
        } catch (DateTimeException e) {
            throw new FormatException("the validity of a record is no point in time", e);
        }
    }
}
