// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.cyclon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CyclonCodecTest {

    @Property(tries = 300)
    void everyShuffleComesOutAsItWentIn(@ForAll("shuffles") List<Entry> entries) throws IOException {
        byte[] message = CyclonCodec.encode(entries);
        assertTrue(message.length <= CyclonCodec.MAX_MESSAGE);
        assertEquals(entries, CyclonCodec.decode(message));
    }

    @Property(tries = 300)
    void aShuffleThatIsCutOffInsideAnEntryIsRefused(@ForAll("shuffles") List<Entry> entries) {
        if (!entries.isEmpty()) {
            byte[] message = CyclonCodec.encode(entries);
            assertThrows(FormatException.class, () -> CyclonCodec.decode(Arrays.copyOf(message, message.length - 1)));
        }
    }

    @Provide
    static Arbitrary<List<Entry>> shuffles() {
        Arbitrary<List<Multiaddr>> addresses = Arbitraries.integers().between(0, 1 << 20).map(Peers::address)
                .list().uniqueElements().ofMaxSize(Member.MAX_ADDRESSES);
        return Combinators.combine(Arbitraries.integers().between(0, 1000), addresses,
                Arbitraries.integers().between(0, Entry.MAX_AGE))
                .as((id, at, age) -> new Entry(new Contact(Peers.id(id), at), age))
                .list().ofMaxSize(CyclonOptions.MAX_ENTRIES);
    }

    @Test
    void theLongestEntriesFitIntoAMessage() throws IOException {
        List<Multiaddr> addresses = IntStream.range(0, Member.MAX_ADDRESSES).mapToObj(i -> Multiaddr.of(
                "/ip6/2001:db8::" + (i + 1) + "/tcp/4001/ws/ip4/1.2.3.4/tcp/1" + "/ws/ip6/::1/tcp/6".repeat(4)))
                .toList();
        assertTrue(addresses.getFirst().toBytes().length > 110);
        List<Entry> entries = IntStream.range(0, CyclonOptions.MAX_ENTRIES)
                .mapToObj(i -> new Entry(new Contact(Peers.id(i), addresses), Entry.MAX_AGE)).toList();
        byte[] message = CyclonCodec.encode(entries);
        assertTrue(message.length <= CyclonCodec.MAX_MESSAGE, message.length + " bytes");
        assertEquals(entries, CyclonCodec.decode(message));
    }

    @Test
    void aShuffleWithOneEntryTooManyIsRefused() throws IOException {
        assertEquals(CyclonOptions.MAX_ENTRIES, CyclonCodec.decode(entries(CyclonOptions.MAX_ENTRIES)).size());
        assertThrows(FormatException.class, () -> CyclonCodec.decode(entries(CyclonOptions.MAX_ENTRIES + 1)));
    }

    @Test
    void aMessageOneByteTooLongIsRefused() throws IOException {
        assertEquals(List.of(), CyclonCodec.decode(padded(CyclonCodec.MAX_MESSAGE)));
        assertThrows(FormatException.class, () -> CyclonCodec.decode(padded(CyclonCodec.MAX_MESSAGE + 1)));
    }

    @Test
    void anEntryOlderThanCanBeIsRefused() throws IOException {
        assertEquals(Entry.MAX_AGE, CyclonCodec.decode(entry(entry().uint(3, Entry.MAX_AGE))).getFirst().age());
        assertThrows(FormatException.class, () -> CyclonCodec.decode(entry(entry().uint(3, Entry.MAX_AGE + 1))));
        assertThrows(FormatException.class, () -> CyclonCodec.decode(entry(entry().uint(3, -1))));
    }

    @Test
    void anEntryWithoutPeerOrWithTooManyAddressesIsRefused() {
        assertThrows(FormatException.class, () -> CyclonCodec.decode(entry(new ProtoWriter().uint(3, 1))));
        ProtoWriter many = entry();
        IntStream.rangeClosed(0, Member.MAX_ADDRESSES).forEach(i -> many.bytes(2, Peers.address(i).toBytes()));
        assertThrows(FormatException.class, () -> CyclonCodec.decode(entry(many)));
    }

    @Test
    void fieldsFromTheFutureAreSkipped() throws IOException {
        byte[] message = new ProtoWriter().message(1, entry().string(9, "new")).uint(7, 7).toBytes();
        assertEquals(List.of(new Entry(new Contact(Peers.id(1), List.of()), 0)), CyclonCodec.decode(message));
    }

    private static ProtoWriter entry() {
        return new ProtoWriter().bytes(1, Peers.id(1).toBytes());
    }

    private static byte[] entry(ProtoWriter entry) {
        return new ProtoWriter().message(1, entry).toBytes();
    }

    private static byte[] entries(int count) {
        var message = new ProtoWriter();
        IntStream.range(0, count).forEach(i -> message.message(1, entry()));
        return message.toBytes();
    }

    private static byte[] padded(int length) {
        return new ProtoWriter().bytes(15, new byte[length - 4]).toBytes();
    }
}
