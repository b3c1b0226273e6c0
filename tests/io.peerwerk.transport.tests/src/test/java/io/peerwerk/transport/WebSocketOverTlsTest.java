// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.websocket.internal.WebSocketTransport;

/** WebSocket over TLS as web servers have it, with a certificate that the dialling end trusts or not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketOverTlsTest {

    private static SslContext server;
    private static SslContext trusting;

    @BeforeAll
    static void makeACertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        var name = new X500Name("CN=peer.example");
        Instant now = Instant.now();
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(
                new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(1))), name, pair.getPublic())
                        .addExtension(Extension.subjectAlternativeName, false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "peer.example")))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        server = SslContextBuilder.forServer(pair.getPrivate(), certificate).build();
        trusting = SslContextBuilder.forClient().trustManager(certificate).build();
    }

    private static SwitchHost listening(Hosts hosts) {
        return hosts.start(HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/0/tls/ws"))));
    }

    private static Multiaddr named(SwitchHost host, String name) {
        int port = host.addresses().getFirst().socketAddress().orElseThrow().getPort();
        return Multiaddr.of("/ip4/127.0.0.1/tcp/" + port + "/tls/sni/" + name + "/ws").withPeer(host.id());
    }

    @Test
    void theNameInTheAddressIsTheOneThatTheCertificateMustProve() throws Exception {
        try (var hosts = new Hosts(new WebSocketTransport(trusting, server))) {
            SwitchHost bob = listening(hosts);
            SwitchHost alice = hosts.start(HostOptions.standard());
            Connection connection = alice.connect(named(bob, "peer.example"));
            assertEquals(bob.id(), connection.peer());
            assertEquals("/noise", connection.security());
            assertTrue(alice.ping(bob.id()).compareTo(Duration.ZERO) > 0);
            assertTrue(bob.addresses().getFirst().toString().endsWith("/tls/ws"));
        }
    }

    @Test
    void anotherNameIsRefusedAndSoIsNone() throws Exception {
        try (var hosts = new Hosts(new WebSocketTransport(trusting, server))) {
            SwitchHost bob = listening(hosts);
            SwitchHost alice = hosts.start(HostOptions.standard());
            DialException other = assertThrows(DialException.class, () -> alice.connect(named(bob, "other.example")));
            assertTrue(other.getMessage().contains("other.example"), other::getMessage);
            assertThrows(DialException.class, () -> alice.connect(Hosts.address(bob)));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (var hosts = new Hosts(new WebSocketTransport(trusting, server)); var strict = new WebSocketTransport();
                var others = new Hosts(strict)) {
            SwitchHost bob = listening(hosts);
            SwitchHost carol = others.start(HostOptions.standard());
            assertThrows(DialException.class, () -> carol.connect(named(bob, "peer.example")));
        }
    }

    @Test
    void withoutACertificateNobodyListensWithTls() throws Exception {
        try (var plain = new WebSocketTransport()) {
            assertTrue(!plain.canListen(Multiaddr.of("/ip4/127.0.0.1/tcp/0/tls/ws")));
            assertTrue(plain.canDial(Multiaddr.of("/ip4/127.0.0.1/tcp/1/wss")));
            assertTrue(!plain.canDial(Multiaddr.of("/ip4/127.0.0.1/tcp/1")));
            assertTrue(!plain.canDial(Multiaddr.of("/dns4/example.org/tcp/1/ws")));
            assertTrue(!plain.canDial(Multiaddr.of("/ip4/127.0.0.1/tcp/1/ws/p2p-circuit")));
        }
    }

    @Test
    void aWebServerThatTakesNoWebSocketIsToldInWords() throws Exception {
        try (var web = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                var hosts = new Hosts(new WebSocketTransport())) {
            Thread.ofVirtual().start(() -> {
                try (var client = web.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes());
                    client.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                    // the other end has hung up
                }
            });
            SwitchHost alice = hosts.start(HostOptions.standard());
            DialException refused = assertThrows(DialException.class, () ->
                    alice.connect(Multiaddr.of("/ip4/127.0.0.1/tcp/" + web.getLocalPort() + "/ws")));
            assertTrue(refused.getMessage().contains("404"), refused::getMessage);
        }
    }
}
