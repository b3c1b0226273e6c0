// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Peerwerk and js-libp2p say about themselves to each other, signed and pushed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsIdentifyTest {

    private Hosts hosts;
    private SwitchHost host;

    @BeforeEach
    void start() {
        hosts = new Hosts(new TcpTransport());
        host = hosts.start(HostOptions.local());
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void jsTakesOurSignedRecord() throws Exception {
        try (var js = ForeignPeer.run("identify", Hosts.address(host).toString())) {
            String result = js.result();
            String record = result.substring(result.indexOf("signedPeerRecord"));
            assertTrue(record.contains(host.addresses().getFirst().toString()), result);
        }
    }

    @Test
    void jsTakesAListOfProtocolsThatIsTooLongForOneMessage() throws Exception {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "/a/rather/long/name/of/a/protocol/" + i + "/1.0.0")
                .toList();
        names.forEach(name -> host.handle(name, stream -> { }));
        try (var js = ForeignPeer.run("identify", Hosts.address(host).toString())) {
            String result = js.result();
            names.forEach(name -> assertTrue(result.contains('"' + name + '"'), name));
            assertTrue(result.substring(result.indexOf("signedPeerRecord")).contains("\"seq\""), result);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "secp256k1", "RSA"})
    void weTakeTheSignedRecordOfJs(String keys) throws Exception {
        try (var js = ForeignPeer.listen("--key-type", keys)) {
            Connection connection = host.connect(js.address());
            Identification said = host.identify(connection.peer());
            assertTrue(said.signed());
            assertTrue(said.listenAddresses().contains(connection.remoteAddress()), said::toString);
            assertThrows(UnsupportedProtocolException.class, () -> connection.open("/no/such/protocol/1.0.0"));
        }
    }

    @Test
    void jsHearsOfANewAddress() throws Exception {
        try (var js = ForeignPeer.listen()) {
            Connection connection = host.connect(js.address());
            js.await("identified");
            await().until(() -> connection.identification().isPresent());
            host.announce(Multiaddr.of("/ip4/198.51.100.9/tcp/4001"));
            String again = js.await("identified");
            assertEquals(host.id().toString(), ForeignPeer.text(again, "peer"));
            assertTrue(again.contains("/ip4/198.51.100.9/tcp/4001"), again);
        }
    }
}
