// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.discovery.internal.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DnsMessagePropertyTest {

    @Property(tries = 500)
    void everyMessageComesOutAsItWentIn(@ForAll("messages") DnsMessage message) throws IOException {
        assertEquals(message, DnsMessage.parse(message.toBytes()));
    }

    @Provide
    static Arbitrary<DnsMessage> messages() {
        Arbitrary<List<ResourceRecord>> some = records().list().ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(true, false), questions().list().ofMaxSize(3), some, some)
                .as(DnsMessage::new);
    }

    private static Arbitrary<Question> questions() {
        return Combinators.combine(names(), Arbitraries.integers().between(0, 0xffff)).as(Question::new);
    }

    private static Arbitrary<ResourceRecord> records() {
        Arbitrary<Long> ttl = Arbitraries.longs().between(0, Integer.MAX_VALUE);
        Arbitrary<List<String>> strings = Arbitraries.strings().withCharRange((char) 0, (char) 0xff).ofMinLength(1)
                .ofMaxLength(ResourceRecord.MAX_STRING).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                Combinators.combine(names(), names(), ttl).as(ResourceRecord.Pointer::new),
                Combinators.combine(names(), strings, ttl).as(ResourceRecord.Text::new),
                Combinators.combine(names(), names(), Arbitraries.integers().between(0, 0xffff), ttl)
                        .as(ResourceRecord.Service::new),
                Combinators.combine(names(), Arbitraries.of(4, 16).map(ByteBuffer::allocate), ttl)
                        .as(ResourceRecord.Address::new));
    }

    /** Of few labels, so that names end alike. */
    private static Arbitrary<DomainName> names() {
        Arbitrary<String> labels = Arbitraries.oneOf(Arbitraries.of("local", "_udp", "_p2p", "b"),
                Arbitraries.strings().withCharRange((char) 0, (char) 0xff).ofMinLength(1).ofMaxLength(63));
        return labels.list().ofMaxSize(3).map(DomainName::new);
    }
}
