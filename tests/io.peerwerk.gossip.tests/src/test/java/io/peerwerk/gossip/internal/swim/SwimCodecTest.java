// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;

class SwimCodecTest {

    private static final PeerId FROM = Peers.id(1);
    private static final Card CARD = card(1, 5);
    private static final Sender SENDER = new Sender(FROM, 5, CARD, 3);

    @Test
    void everyKindOfMessageComesBackAsItWas() throws IOException {
        List<Rumour> rumours = List.of(Rumour.full(card(2, 9), MemberState.ALIVE),
                new Rumour(Peers.id(3), MemberState.SUSPECT, 0, null, List.of(1L, -1L)));
        var withoutCard = new Sender(FROM, Card.MAX_INCARNATION, null, 0);
        for (SwimMessage.Request request : List.of(new SwimMessage.Ping(withoutCard, rumours),
                new SwimMessage.PingOther(SENDER, Peers.id(7), rumours),
                new SwimMessage.Sync(SENDER, -1, Long.MIN_VALUE, List.of()),
                new SwimMessage.Fetch(SENDER, List.of(Peers.id(7), Peers.id(8)), rumours))) {
            assertEquals(request, SwimCodec.decodeRequest(FROM, SwimCodec.encode(request)));
        }
        for (boolean yes : new boolean[] {true, false}) {
            var answer = new SwimMessage.Answer(SENDER, yes, rumours);
            assertEquals(answer, SwimCodec.decodeAnswer(FROM, SwimCodec.encode(answer)));
        }
    }

    @Test
    void theSenderIsWhoTheConnectionProves() throws IOException {
        byte[] message = SwimCodec.encode(new SwimMessage.Ping(new Sender(FROM, 5, null, 0), List.of()));
        assertEquals(Peers.id(4), SwimCodec.decodeRequest(Peers.id(4), message).sender().id());
    }

    @Test
    void anothersCardIsNotTakenForTheSendersOwn() {
        byte[] message = SwimCodec.encode(new SwimMessage.Ping(SENDER, List.of()));
        assertThrows(FormatException.class, () -> SwimCodec.decodeRequest(Peers.id(4), message));
    }

    @Test
    void aRequestIsNoAnswerAndTheOtherWayRound() {
        byte[] ping = SwimCodec.encode(new SwimMessage.Ping(SENDER, List.of()));
        byte[] answer = SwimCodec.encode(new SwimMessage.Answer(SENDER, true, List.of()));
        assertThrows(FormatException.class, () -> SwimCodec.decodeAnswer(FROM, ping));
        assertThrows(FormatException.class, () -> SwimCodec.decodeRequest(FROM, answer));
    }

    @Test
    void aMessageWithOneRumourTooManyIsRefused() throws IOException {
        assertEquals(SwimOptions.MAX_RUMOURS, decode(withRumours(SwimOptions.MAX_RUMOURS)).rumours().size());
        assertRefused(withRumours(SwimOptions.MAX_RUMOURS + 1));
    }

    @Test
    void aMessageOneByteTooLongIsRefused() throws IOException {
        byte[] start = ping().toBytes();
        int padding = SwimCodec.MAX_MESSAGE - start.length - 4; // tag and length of the unknown field
        assertEquals(SwimCodec.MAX_MESSAGE, ping().bytes(15, new byte[padding]).toBytes().length);
        decode(ping().bytes(15, new byte[padding]));
        assertRefused(ping().bytes(15, new byte[padding + 1]));
    }

    @Test
    void aMessageThatWantsOneCardTooManyIsRefused() throws IOException {
        assertInstanceOf(SwimMessage.Fetch.class, decode(wanting(SwimOptions.MAX_RUMOURS)));
        assertRefused(wanting(SwimOptions.MAX_RUMOURS + 1));
    }

    @Test
    void aRumourWithOneAccuserTooManyIsRefused() throws IOException {
        ProtoWriter rumour = about(2);
        IntStream.range(0, Rumour.MAX_ACCUSERS).forEach(i -> rumour.fixed64(5, i));
        assertEquals(Rumour.MAX_ACCUSERS, decode(ping().message(7, rumour)).rumours().getFirst().accusers().size());
        rumour.fixed64(5, 77);
        assertRefused(ping().message(7, rumour));
    }

    @Test
    void anIncarnationThatNobodyCouldRaiseIsRefused() throws IOException {
        assertEquals(Card.MAX_INCARNATION,
                decode(ping().uint(2, Card.MAX_INCARNATION)).sender().incarnation());
        assertRefused(ping().uint(2, Card.MAX_INCARNATION + 1));
        assertRefused(ping().uint(2, -1));
        assertRefused(ping().uint(4, Card.MAX_INCARNATION + 1));
        assertRefused(ping().message(7, about(2).uint(3, Card.MAX_INCARNATION + 1)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedMessagesAreRefused(ProtoWriter message) {
        assertRefused(message);
    }

    static Stream<ProtoWriter> malformed() {
        return Stream.of(new ProtoWriter(), // no kind
                new ProtoWriter().uint(1, 6), // unknown kind
                new ProtoWriter().uint(1, -1),
                new ProtoWriter().string(1, "ping"),
                new ProtoWriter().uint(1, 2), // ping another one, but whom
                new ProtoWriter().uint(1, 2).bytes(5, new byte[] {1, 2, 3}), // not a peer id
                new ProtoWriter().uint(1, 2).bytes(5, new byte[65]),
                ping().bytes(3, new byte[10]), // no card
                ping().bytes(3, new byte[Card.MAX_BYTES + 1]),
                ping().message(7, new ProtoWriter().uint(3, 1)), // about nobody
                ping().message(7, about(2).uint(2, 4)), // unknown state
                ping().message(7, about(2).uint(2, -1)),
                ping().message(7, about(2).bytes(4, new byte[Card.MAX_BYTES + 1])),
                ping().bytes(7, new byte[] {0x0a, 0x7f, 1})); // length beyond the end
    }

    @Test
    void fieldsFromTheFutureAreSkipped() throws IOException {
        SwimMessage message = decode(ping().bytes(100, new byte[10]).message(7, about(2).string(50, "roles")));
        assertEquals(1, message.rumours().size());
    }

    @Test
    void rumoursThatDoNotFitAreLeftOutFromTheEnd() throws IOException {
        List<Multiaddr> longest = IntStream.range(0, Member.MAX_ADDRESSES).mapToObj(i -> Multiaddr.of(
                "/ip6/2001:db8::" + (i + 1) + "/tcp/4001" + "/ws/ip6/::1/tcp/65535".repeat(3))).toList();
        var big = Rumour.full(Card.seal(Peers.identity(9), new Card.Content(1, longest, Long.MAX_VALUE, false)),
                MemberState.ALIVE);
        var message = new SwimMessage.Ping(SENDER, Collections.nCopies(SwimOptions.MAX_RUMOURS, big));
        for (int limit : new int[] {SwimCodec.MAX_MESSAGE, 1100}) {
            byte[] bytes = SwimCodec.encode(message, limit);
            assertTrue(bytes.length <= limit);
            int kept = SwimCodec.decodeRequest(FROM, bytes).rumours().size();
            assertTrue(kept > 0 && limit - bytes.length < big.weight() + 16, kept + " rumours in " + bytes.length);
        }
    }

    private static SwimMessage.Request decode(ProtoWriter message) throws IOException {
        return SwimCodec.decodeRequest(FROM, message.toBytes());
    }

    private static void assertRefused(ProtoWriter message) {
        assertThrows(FormatException.class, () -> decode(message));
    }

    private static ProtoWriter ping() {
        return new ProtoWriter().uint(1, 1);
    }

    private static ProtoWriter about(int peer) {
        return new ProtoWriter().bytes(1, Peers.id(peer).toBytes());
    }

    private static ProtoWriter withRumours(int count) {
        ProtoWriter message = ping();
        IntStream.range(0, count).forEach(i -> message.message(7, about(i)));
        return message;
    }

    private static ProtoWriter wanting(int count) {
        var message = new ProtoWriter().uint(1, 4);
        IntStream.range(0, count).forEach(i -> message.bytes(10, Peers.id(i % 20).toBytes()));
        return message;
    }

    static Card card(int peer, long incarnation) {
        return Card.seal(Peers.identity(peer),
                new Card.Content(incarnation, List.of(Peers.address(peer)), peer * 1000L, false));
    }
}
