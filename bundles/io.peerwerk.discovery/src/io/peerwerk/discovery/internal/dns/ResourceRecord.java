// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import java.nio.ByteBuffer;
import java.util.List;

/** Something that is true of a name for a while. */
public sealed interface ResourceRecord {

    /** The longest string of a {@link Text}, in bytes. */
    int MAX_STRING = 255;

    /** The name it is about. */
    DomainName name();

    /** How many seconds it is true, counted from when it was sent; zero takes it back. */
    long ttl();

    /** The number of its type. */
    default int type() {
        return switch (this) {
            case Pointer p -> RecordType.PTR;
            case Text t -> RecordType.TXT;
            case Service s -> RecordType.SRV;
            case Address a -> a.ip().remaining() == 4 ? RecordType.A : RecordType.AAAA;
        };
    }

    /** One of several names that this name leads to. */
    record Pointer(DomainName name, DomainName target, long ttl) implements ResourceRecord {
    }

    /**
     * Words about a name.
     *
     * @param strings each of at most {@value #MAX_STRING} bytes, a byte a character; none is empty
     */
    record Text(DomainName name, List<String> strings, long ttl) implements ResourceRecord {

        public Text {
            strings = List.copyOf(strings);
        }
    }

    /** The machine and the port that a service is at. */
    record Service(DomainName name, DomainName host, int port, long ttl) implements ResourceRecord {
    }

    /**
     * An address of a machine.
     *
     * @param ip four or sixteen bytes
     */
    record Address(DomainName name, ByteBuffer ip, long ttl) implements ResourceRecord {

        public Address {
            ip = ip.asReadOnlyBuffer();
        }
    }
}
