// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.quic.internal.QuicTransport;

/** What Peerwerk and js-libp2p are to each other over QUIC beyond the matrix of all transports. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuicInteropTest {

    private static final int MIB = 1 << 20;

    private Hosts hosts;
    private SwitchHost host;

    @BeforeEach
    void start() {
        hosts = new Hosts(QuicTransport::new);
        host = hosts.start(HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"))));
        host.handle("/perf/1.0.0", QuicInteropTest::perf);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void jsSeesThePortThatIsListenedOn() throws Exception {
        try (var js = ForeignPeer.listen("--transport", "quic")) {
            Connection connection = host.connect(js.address());
            Identification id = host.identify(connection.peer());
            assertEquals(host.addresses().getFirst(), id.observedAddress().orElseThrow());
            assertTrue(connection.datagrams().isEmpty(), "js-libp2p offers none");
        }
    }

    @Test
    void jsMeasures64MiBInBothDirectionsAgainstUs() throws Exception {
        try (var js = ForeignPeer.run("perf", Hosts.address(host).toString(), "" + 64 * MIB, "" + 64 * MIB,
                "--transport", "quic")) {
            String result = js.result();
            assertTrue(result.contains("\"down\":" + 64 * MIB), result);
        }
    }

    @Test
    void jsNoticesThatWeLeave() throws Exception {
        try (var js = ForeignPeer.listen("--transport", "quic")) {
            Connection connection = host.connect(js.address());
            js.await("conn");
            connection.close();
            assertEquals(host.id().toString(), ForeignPeer.text(js.await("conn-close"), "peer"));
        }
    }

    /** The server of /perf/1.0.0: takes all there is, sends as many bytes as the first eight ask for. */
    private static void perf(Stream stream) throws java.io.IOException {
        long wanted = ByteBuffer.wrap(stream.input().readNBytes(8)).getLong();
        stream.input().transferTo(OutputStream.nullOutputStream());
        byte[] block = new byte[1 << 16];
        for (long left = wanted; left > 0; left -= block.length) {
            stream.output().write(block, 0, (int) Math.min(left, block.length));
        }
    }
}
