// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import io.peerwerk.core.wire.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CodecsTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void natPmpQuestionsAreThoseOfTheSpecification() {
        assertEquals("0000", HexFormat.of().formatHex(NatPmp.askAddress()));
        assertEquals("0002" + "0000" + "0fa1" + "2710" + "00000e10",
                HexFormat.of().formatHex(NatPmp.ask(new Port(Port.Transport.TCP, 4001), 10000, 3600)));
    }

    @Test
    void aPcpQuestionIsThatOfTheSpecification() throws Exception {
        byte[] nonce = HexFormat.of().parseHex("000102030405060708090a0b");
        assertEquals("0201" + "0000" + "00000e10" + "00000000000000000000ffffc0a80105" + "000102030405060708090a0b"
                + "11" + "000000" + "0fa1" + "0fa2" + "00000000000000000000ffff00000000",
                HexFormat.of().formatHex(Pcp.ask(nonce, InetAddress.getByName("192.168.1.5"),
                        new Port(Port.Transport.UDP, 4001), 4002, 3600)));
    }

    @Property
    void natPmpAnswersAreReadAsTheyWereMeant(@ForAll @IntRange(max = 65535) int internal,
            @ForAll @IntRange(max = 65535) int external, @ForAll @LongRange(max = 0xffffffffL) long lifetime)
            throws FormatException {
        ByteBuffer answer = ByteBuffer.allocate(16).put((byte) 0).put((byte) 129).putShort((short) 0).putInt(7)
                .putShort((short) internal).putShort((short) external).putInt((int) lifetime).flip();
        assertEquals(new NatPmp.Answer.Mapped(new Port(Port.Transport.UDP, internal), 7, external, lifetime),
                NatPmp.parse(answer));
    }

    @Property
    void aPcpQuestionReadAsAnAnswerKeepsItsFields(@ForAll @Size(12) byte[] nonce,
            @ForAll @IntRange(max = 65535) int port, @ForAll @IntRange(max = 65535) int external) throws Exception {
        byte[] bytes = Pcp.ask(nonce, InetAddress.getByName("10.0.0.1"), new Port(Port.Transport.TCP, port), external,
                7200);
        assertThrows(FormatException.class, () -> Pcp.parse(ByteBuffer.wrap(bytes)), "a question is no answer");
        bytes[1] |= (byte) 0x80;
        bytes[3] = 0;
        Pcp.Answer answer = Pcp.parse(ByteBuffer.wrap(bytes));
        assertEquals(HexFormat.of().formatHex(nonce), HexFormat.of().formatHex(answer.nonce()));
        assertEquals(new Port(Port.Transport.TCP, port), answer.port());
        assertEquals(external, answer.external());
        assertEquals(7200, answer.lifetime());
    }

    @Test
    void answersOfTheWrongLengthAreRefused() throws Exception {
        byte[] right = new byte[60];
        right[0] = 2;
        right[1] = (byte) 129;
        right[36] = 6;
        Pcp.parse(ByteBuffer.wrap(right));
        assertThrows(FormatException.class, () -> Pcp.parse(ByteBuffer.wrap(right, 0, 59)));
        byte[] longest = Arrays.copyOf(right, Pcp.MAX_LENGTH);
        Pcp.parse(ByteBuffer.wrap(longest));
        assertThrows(FormatException.class,
                () -> Pcp.parse(ByteBuffer.wrap(Arrays.copyOf(right, Pcp.MAX_LENGTH + 1))));
        assertThrows(FormatException.class, () -> NatPmp.parse(ByteBuffer.wrap(new byte[] {0, (byte) 128, 0})));
        assertThrows(FormatException.class, () -> NatPmp.parse(ByteBuffer.wrap(new byte[] {0, (byte) 128, 0, 0, 1})));
    }

    @Test
    void aClockThatGoesOnIsNoRestart() {
        var epoch = new Epoch();
        assertFalse(epoch.restarted(500, START));
        assertFalse(epoch.restarted(1500, START.plusSeconds(1000)));
        assertFalse(epoch.restarted(2480, START.plusSeconds(2000)));
        assertTrue(epoch.restarted(2500, START.plusSeconds(3000)), "it has stood still");
        assertTrue(epoch.restarted(0, START.plusSeconds(3001)));
        assertFalse(epoch.restarted(1, START.plusSeconds(3002)));
        assertTrue(epoch.restarted(4000, START.plusSeconds(3003)), "it has leapt");
    }

    @Test
    void theRouterIsReadFromLinuxRoutingTable() throws Exception {
        String table = """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
                eth0\t00000000\tFE00000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
                tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0
                eth0\t0000000A\t00000000\t0001\t0\t0\t100\t000000FF\t0\t0\t0
                """;
        assertEquals(Optional.of(InetAddress.getByName("10.0.0.254")), DefaultRoute.fromTable(table));
        assertEquals(Optional.empty(), DefaultRoute.fromTable("Iface\nnonsense\na b c d e f g h\n"));
        assertEquals(InetAddress.getByName("192.168.7.1"),
                DefaultRoute.firstOf(InetAddress.getByName("192.168.7.33"), 24));
        assertEquals(InetAddress.getByName("172.16.0.1"),
                DefaultRoute.firstOf(InetAddress.getByName("172.19.3.3"), 12));
    }

    @Test
    void anSsdpAnswerNamesItsLocation() throws FormatException {
        assertEquals(URI.create("http://192.168.1.1:5000/rootDesc.xml"), Ssdp.location(
                "HTTP/1.1 200 OK\r\nlocation:http://192.168.1.1:5000/rootDesc.xml\r\n\r\n".getBytes()));
        assertThrows(FormatException.class, () -> Ssdp.location("NOTIFY * HTTP/1.1\r\n\r\n".getBytes()));
        assertThrows(FormatException.class, () -> Ssdp.location("HTTP/1.1 200 OK\r\nST: x\r\n\r\n".getBytes()));
        assertThrows(FormatException.class, () -> Ssdp.location(new byte[Ssdp.MAX_LENGTH + 1]));
    }

    @Test
    void argumentsCannotBreakOutOfARequest() throws FormatException {
        byte[] request = Soap.request("urn:x", "Do", Map.of("A", "<b>&</b>"));
        assertEquals("<b>&</b>", Soap.answer(request).get("A"));
    }

    @Test
    void xmlIsBoundedInDepthElementsAndText() {
        refused("<a>".repeat(33) + "</a>".repeat(33));
        refused("<r>" + "<a/>".repeat(4096) + "</r>");
        refused("<r>" + "x".repeat(1025) + "</r>");
        refused("<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/evil.dtd\"><r/>");
        refused("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><r>&x;</r>");
        refused("<r>&nbsp;</r>");
        refused("<r>");
    }

    private static void refused(String xml) {
        assertThrows(FormatException.class,
                () -> HostileXml.read(xml.getBytes(StandardCharsets.UTF_8), (name, text) -> { }));
    }
}
