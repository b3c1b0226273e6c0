// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

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
        var message = new IdentifyMessage(key, List.of(HERE), List.of("/a/1", "/b/1"), HERE, "family/1", "agent/1");
        assertEquals(message, IdentifyMessage.parse(message.toBytes()));
        assertEquals(IdentifyMessage.empty(), IdentifyMessage.parse(new byte[0]));
    }

    @Test
    void laterMessagesAddToEarlierOnes() throws FormatException {
        var first = new IdentifyMessage(null, List.of(HERE), List.of("/a/1"), null, "family/1", "agent/1");
        var second = new IdentifyMessage(null, List.of(HERE), List.of("/b/1"), HERE, null, "agent/2");
        assertEquals(new IdentifyMessage(null, List.of(HERE), List.of("/a/1", "/b/1"), HERE, "family/1", "agent/2"),
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
    void unknownFieldsArePassedOver() throws FormatException {
        byte[] bytes = new ProtoWriter().bytes(8, new byte[500]).uint(99, 7).string(6, "agent").toBytes();
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

    @Test
    void anAddressBookIsBoundedAndKeepsWhatWorked() {
        var book = new AddressBook();
        var random = new SecureRandom();
        var peer = Identity.generate(random).id();
        Multiaddr good = Multiaddr.of("/ip4/192.0.2.1/tcp/1");
        book.worked(peer, good);
        List<Multiaddr> claims = new ArrayList<>();
        for (int port = 1; port < 100; port++) {
            claims.add(Multiaddr.of("/ip4/192.0.2.2/tcp/" + port));
        }
        book.remember(peer, claims);
        assertEquals(AddressBook.MAX_ADDRESSES, book.known(peer).size());
        assertEquals(good, book.known(peer).getFirst());
        assertTrue(book.known(peer).contains(claims.getLast()));
        for (int i = 0; i < AddressBook.MAX_PEERS; i++) {
            byte[] multihash = new byte[34];
            multihash[0] = 0x12;
            multihash[1] = 32;
            multihash[2] = (byte) i;
            multihash[3] = (byte) (i >> 8);
            try {
                book.remember(io.peerwerk.core.identity.PeerId.read(multihash), List.of(good));
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }
        assertEquals(List.of(), book.known(peer));
    }
}
