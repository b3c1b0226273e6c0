// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PunchMessageTest {

    @Property
    void aMessageIsTheSameReadAgain(@ForAll("addresses") List<Multiaddr> addresses) throws FormatException {
        PunchMessage message = PunchMessage.connect(addresses);
        assertTrue(message.toBytes().length <= PunchMessage.MAX_LENGTH);
        assertEquals(message, PunchMessage.parse(message.toBytes()));
    }

    @Provide
    Arbitrary<List<Multiaddr>> addresses() {
        return Arbitraries.integers().between(0, 65535)
                .map(port -> Multiaddr.of(port % 2 == 0 ? "/ip4/192.0.2.1/tcp/" + port
                        : "/ip6/2001:db8::1/udp/" + port + "/quic-v1" + "/tls".repeat(port % 200))).list().ofMaxSize(40);
    }

    @Test
    void theNumbersAreThoseOfTheSpecification() {
        assertEquals("08ac02", HexFormat.of().formatHex(PunchMessage.sync().toBytes()));
        assertEquals("0864", HexFormat.of().formatHex(PunchMessage.connect(List.of()).toBytes()));
    }

    @Test
    void aMessageWithoutATypeOrOfAnotherIsRefused() {
        assertThrows(FormatException.class, () -> PunchMessage.parse(new byte[0]));
        assertThrows(FormatException.class, () -> PunchMessage.parse(new ProtoWriter().uint(1, 200).toBytes()));
    }

    @Test
    void addressesBeyondTheLimitAndOfUnknownKindsAreLeftOut() throws FormatException {
        var out = new ProtoWriter().uint(1, 100).bytes(2, new byte[] {(byte) 0xff, 0x7f, 1}).bytes(2, new byte[0]);
        for (int i = 0; i < 100; i++) {
            out.bytes(2, Multiaddr.of("/ip4/192.0.2.1/tcp/" + i).toBytes());
        }
        assertEquals(PunchMessage.MAX_ADDRESSES, PunchMessage.parse(out.toBytes()).addresses().size());
    }

    @Test
    void aPeerCannotMakeUsKnockAtOurOwnDoorsOrAtEverybodys() {
        var cautious = new Candidates(false);
        for (String never : List.of("/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip4/0.0.0.0/tcp/1",
                "/ip4/192.168.1.1/udp/1/quic-v1", "/ip4/169.254.169.254/tcp/80", "/ip4/100.64.0.1/tcp/1",
                "/ip4/224.0.0.1/udp/1", "/ip4/255.255.255.255/udp/1", "/ip6/fd00::1/tcp/1", "/ip6/fe80::1/tcp/1",
                "/dns4/localhost/tcp/1", "/ip4/8.8.8.8/tcp/0", "/p2p-circuit",
                "/ip4/8.8.8.8/tcp/1/p2p/12D3KooWCvd7Mei97TphF2KmXaNfeRmqYQi4abZxthe8dAiZUuk5/p2p-circuit")) {
            assertEquals(List.of(), cautious.usable(List.of(Multiaddr.of(never)), true), never);
        }
        Multiaddr open = Multiaddr.of("/ip4/8.8.8.8/udp/1/quic-v1");
        assertEquals(List.of(open), cautious.usable(Collections.nCopies(9, open), false));
        Multiaddr home = Multiaddr.of("/ip4/10.0.0.1/tcp/1");
        assertEquals(List.of(home), new Candidates(true).usable(List.of(home), false));
        Multiaddr self = Multiaddr.of("/ip4/127.0.0.1/tcp/1");
        assertEquals(List.of(), new Candidates(true).usable(List.of(self), false));
        assertEquals(List.of(self), new Candidates(true).usable(List.of(self), true));
    }
}
