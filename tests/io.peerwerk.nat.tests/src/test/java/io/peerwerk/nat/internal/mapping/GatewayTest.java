// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the three protocols with a router on loopback that speaks it, and with routers that do not mean well. */
class GatewayTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Port TCP = new Port(Port.Transport.TCP, 4001);
    private static final Port UDP = new Port(Port.Transport.UDP, 4001);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.addFirst(one);
        return one;
    }

    private FakeGateway gateway(boolean pcp) throws IOException {
        return closing(new FakeGateway(pcp, "11.1.1.1"));
    }

    private PortMapper natPmp(FakeGateway gateway, int tries) throws IOException {
        return closing(new NatPmpMapper(gateway.address(), tries, CLOCK));
    }

    private PortMapper pcp(FakeGateway gateway, int tries) throws IOException {
        return closing(new PcpMapper(gateway.address(), tries, CLOCK, new SecureRandom()));
    }

    private FakeIgd igd() throws IOException {
        return closing(new FakeIgd("11.1.1.1"));
    }

    private UpnpMapper upnp(FakeIgd igd) throws IOException {
        return closing(UpnpMapper.find(new UpnpSearch(igd.address(), Duration.ofMillis(300), Duration.ofSeconds(3), true), new Random(1)));
    }

    // ---- NAT-PMP and PCP

    @Test
    void natPmpMapsAndGivesBack() throws IOException {
        FakeGateway gateway = gateway(false);
        gateway.shift = 10;
        PortMapper mapper = natPmp(gateway, 4);
        assertEquals(new Grant(new InetSocketAddress("11.1.1.1", 4011), HOUR, false), mapper.map(TCP, 4001, HOUR));
        mapper.map(UDP, 4001, HOUR);
        assertEquals(Map.of("TCP 4001", 4011, "UDP 4001", 4011), gateway.mapped);
        mapper.unmap(TCP, 4011);
        assertEquals(Map.of("UDP 4001", 4011), gateway.mapped);
    }

    @Test
    void pcpMapsAndGivesBackWithTheSameNonce() throws IOException {
        FakeGateway gateway = gateway(true);
        PortMapper mapper = pcp(gateway, 4);
        assertEquals(new Grant(new InetSocketAddress("11.1.1.1", 4001), HOUR, false), mapper.map(UDP, 4001, HOUR));
        mapper.unmap(UDP, 4001);
        assertTrue(gateway.mapped.isEmpty());
        assertEquals(nonce(gateway, 0), nonce(gateway, 1));
        mapper.map(TCP, 4001, HOUR);
        assertFalse(nonce(gateway, 0).equals(nonce(gateway, 2)), "another port has another nonce");
    }

    private static String nonce(FakeGateway gateway, int question) {
        return HexFormat.of().formatHex(gateway.questions.get(question), 24, 36);
    }

    @Test
    void aLostDatagramIsSentAgain() throws IOException {
        FakeGateway gateway = gateway(true);
        gateway.script = question -> gateway.questions.size() == 1 ? List.of() : gateway.pcp(question);
        assertEquals(4001, pcp(gateway, 4).map(TCP, 4001, HOUR).external().getPort());
        assertEquals(2, gateway.questions.size());
    }

    @Test
    void aRouterThatOnlyKnowsNatPmpSaysSoToPcp() throws IOException {
        IOException refused = assertThrows(IOException.class, () -> pcp(gateway(false), 4).map(TCP, 4001, HOUR));
        assertTrue(refused.getMessage().contains("NAT-PMP only"), refused.getMessage());
    }

    @Test
    void aRestartOfTheRouterIsNoticed() throws IOException {
        for (boolean pcp : new boolean[] {true, false}) {
            FakeGateway gateway = gateway(pcp);
            PortMapper mapper = pcp ? pcp(gateway, 4) : natPmp(gateway, 4);
            assertFalse(mapper.map(TCP, 4001, HOUR).restarted());
            gateway.epoch = 3;
            assertTrue(mapper.map(TCP, 4001, HOUR).restarted());
        }
    }

    @Test
    void whatIsNotTheAnswerIsPassedOver() throws IOException {
        FakeGateway gateway = gateway(true);
        gateway.script = question -> {
            byte[] other = gateway.pcp(question).getFirst();
            other[24] ^= 1;
            byte[] otherPort = gateway.pcp(question).getFirst();
            otherPort[41] ^= 1;
            return List.of(new byte[] {2}, Arrays.copyOf(other, 1100), other, otherPort, gateway.pcp(question).getFirst());
        };
        assertEquals(4001, pcp(gateway, 1).map(TCP, 4001, HOUR).external().getPort());
    }

    @Test
    void aFloodOfForgedAnswersEndsWithTheWait() throws IOException {
        FakeGateway gateway = gateway(false);
        gateway.script = question -> Collections.nCopies(500, new byte[] {0, (byte) 130, 0, 0, 1, 2});
        assertThrows(IOException.class, () -> natPmp(gateway, 1).map(TCP, 4001, HOUR));
    }

    @Test
    void aRefusalSaysWhy() throws IOException {
        FakeGateway gateway = gateway(false);
        gateway.script = question -> List.of(new byte[] {0, (byte) (128 + question[1]), 0, 2, 0, 0, 0, 1});
        IOException refused = assertThrows(IOException.class, () -> natPmp(gateway, 1).map(TCP, 4001, HOUR));
        assertTrue(refused.getMessage().contains("switched off"), refused.getMessage());
    }

    // ---- UPnP

    @Test
    void upnpMapsAndGivesBack() throws IOException {
        FakeIgd igd = igd();
        UpnpMapper mapper = upnp(igd);
        assertEquals(new Grant(new InetSocketAddress("11.1.1.1", 4001), HOUR, false), mapper.map(TCP, 4001, HOUR));
        assertEquals(Map.of("TCP 4001", "127.0.0.1:4001 3600"), igd.mapped);
        mapper.unmap(TCP, 4001);
        assertTrue(igd.mapped.isEmpty());
    }

    @Test
    void aRouterThatMapsForEverOnlyIsAskedForThat() throws IOException {
        FakeIgd igd = igd();
        igd.refusal = asked -> asked.startsWith("AddPortMapping") && !asked.endsWith(" 0") ? FakeIgd.fault(725) : null;
        assertEquals(HOUR, upnp(igd).map(TCP, 4001, Duration.ofHours(2)).lifetime());
        assertEquals(Map.of("TCP 4001", "127.0.0.1:4001 0"), igd.mapped);
    }

    @Test
    void aPortThatAnotherHasIsReplacedByOneThatIsFree() throws IOException {
        FakeIgd igd = igd();
        igd.refusal = asked -> asked.startsWith("AddPortMapping 4001") ? FakeIgd.fault(718) : null;
        int external = upnp(igd).map(TCP, 4001, HOUR).external().getPort();
        assertTrue(external != 4001 && igd.mapped.containsKey("TCP " + external));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://127.0.0.2:80/root.xml",
        "http://localhost/root.xml", "https://127.0.0.1/root.xml", "file:///etc/passwd", "http://user@127.0.0.1/",
        "http://2130706433/", "http://127.1/", "http://[::1]/", "nonsense"})
    void aRouterThatSendsUsElsewhereIsPassedOver(String location) throws IOException {
        FakeIgd igd = igd();
        igd.location = location;
        assertThrows(IOException.class, () -> upnp(igd));
        assertTrue(igd.fetched.isEmpty());
    }

    @Test
    void aLoopbackDeviceIsNoRouterOutsideOfTests() throws IOException {
        FakeIgd igd = igd();
        assertThrows(IOException.class,
                () -> UpnpMapper.find(new UpnpSearch(igd.address(), Duration.ofMillis(300), Duration.ofSeconds(3), false), new Random(1)));
        assertTrue(igd.fetched.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2/control", "http://169.254.169.254/control", "//example.org/control"})
    void aControlUrlElsewhereIsRefused(String control) throws IOException {
        FakeIgd igd = igd();
        igd.description = new FakeIgd.Answer(200, FakeIgd.described(control));
        assertThrows(IOException.class, () -> upnp(igd));
        assertTrue(igd.actions.isEmpty());
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        FakeIgd igd = igd();
        igd.description = new FakeIgd.Answer(302, igd.base() + "/control");
        assertThrows(IOException.class, () -> upnp(igd));
        assertEquals(List.of("/root.xml"), igd.fetched);
    }

    @Test
    void aDescriptionWithoutEndIsCutOff() throws IOException {
        FakeIgd igd = igd();
        igd.description = new FakeIgd.Answer(200, " ".repeat(HostileXml.MAX_LENGTH) + FakeIgd.described("/control"));
        assertThrows(IOException.class, () -> upnp(igd));
    }

    @Test
    void anXmlBombIsRefused() throws IOException {
        FakeIgd igd = igd();
        igd.description = new FakeIgd.Answer(200, "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">"
                + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                + FakeIgd.described("&c;").replaceFirst("<\\?xml[^>]*>", ""));
        assertThrows(IOException.class, () -> upnp(igd));
        assertTrue(igd.actions.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "fade", "1234567", "", "11.1.1.256", "::1"})
    void anOuterAddressThatIsNoneIsNotLookedUp(String outer) throws IOException {
        FakeIgd igd = igd();
        igd.outer = outer;
        assertThrows(IOException.class, () -> upnp(igd).map(TCP, 4001, HOUR));
        assertTrue(igd.mapped.isEmpty());
    }
}
