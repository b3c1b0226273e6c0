// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.cyclon.CyclonOptions;
import io.peerwerk.gossip.internal.cyclon.Entry;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the codec adds to that of Cyclon, which has its own tests. */
class SamplingCodecTest {

    @Property(tries = 200)
    void everyMessageComesOutAsItWentIn(@ForAll("entries") List<Entry> entries, @ForAll boolean pull)
            throws FormatException {
        var message = new SamplingMessage(entries, pull);
        assertEquals(message, SamplingCodec.decode(SamplingCodec.encode(message)));
    }

    @Provide
    static Arbitrary<List<Entry>> entries() {
        return Arbitraries.integers().between(0, Entry.MAX_AGE).map(age -> new Entry(Peers.contact(age % 100), age))
                .list().ofMaxSize(CyclonOptions.MAX_ENTRIES);
    }

    @Test
    void moreEntriesThanAgreedAreRefused() throws FormatException {
        List<Entry> most = IntStream.range(0, CyclonOptions.MAX_ENTRIES)
                .mapToObj(i -> new Entry(Peers.contact(i), 0)).toList();
        byte[] message = SamplingCodec.encode(new SamplingMessage(most, true));
        assertEquals(most.size(), SamplingCodec.decode(message).entries().size());
        byte[] more = Arrays.copyOf(message, 2 * message.length);
        System.arraycopy(message, 0, more, message.length, message.length);
        assertThrows(FormatException.class, () -> SamplingCodec.decode(more));
    }

    @Test
    void theWishForAnAnswerMayStandAnywhereAndFieldsFromTheFutureAreSkipped() throws FormatException {
        byte[] first = new ProtoWriter().bool(2, true).message(1, new ProtoWriter().bytes(1, Peers.id(1).toBytes()))
                .string(9, "new").toBytes();
        SamplingMessage message = SamplingCodec.decode(first);
        assertTrue(message.pull());
        assertEquals(List.of(Peers.id(1)), message.entries().stream().map(entry -> entry.contact().id()).toList());
        assertThrows(FormatException.class, () -> SamplingCodec.decode(new ProtoWriter().string(2, "yes").toBytes()));
    }
}
