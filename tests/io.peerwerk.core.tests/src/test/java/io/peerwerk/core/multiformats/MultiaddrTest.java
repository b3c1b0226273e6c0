// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.core.multiformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {

    private static final String PEER = "12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV";
    private static final String RELAY = "QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC";

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/udp/1234, 047f000001910204d2",
        "/ip4/127.0.0.1/tcp/4321, 047f0000010610e1",
        "/ip4/127.0.0.1/udp/1234/ip4/127.0.0.1/tcp/4321, 047f000001910204d2047f0000010610e1",
        "/ip4/192.0.2.42/tcp/443, 04c000022a0601bb",
        "/ip6/::1/tcp/80, 2900000000000000000000000000000001060050",
        "/ip4/127.0.0.1/udp/4001/quic-v1, 047f00000191020fa1cd03",
        "/dns4/peerwerk.example/tcp/443/wss, 3610706565727765726b2e6578616d706c650601bbde03",
        "/unix/a/b, 9003042f612f62"})
    void anAddressIsTheSameAsTextAndInBytes(String text, String hex) throws FormatException {
        Multiaddr address = Multiaddr.parse(text);
        assertEquals(hex, HexFormat.of().formatHex(address.toBytes()));
        assertEquals(text, address.toString());
        assertEquals(address, Multiaddr.read(HexFormat.of().parseHex(hex)));
        assertEquals(text, Multiaddr.read(HexFormat.of().parseHex(hex)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/1.2.3.4", "/ip4/0.0.0.0", "/ip6/::1", "/ip6/2601:9:4f81:9700:803e:ca65:66e8:c21",
        "/ip6/2601:9:4f81:9700:803e:ca65:66e8:c21/udp/1234/quic-v1", "/ip6zone/x/ip6/fe80::1", "/ip6zone/x%y/ip6/::",
        "/udp/0", "/tcp/0", "/udp/65535", "/tcp/65535", "/p2p/" + RELAY, "/p2p/" + PEER, "/tcp/1234/tls/http",
        "/tcp/1234/https", "/p2p/" + RELAY + "/tcp/1234", "/ip4/127.0.0.1/udp/1234/quic",
        "/ip4/127.0.0.1/udp/1234/quic-v1/webtransport", "/ip4/127.0.0.1/p2p/" + RELAY + "/tcp/1234/unix/stdio",
        "/unix/a/b/c/d/e", "/unix/stdio", "/unix/tmp/\u00e4", "/ip4/127.0.0.1/tcp/127/ws",
        "/ip4/127.0.0.1/tcp/127/noise", "/ip4/127.0.0.1/tcp/127/tls/ws", "/ip4/127.0.0.1/udp/1/webrtc",
        "/ip4/127.0.0.1/tcp/443/tls/sni/example.com/http", "/dnsaddr/bootstrap.libp2p.io/p2p/" + RELAY,
        "/ip4/1.2.3.4/tcp/4001/p2p/" + RELAY + "/p2p-circuit/p2p/" + PEER, "/ip4/1.2.3.4/udp/9/webrtc-direct"})
    void addressesOfOtherImplementationsAreReadAndWrittenUnchanged(String text) throws FormatException {
        Multiaddr address = Multiaddr.parse(text);
        assertEquals(text, address.toString());
        assertEquals(address, Multiaddr.read(address.toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "ip4/1.2.3.4", "/ip4", "/ip4/", "/ip4/::1", "/ip4/fdpsofodsajfdoisa",
        "/ip4/1.2.3", "/ip4/1.2.3.4.5", "/ip4/01.2.3.4", "/ip4/256.0.0.1", "/ip4/1.2.3.-4", "/ip4/1..3.4", "/ip6",
        "/ip6/1.2.3.4", "/ip6/:::", "/ip6/::1::", "/ip6/1:2:3:4:5:6:7", "/ip6/1:2:3:4:5:6:7:8:9",
        "/ip6/1:2:3:4::5:6:7:8", "/ip6/12345::", "/ip6/g::", "/ip6/:1", "/ip6/fe80::1%eth0", "/ip6/[::1]",
        "/ip6/::1.2.3", "/ip6/1.2.3.4::", "/ip6zone", "/ip6zone/", "/ip6zone//ip6/fe80::1", "/udp", "/tcp",
        "/udp/65536", "/tcp/65536", "/tcp/-1", "/tcp/+1", "/tcp/01", "/tcp/ 1", "/tcp/99999999999", "/tcp/\uff11",
        "/quic/65536", "/quic-v1/65536", "/ip4/127.0.0.1/udp/jfodsajfidosajfoidsa", "/ip4/127.0.0.1/udp",
        "/ip4/127.0.0.1/tcp", "/ip4/127.0.0.1/quic/1234", "/ip4/127.0.0.1/udp/1234/quic-v1/webtransport/certhash",
        "/ip4/127.0.0.1/udp/1234/quic-v1/webtransport/certhash/b2uaraocy6yrdblb4sfptaddgimjmmp", "/ip4/127.0.0.1/ipfs",
        "/ip4/127.0.0.1/ipfs/tcp", "/ip4/127.0.0.1/p2p", "/ip4/127.0.0.1/p2p/tcp", "/unix", "/unix/",
        "/ip4/1.2.3.4/tcp/80/unix", "/ip4/127.0.0.1/tcp/9090/http/p2p-webcrt-direct",
        "/p2p/QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY", "/ip4/127.0.0.1/tcp/1234/", "/ip4/127.0.0.1//tcp/1",
        "/IP4/127.0.0.1", "/dns/a b", "/dns/a\u0000", "/dns/\u0430pple.com", "/unix/a\nb", "/unix/\ud800",
        "/p2p-circuit/x"})
    void aTextThatIsNoAddressIsRefused(String text) {
        assertThrows(FormatException.class, () -> Multiaddr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "04", "047f0000", "06", "0610", "00", "ffff03", "8400", "2900", "35", "3500", "3501",
        "350261", "35032f6161", "3502c328", "3503610a61", "9003026162", "9003012f", "9003032f610a", "a503", "a50300",
        "a503021220", "a5030401020304", "35ffffffffffffffff7f", "35ffffffff07", "35ffffffffffffffffff01"})
    void bytesThatAreNoAddressAreRefused(String hex) {
        assertThrows(FormatException.class, () -> Multiaddr.read(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({"::, ::", "0:0:0:0:0:0:0:1, ::1", "2001:DB8::0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0", "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8", "fe80::, fe80::",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4", "::FFFF:102:304, ::ffff:1.2.3.4", "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304", "0:0:1:0:0:0:0:0, 0:0:1::"})
    void anIpv6AddressIsWrittenAsRfc5952Recommends(String given, String written) {
        assertEquals("/ip6/" + written, Multiaddr.of("/ip6/" + given).toString());
    }

    @Test
    void oldAndOtherSpellingsOfAPeerAreReadAsTheSameAddress() {
        Multiaddr relay = Multiaddr.of("/p2p/" + RELAY);
        assertEquals(relay, Multiaddr.of("/ipfs/" + RELAY));
        assertEquals(relay, Multiaddr.of("/p2p/bafzbeigvf25ytwc3akrijfecaotc74udrhcxzh2cx3we5qqnw5vgrei4bm"));
        Multiaddr peer = Multiaddr.of("/p2p/" + PEER);
        assertEquals(peer, Multiaddr.of("/p2p/k51qzi5uqu5dhb6l8spkdx7yxafegfkee5by8h7lmjh2ehc2sgg34z7c15vzqs"));
        assertEquals(peer, Multiaddr.of("/p2p/bafzaajaiaejcalj543iwv2d7pkjt7ykvefrkfu7qjfi6sduakhso4lay6abn2d5u"));
    }

    @Test
    void aCertificateHashIsReadInAnyBaseAndWrittenInBase64() {
        for (String hash : new String[] {"b2uaraocy6yrdblb4sfptaddgimjmmpy",
            "zQmbWTwYGcmdyK9CYfNBcfs9nhZs17a6FQ4Y8oea278xx41"}) {
            Multiaddr address = Multiaddr.of("/certhash/" + hash);
            assertTrue(address.toString().startsWith("/certhash/u"));
            assertEquals(address, Multiaddr.of(address.toString()));
        }
    }

    @Test
    void anAddressOfTheGreatestLengthIsReadAndOneByteMoreIsRefused() throws FormatException {
        byte[] longest = unixAddress(Multiaddr.MAX_BYTES);
        assertArrayEquals(longest, Multiaddr.read(longest).toBytes());
        assertEquals(Multiaddr.read(longest), Multiaddr.parse(Multiaddr.read(longest).toString()));
        assertThrows(FormatException.class, () -> Multiaddr.read(unixAddress(Multiaddr.MAX_BYTES + 1)));
        assertThrows(FormatException.class, () -> Multiaddr.parse(Multiaddr.read(longest) + "a"));
        assertThrows(FormatException.class, () -> Multiaddr.parse("/unix/" + "a".repeat(10_000_000)));
    }

    @Test
    void aHostNameHasAtMost253Characters() {
        assertEquals(253, Multiaddr.of("/dns/" + "a".repeat(253)).value(Protocol.DNS).orElseThrow().length());
        assertThrows(IllegalArgumentException.class, () -> Multiaddr.of("/dns/" + "a".repeat(254)));
    }

    @Test
    void growingBeyondTheGreatestLengthIsRefused() {
        Multiaddr half = Multiaddr.of(("/dns/" + "a".repeat(250)).repeat(2));
        assertEquals(1012, half.encapsulate(half).toBytes().length);
        assertThrows(IllegalArgumentException.class, () -> half.encapsulate(half).encapsulate(half));
    }

    @Test
    void theLongestTextIsReadToo() throws FormatException {
        Multiaddr address = Multiaddr.of("/webrtc-direct".repeat(Multiaddr.MAX_BYTES / 2));
        assertEquals(Multiaddr.MAX_BYTES, address.toBytes().length);
        assertEquals(address, Multiaddr.read(address.toBytes()));
        assertThrows(FormatException.class, () -> Multiaddr.parse(address + "/ws"));
    }

    @Test
    void nothingComesAfterAPath() {
        byte[] bytes = HexFormat.of().parseHex("9003022f61" + "06" + "0050");
        assertThrows(FormatException.class, () -> Multiaddr.read(bytes));
        Multiaddr path = Multiaddr.of("/unix/a");
        assertThrows(IllegalArgumentException.class, () -> path.encapsulate(path));
    }

    @Test
    void componentsAndValuesAreFoundByProtocol() {
        Multiaddr address = Multiaddr.of("/ip4/1.2.3.4/tcp/80/ws/p2p/" + RELAY + "/p2p-circuit/p2p/" + PEER);
        assertEquals(List.of(Protocol.IP4, Protocol.TCP, Protocol.WS, Protocol.P2P, Protocol.P2P_CIRCUIT, Protocol.P2P),
                address.components().stream().map(Component::protocol).toList());
        assertEquals(Optional.of("80"), address.value(Protocol.TCP));
        assertEquals(Optional.of(RELAY), address.value(Protocol.P2P));
        assertEquals(Optional.of(""), address.value(Protocol.WS));
        assertEquals(Optional.empty(), address.value(Protocol.UDP));
        assertTrue(address.has(Protocol.P2P_CIRCUIT));
        assertFalse(address.has(Protocol.QUIC_V1));
    }

    @Test
    void thePeerIsTheOneAtTheEndNotARelayOnTheWay() throws FormatException {
        PeerId peer = PeerId.parse(PEER);
        Multiaddr relay = Multiaddr.of("/ip4/1.2.3.4/tcp/80/p2p/" + RELAY + "/p2p-circuit");
        assertEquals(Optional.empty(), relay.peer());
        assertSame(relay, relay.withoutPeer());
        Multiaddr target = relay.withPeer(peer);
        assertEquals(relay + "/p2p/" + PEER, target.toString());
        assertEquals(Optional.of(peer), target.peer());
        assertEquals(relay, target.withoutPeer());
    }

    @Test
    void aPeerReplacesTheOneThatIsThere() throws FormatException {
        Multiaddr address = Multiaddr.of("/ip4/1.2.3.4/tcp/80/p2p/" + RELAY);
        assertEquals("/ip4/1.2.3.4/tcp/80/p2p/" + PEER, address.withPeer(PeerId.parse(PEER)).toString());
        assertEquals(Multiaddr.of("/p2p/" + PEER), Multiaddr.of("/p2p/" + RELAY).withPeer(PeerId.parse(PEER)));
        assertThrows(IllegalArgumentException.class, () -> Multiaddr.of("/p2p/" + RELAY).withoutPeer());
    }

    @Test
    void aPathTakesAllTheRestAndHasNoRoomForAPeer() throws Exception {
        Multiaddr path = Multiaddr.of("/unix/run/peer.sock");
        assertEquals(path, path.withPeer(PeerId.parse(PEER)));
    }

    @Test
    void aComponentTakesOnlyTheOneSpellingOfItsValue() {
        assertEquals("/tcp/1", new Component(Protocol.TCP, "1").toString());
        assertThrows(IllegalArgumentException.class, () -> new Component(Protocol.TCP, "01"));
        assertThrows(IllegalArgumentException.class, () -> new Component(Protocol.WS, "1"));
        assertThrows(IllegalArgumentException.class, () -> new Component(Protocol.IP6, "0::1"));
        assertThrows(IllegalArgumentException.class, () -> new Component(Protocol.UNIX, "relative"));
    }

    @Test
    void anErrorDoesNotQuoteTheInputAtLength() {
        var refused = assertThrows(FormatException.class, () -> Multiaddr.parse("/" + "\u001b[31m".repeat(200)));
        assertTrue(refused.getMessage().length() < 200);
        assertFalse(refused.getMessage().contains("\u001b"));
    }

    private static byte[] unixAddress(int length) {
        byte[] path = ("/" + "a".repeat(length - 5)).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[length];
        int at = Varint.write(path.length, bytes, Varint.write(Protocol.UNIX.code(), bytes, 0));
        System.arraycopy(path, 0, bytes, at, path.length);
        return bytes;
    }
}
