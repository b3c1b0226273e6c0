// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.gossip.virtual.Peers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NewscastCodecTest {

    @Property(tries = 200)
    void everyMessageComesOutAsItWentIn(@ForAll("messages") List<News> news) throws FormatException {
        assertEquals(news, NewscastCodec.decode(NewscastCodec.encode(news)));
    }

    @Provide
    static Arbitrary<List<News>> messages() {
        return Combinators.combine(Arbitraries.integers().between(0, 1000),
                Arbitraries.integers().between(0, View.MAX_AGE))
                .as((number, age) -> new News(Peers.contact(number), age)).list().ofMaxSize(NewscastCodec.MAX_NEWS);
    }

    @Test
    void theLongestNewsFitIntoAMessage() throws FormatException {
        List<News> most = news(NewscastCodec.MAX_NEWS, i -> new News(Peers.longContact(i), View.MAX_AGE));
        byte[] message = NewscastCodec.encode(most);
        assertTrue(message.length <= NewscastCodec.MAX_MESSAGE, message.length + " bytes");
        assertEquals(most, NewscastCodec.decode(message));
    }

    @Test
    void oneTooManyIsNeitherWrittenNorRead() {
        assertThrows(IllegalArgumentException.class,
                () -> NewscastCodec.encode(news(NewscastCodec.MAX_NEWS + 1, i -> new News(Peers.contact(i), 0))));
        var message = new ProtoWriter();
        IntStream.rangeClosed(0, NewscastCodec.MAX_NEWS).forEach(i -> message.message(1, someone()));
        assertThrows(FormatException.class, () -> NewscastCodec.decode(message.toBytes()));
    }

    @Test
    void aMessageOneByteTooLongIsRefused() throws FormatException {
        assertEquals(List.of(), NewscastCodec.decode(padded(NewscastCodec.MAX_MESSAGE)));
        assertThrows(FormatException.class, () -> NewscastCodec.decode(padded(NewscastCodec.MAX_MESSAGE + 1)));
    }

    /** An age below 0 would be news from the future. */
    @Test
    void newsOlderThanCanBeOrFromTheFutureAreRefused() throws FormatException {
        assertEquals(View.MAX_AGE, NewscastCodec.decode(aged(View.MAX_AGE)).getFirst().age());
        assertThrows(FormatException.class, () -> NewscastCodec.decode(aged(View.MAX_AGE + 1)));
        assertThrows(FormatException.class, () -> NewscastCodec.decode(aged(-1)));
        assertThrows(FormatException.class, () -> NewscastCodec.decode(aged(Long.MIN_VALUE)));
    }

    @Test
    void newsOfNobodyAreRefusedAndFieldsOfLaterVersionsSkipped() throws FormatException {
        byte[] nobody = new ProtoWriter().message(1, new ProtoWriter().uint(3, 1)).toBytes();
        assertThrows(FormatException.class, () -> NewscastCodec.decode(nobody));
        byte[] later = new ProtoWriter().message(1, someone().string(9, "new")).uint(7, 7).toBytes();
        assertEquals(List.of(new News(new Contact(Peers.id(1), List.of()), 0)), NewscastCodec.decode(later));
    }

    private static List<News> news(int count, Function<Integer, News> one) {
        return IntStream.range(0, count).boxed().map(one).toList();
    }

    private static ProtoWriter someone() {
        return new ProtoWriter().bytes(1, Peers.id(1).toBytes());
    }

    private static byte[] aged(long age) {
        return new ProtoWriter().message(1, someone().uint(3, age)).toBytes();
    }

    private static byte[] padded(int length) {
        return new ProtoWriter().bytes(15, new byte[length - 4]).toBytes();
    }
}
