// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import org.junit.jupiter.api.Test;

class IdentifyMessageTest {

    private static final Multiaddr HERE = Multiaddr.of("/ip4/127.0.0.1/tcp/4001");

    @Test
    void aMessageIsReadTheSameAsItWasWritten() throws FormatException {
        PublicKey key = Identity.generate(new SecureRandom()).publicKey();
        var message = new IdentifyMessage(key, List.of(HERE), List.of("/a/1", "/b/1"), HERE, "family/1", "agent/1", null);
        assertEquals(message, IdentifyMessage.parse(message.toBytes()));
        var signed = new IdentifyMessage(key, List.of(), List.of(), null, null, null, ByteBuffer.wrap(new byte[] {7}));
        assertEquals(signed, IdentifyMessage.parse(signed.toBytes()));
        assertArrayEquals(new byte[] {7}, signed.envelope().orElseThrow());
        assertEquals(IdentifyMessage.empty(), IdentifyMessage.parse(new byte[0]));
    }

    @Test
    void laterMessagesAddToEarlierOnes() throws FormatException {
        var first = new IdentifyMessage(null, List.of(HERE), List.of("/a/1"), null, "family/1", "agent/1", null);
        var second = new IdentifyMessage(null, List.of(HERE), List.of("/b/1"), HERE, null, "agent/2", null);
        assertEquals(new IdentifyMessage(null, List.of(HERE), List.of("/a/1", "/b/1"), HERE, "family/1", "agent/2", null),
                first.with(second));
    }

    @Test
    void anAddressOfAnUnknownKindIsLeftOutAndAPeerAtTheEndToo() throws FormatException {
        byte[] unknown = {(byte) 0xff, (byte) 0xff, 0x7f, 1};
        Multiaddr named = HERE.withPeer(Identity.generate(new SecureRandom()).id());
        byte[] bytes = new ProtoWriter().bytes(2, unknown).bytes(2, named.toBytes()).toBytes();
        assertEquals(List.of(HERE), IdentifyMessage.parse(bytes).listenAddresses());
    }

    @Test
    void anAddressThatIsOnlyAPeerIsLeftOut() throws FormatException {
        byte[] peer = Multiaddr.of("/p2p/" + Identity.generate(new SecureRandom()).id()).toBytes();
        IdentifyMessage message = IdentifyMessage.parse(new ProtoWriter().bytes(2, peer).bytes(4, peer).toBytes());
        assertEquals(IdentifyMessage.empty(), message);
    }

    @Test
    void aLongMessageIsSplitIntoPartsThatAddUpToIt() throws FormatException {
        PublicKey key = Identity.generate(new SecureRandom()).publicKey();
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "/a/rather/long/name/of/a/protocol/" + i + "/1.0.0")
                .toList();
        var message = new IdentifyMessage(key, List.of(HERE), names, HERE, "family/1", "agent/1",
                ByteBuffer.wrap(new byte[3000]));
        List<IdentifyMessage> parts = message.split();
        assertTrue(parts.size() > 1 && parts.size() <= IdentifyMessage.MAX_MESSAGES, () -> parts.size() + " parts");
        IdentifyMessage sum = IdentifyMessage.empty();
        for (IdentifyMessage part : parts) {
            assertTrue(part.toBytes().length <= IdentifyMessage.MAX_SENT);
            sum = sum.with(IdentifyMessage.parse(part.toBytes()));
        }
        assertEquals(message, sum);
        assertEquals(List.of(HERE), parts.getFirst().listenAddresses());
        assertEquals(key, parts.getFirst().key());
    }

    @Test
    void aShortMessageIsNotSplit() {
        var message = new IdentifyMessage(null, List.of(HERE), List.of("/a/1"), null, null, "agent/1", null);
        assertEquals(List.of(message), message.split());
    }

    @Test
    void unknownFieldsArePassedOver() throws FormatException {
        byte[] bytes = new ProtoWriter().bytes(7, new byte[500]).uint(99, 7).string(6, "agent").toBytes();
        assertEquals("agent", IdentifyMessage.parse(bytes).agent());
    }

    @Test
    void noMoreThanTheLimitsIsKept() throws FormatException {
        var out = new ProtoWriter();
        for (int i = 0; i < 1000; i++) {
            out.bytes(2, Multiaddr.of("/ip4/10.0.0.1/tcp/" + (i + 1)).toBytes()).string(3, "/p/" + i);
        }
        IdentifyMessage message = IdentifyMessage.parse(out.toBytes());
        assertEquals(IdentifyMessage.MAX_ADDRESSES, message.listenAddresses().size());
        assertEquals(IdentifyMessage.MAX_PROTOCOLS, message.protocols().size());
    }

    @Test
    void namesHaveALongestLength() throws FormatException {
        assertEquals(256, IdentifyMessage.parse(new ProtoWriter().string(6, "x".repeat(256)).toBytes()).agent()
                .length());
        assertThrows(FormatException.class, () ->
                IdentifyMessage.parse(new ProtoWriter().string(6, "x".repeat(257)).toBytes()));
    }

    @Test
    void aKeyThatIsHugeIsRefused() {
        byte[] huge = new ProtoWriter().bytes(1, new byte[100_000]).toBytes();
        assertThrows(FormatException.class, () -> IdentifyMessage.parse(huge));
    }
}
