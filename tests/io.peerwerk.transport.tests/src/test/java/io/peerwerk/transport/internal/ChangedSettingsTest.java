// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.internal.gate.Rules;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The configuration changes while the host runs. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangedSettingsTest {

    private static final String[] LOCAL = {"/ip4/127.0.0.1/tcp/0"};

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final SwitchHost alice = hosts.start(HostOptions.local());
    private final SwitchHost bob = hosts.start(HostOptions.local());

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void addressesThatStayKeepTheirPortsAndTheConnectionsLive() throws IOException {
        Connection connection = alice.connect(Hosts.address(bob));
        List<Multiaddr> before = bob.addresses();
        bob.modified(settings(Map.of("listen", new String[] {LOCAL[0], "/ip4/127.0.0.2/tcp/0"})));
        assertEquals(2, bob.addresses().size());
        assertTrue(bob.addresses().containsAll(before));
        bob.modified(settings(Map.of("listen", new String[] {"/ip4/127.0.0.2/tcp/0"})));
        assertEquals(1, bob.addresses().size());
        assertTrue(connection.isOpen());
        alice.ping(bob.id());
    }

    @Test
    void whoIsDeniedFromNowOnLosesItsConnection() throws IOException {
        alice.connect(Hosts.address(bob));
        await().until(() -> bob.connection(alice.id()).isPresent());
        bob.modified(settings(Map.of("listen", LOCAL, "deny", new String[] {alice.id().toString()})));
        await().until(() -> bob.connection(alice.id()).isEmpty());
    }

    @Test
    void whoIsDeniedBetweenItsHandshakeAndItsFirstStreamIsNotLetIn() throws Exception {
        var arrives = new CompletableFuture<Runnable>();
        var yamux = new YamuxMuxer();
        Muxer late = new Muxer() {
            @Override
            public String protocol() {
                return yamux.protocol();
            }

            @Override
            public MuxedSession start(Channel channel, boolean initiator, SessionListener listener) {
                arrives.join().run();
                return yamux.start(channel, initiator, listener);
            }
        };
        try (var carol = new SwitchHost(Identity.generate(new SecureRandom()), HostOptions.local(),
                List.of(hosts.transport(alice)), List.of(new NoiseChannel()), List.of(late))) {
            Rules rules = Rules.parse(List.of(), List.of(alice.id().toString()), List.of());
            arrives.complete(() -> carol.apply(rules));
            alice.connect(Hosts.address(carol));
            await().until(() -> carol.connections().isEmpty() && alice.connections().isEmpty());
        }
    }

    @Test
    void limitsAndRatesHoldFromNowOn() throws IOException {
        bob.modified(settings(Map.of("listen", LOCAL, "connections", 1, "upload", 1_000_000L)));
        alice.connect(Hosts.address(bob));
        await().until(() -> bob.connections().size() == 1);
        alice.ping(bob.id());
        assertTrue(bob.rates().uploaded().bytes() > 0);
        SwitchHost carol = hosts.start(HostOptions.local());
        assertThrows(IOException.class, () -> carol.connect(Hosts.address(bob)));
    }

    @Test
    void settingsThatMakeNoSenseChangeNothing() throws IOException {
        bob.modified(settings(Map.of("listen", new String[] {}, "deny", new String[] {"everyone"})));
        alice.connect(Hosts.address(bob));
        alice.ping(bob.id());
    }

    /** Settings as the framework makes them: what is given, and the defaults of the rest. */
    private static HostSettings settings(Map<String, Object> given) {
        return (HostSettings) Proxy.newProxyInstance(HostSettings.class.getClassLoader(),
                new Class<?>[] {HostSettings.class, Annotation.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
