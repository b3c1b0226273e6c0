// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final PeerId PEER = Identity.generate(new SecureRandom()).id();
    private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/11.1.1.1/tcp/4001");

    @Provide
    static Arbitrary<Multiaddr> addresses() {
        return Combinators.combine(Arbitraries.integers().between(0, 255), Arbitraries.integers().between(0, 65535))
                .as((ip, port) -> Multiaddr.of("/ip4/11.1.1." + ip + "/tcp/" + port));
    }

    @Property(tries = 200)
    void versionOneMessagesAreTheSameWhenReadAgain(@ForAll("addresses") Multiaddr address,
            @ForAll @Size(max = V1Message.MAX_ADDRESSES) List<@net.jqwik.api.From("addresses") Multiaddr> addresses,
            @ForAll V1Message.Status status) throws FormatException {
        same(new V1Message.Dial(PEER, addresses));
        same(new V1Message.DialResponse(status, "wörds", address));
        same(new V1Message.DialResponse(status, "", null));
    }

    private static void same(V1Message message) throws FormatException {
        assertEquals(message, V1Message.parse(message.toBytes()));
    }

    @Property(tries = 200)
    void versionTwoMessagesAreTheSameWhenReadAgain(
            @ForAll @Size(max = V2Message.MAX_ADDRESSES) List<@net.jqwik.api.From("addresses") Multiaddr> addresses,
            @ForAll long nonce, @ForAll V2Message.Status status, @ForAll V2Message.DialStatus dial,
            @ForAll @IntRange(min = 0) int index, @ForAll @LongRange(min = 0) long bytes) throws FormatException {
        same(V2Message.DialRequest.of(addresses, nonce));
        same(new V2Message.DialResponse(status, index, dial));
        same(new V2Message.DialDataRequest(index, bytes));
        assertEquals(nonce, DialBack.parse(new DialBack(nonce).toBytes()).nonce());
    }

    private static void same(V2Message message) throws FormatException {
        assertEquals(message, V2Message.parse(message.toBytes()));
    }

    @Test
    void theBytesAreThoseOfTheSpecification() {
        assertEquals("0801" + "1a10" + "0800" + "12026f6b" + "1a08040b01010106" + "0fa1", HexFormat.of().formatHex(
                new V1Message.DialResponse(V1Message.Status.OK, "ok", ADDRESS).toBytes()));
        assertEquals("0a13" + "0a08040b01010106" + "0fa1" + "11" + "0807060504030201",
                HexFormat.of().formatHex(V2Message.DialRequest.of(List.of(ADDRESS), 0x0102030405060708L).toBytes()));
        assertEquals("090100000000000000", HexFormat.of().formatHex(new DialBack(1).toBytes()));
        assertEquals("0800", HexFormat.of().formatHex(DialBack.ok()));
    }

    @Test
    void dialDataComesThroughWhatItIs() throws FormatException {
        byte[] data = new byte[V2Message.MAX_DATA];
        var back = assertInstanceOf(V2Message.DialDataResponse.class,
                V2Message.parse(new V2Message.DialDataResponse(data).toBytes()));
        assertArrayEquals(data, back.data());
    }

    @Test
    void addressesBeyondTheLimitAreNotKept() throws FormatException {
        var one = new V1Message.Dial(PEER, Collections.nCopies(V1Message.MAX_ADDRESSES + 1, ADDRESS));
        assertEquals(V1Message.MAX_ADDRESSES, ((V1Message.Dial) V1Message.parse(one.toBytes())).addresses().size());
        var two = V2Message.DialRequest.of(Collections.nCopies(V2Message.MAX_ADDRESSES + 1, ADDRESS), 1);
        assertEquals(V2Message.MAX_ADDRESSES, ((V2Message.DialRequest) V2Message.parse(two.toBytes())).addresses()
                .size());
    }

    @Test
    void anAddressOfAnUnknownKindKeepsItsPlaceInVersionTwo() throws FormatException {
        byte[] request = new ProtoWriter().message(1, new ProtoWriter().bytes(1, new byte[] {(byte) 0xff, 1, 2})
                .bytes(1, ADDRESS.withPeer(PEER).toBytes()).fixed64(2, 9)).toBytes();
        var read = (V2Message.DialRequest) V2Message.parse(request);
        assertEquals(List.of(Optional.empty(), Optional.of(ADDRESS)), read.addresses());
    }

    @Test
    void messagesWithoutContentOrWithUnknownCodesAreRefused() {
        assertThrows(FormatException.class, () -> V1Message.parse(new byte[0]));
        assertThrows(FormatException.class, () -> V1Message.parse(new ProtoWriter().uint(1, 1).toBytes()));
        assertThrows(FormatException.class, () -> V1Message.parse(
                new ProtoWriter().uint(1, 1).message(3, new ProtoWriter().uint(1, 7)).toBytes()));
        assertThrows(FormatException.class, () -> V2Message.parse(new byte[0]));
        assertThrows(FormatException.class,
                () -> V2Message.parse(new ProtoWriter().message(2, new ProtoWriter().uint(1, 7)).toBytes()));
        assertThrows(FormatException.class,
                () -> V2Message.parse(new ProtoWriter().message(2, new ProtoWriter().uint(2, 1L << 31)).toBytes()));
        assertThrows(FormatException.class,
                () -> V2Message.parse(new ProtoWriter().message(3, new ProtoWriter().uint(2, -1)).toBytes()));
    }
}
