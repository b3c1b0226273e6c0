// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tls;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.DialException;
import io.peerwerk.transport.RawQuicPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;

/** What malformed certificates do in the handshake of QUIC, shown by who dials and by who is dialled. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuicCertificateTest {

    private static final HostOptions LISTENING =
            HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1")));

    private Hosts hosts;
    private SwitchHost host;
    private RawQuicPeer raw;

    @BeforeEach
    void start() {
        hosts = new Hosts(QuicTransport::new);
        host = hosts.start(LISTENING);
        raw = new RawQuicPeer();
    }

    @AfterEach
    void stop() {
        raw.close();
        hosts.close();
    }

    private static Map<String, CertificateForge> forgeries() {
        var forgeries = new LinkedHashMap<String, CertificateForge>();
        forgeries.put("no extension", forge().extension(new byte[0]));
        forgeries.put("an empty extension", forge().extension(new byte[] {0x30, 0}));
        forgeries.put("an extension cut off", forge().extension(new byte[] {0x30, (byte) 0x84, 0x7f}));
        forgeries.put("an extension that lies about its length",
                forge().extension(new byte[] {0x30, 0x08, 0x04, (byte) 0x84, 0x7f, -1, -1, -1, 0x04, 0}));
        forgeries.put("an unknown critical extension", forge().with("1.2.3.4", true, new byte[] {1}));
        forgeries.put("a huge extension", forge().with("1.2.3.4", false, new byte[60_000]));
        forgeries.put("a certificate that is over",
                CertificateForge.plain().valid(Instant.now().minusSeconds(100), Instant.now().minusSeconds(50)));
        forgeries.put("signed with another key", forge()
                .signedWith(CertificateForge.plain().pair().getPrivate()));
        return forgeries;
    }

    private static CertificateForge forge() {
        return CertificateForge.plain().valid(Instant.now().minusSeconds(100), Instant.now().plusSeconds(1000));
    }

    private static X509Certificate certificate(byte[] bytes) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes));
    }

    @Test
    void malformedCertificatesInTheQuicHandshakeCostOnlyTheirConnection() throws Exception {
        SwitchHost good = hosts.start(LISTENING);
        good.connect(host.id(), host.addresses());
        for (var forgery : forgeries().entrySet()) {
            var tls = RawQuicPeer.client(forgery.getValue().pair().getPrivate(),
                    certificate(forgery.getValue().make()), "libp2p");
            try {
                var channel = raw.dial(host.addresses().getFirst(), tls);
                assertTrue(channel.closeFuture().await(30, TimeUnit.SECONDS), forgery.getKey());
            } catch (ExecutionException refused) {
                // refused even before the dialler took itself for connected
            }
            assertEquals(1, host.connections().size(), forgery.getKey());
        }
        assertTrue(good.ping(host.id()).isPositive());
        assertTrue(hosts.start(LISTENING).connect(host.id(), host.addresses()).isOpen());
    }

    @Test
    void aPeerThatShowsAMalformedCertificateIsNotDialled() throws Exception {
        for (var forgery : forgeries().entrySet()) {
            Multiaddr address = raw.listen(forgery.getValue().pair().getPrivate(),
                    certificate(forgery.getValue().make()));
            DialException refused = assertThrows(DialException.class, () -> host.connect(address), forgery.getKey());
            System.out.println(forgery.getKey() + ": " + refused.reasons());
        }
        assertTrue(host.connections().isEmpty());
    }

    @Test
    void aHonestForgeryIsTaken() throws Exception {
        var forge = forge();
        var tls = RawQuicPeer.client(forge.pair().getPrivate(), certificate(forge.make()), "libp2p");
        var channel = raw.dial(host.addresses().getFirst(), tls);
        await().until(() -> host.connection(forge.identity().id()).isPresent());
        channel.close().sync();
    }
}
