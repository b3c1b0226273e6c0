// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.swim;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.Member;
import io.peerwerk.gossip.MemberState;
import io.peerwerk.gossip.virtual.Peers;

class SwimCodecTest {

    private static final PeerId FROM = Peers.id(1);
    private static final Rumour SENDER = rumour(1, 5, MemberState.ALIVE);

    @Test
    void everyKindOfMessageComesBackAsItWas() throws IOException {
        List<Rumour> rumours = List.of(rumour(2, 9, MemberState.SUSPECT), rumour(3, 0, MemberState.LEFT));
        Rumour leaving = rumour(1, Card.MAX_INCARNATION, MemberState.LEFT);
        for (SwimMessage.Request request : List.of(new SwimMessage.Ping(leaving, rumours),
                new SwimMessage.PingOther(SENDER, Peers.id(7), rumours), new SwimMessage.Sync(SENDER, List.of()))) {
            assertEquals(request, SwimCodec.decodeRequest(FROM, SwimCodec.encode(request)));
        }
        for (boolean reached : new boolean[] {true, false}) {
            var answer = new SwimMessage.Answer(SENDER, reached, rumours);
            assertEquals(answer, SwimCodec.decodeAnswer(FROM, SwimCodec.encode(answer)));
        }
    }

    @Test
    void theSenderIsWhoTheConnectionProves() throws IOException {
        byte[] message = SwimCodec.encode(new SwimMessage.Ping(SENDER, List.of()));
        assertEquals(Peers.id(4), SwimCodec.decodeRequest(Peers.id(4), message).sender().id());
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
    void aPeerWithOneAddressTooManyIsRefused() throws IOException {
        assertEquals(Member.MAX_ADDRESSES, addresses(withAddresses(Member.MAX_ADDRESSES)).size());
        assertRefused(withAddresses(Member.MAX_ADDRESSES + 1));
        var rumour = about(2);
        IntStream.range(0, Member.MAX_ADDRESSES + 1).forEach(i -> rumour.bytes(4, Peers.address(i).toBytes()));
        assertRefused(ping().message(8, rumour));
    }

    @Test
    void anIncarnationThatNobodyCouldRaiseIsRefused() throws IOException {
        assertEquals(Card.MAX_INCARNATION,
                decode(ping().uint(2, Card.MAX_INCARNATION)).sender().incarnation());
        assertRefused(ping().uint(2, Card.MAX_INCARNATION + 1));
        assertRefused(ping().uint(2, -1));
        assertRefused(ping().message(8, about(2).uint(3, Card.MAX_INCARNATION + 1)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedMessagesAreRefused(ProtoWriter message) {
        assertRefused(message);
    }

    static Stream<ProtoWriter> malformed() {
        return Stream.of(new ProtoWriter(), // no kind
                new ProtoWriter().uint(1, 5), // unknown kind
                new ProtoWriter().uint(1, -1),
                new ProtoWriter().string(1, "ping"),
                new ProtoWriter().uint(1, 2), // ping another one, but whom
                new ProtoWriter().uint(1, 2).bytes(6, new byte[] {1, 2, 3}), // not a peer id
                new ProtoWriter().uint(1, 2).bytes(6, new byte[65]),
                ping().uint(4, -1), // offer
                ping().message(8, new ProtoWriter().uint(3, 1)), // about nobody
                ping().message(8, about(2).uint(2, 4)), // unknown state
                ping().message(8, about(2).uint(2, -1)),
                ping().bytes(8, new byte[] {0x0a, 0x7f, 1}), // length beyond the end
                ping().bytes(3, new byte[129])); // address too long
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dns4/example.org/tcp/4001", "/ip4/169.254.169.254/tcp/80", "/ip4/224.0.0.1/tcp/1",
        "/ip4/0.0.0.0/tcp/4001", "/ip6/fe80::1/tcp/4001", "/ip6/::/tcp/4001", "/ip6/ff02::1/tcp/4001",
        "/ip6/::ffff:169.254.169.254/tcp/80"})
    void anAddressThatNoPeerListensOnIsLeftOut(String address) throws IOException {
        ProtoWriter message = ping().bytes(3, Multiaddr.of(address).toBytes()).bytes(3, Peers.address(3).toBytes());
        assertEquals(List.of(Peers.address(3)), addresses(message));
    }

    @Test
    void anAddressOfAKindFromTheFutureIsLeftOut() throws IOException {
        byte[] unknown = {(byte) 0xff, 0x7f, 1};
        ProtoWriter message = ping().bytes(3, unknown).bytes(3, Peers.address(3).toBytes());
        assertEquals(List.of(Peers.address(3)), addresses(message));
    }

    @Test
    void fieldsFromTheFutureAreSkipped() throws IOException {
        SwimMessage message = decode(ping().bytes(100, new byte[10]).message(8, about(2).string(50, "roles")));
        assertEquals(1, message.rumours().size());
    }

    @Test
    void rumoursThatDoNotFitAreLeftOutFromTheEnd() throws IOException {
        List<Multiaddr> longest = IntStream.range(0, Member.MAX_ADDRESSES).mapToObj(i -> Multiaddr.of(
                "/ip6/2001:db8::" + (i + 1) + "/tcp/4001" + "/ws/ip6/::1/tcp/65535".repeat(3))).toList();
        var big = new Rumour(new Card(Peers.id(9), 1, longest, Long.MAX_VALUE), MemberState.ALIVE);
        var message = new SwimMessage.Ping(SENDER, Collections.nCopies(SwimOptions.MAX_RUMOURS, big));
        byte[] bytes = SwimCodec.encode(message);
        assertTrue(bytes.length <= SwimCodec.MAX_MESSAGE);
        int kept = SwimCodec.decodeRequest(FROM, bytes).rumours().size();
        assertTrue(kept > 50 && kept < SwimOptions.MAX_RUMOURS, kept + " rumours");
    }

    private static SwimMessage.Request decode(ProtoWriter message) throws IOException {
        return SwimCodec.decodeRequest(FROM, message.toBytes());
    }

    private static List<Multiaddr> addresses(ProtoWriter message) throws IOException {
        return decode(message).sender().card().addresses();
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
        IntStream.range(0, count).forEach(i -> message.message(8, about(i)));
        return message;
    }

    private static ProtoWriter withAddresses(int count) {
        ProtoWriter message = ping();
        IntStream.range(0, count).forEach(i -> message.bytes(3, Peers.address(i).toBytes()));
        return message;
    }

    static Rumour rumour(int peer, long incarnation, MemberState state) {
        return new Rumour(new Card(Peers.id(peer), incarnation, List.of(Peers.address(peer)), peer * 1000L), state);
    }
}
