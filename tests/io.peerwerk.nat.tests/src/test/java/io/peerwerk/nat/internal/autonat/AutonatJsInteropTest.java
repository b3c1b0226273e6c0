// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.autonat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.Frames;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.nat.internal.autonat.ReachabilityModel.Answer;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.Swarm;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * With js-libp2p in both roles. It neither asks about nor dials private addresses, loopback among them, and offers no
 * way to make it, in either version; so on one machine its server can only be seen to refuse. Its client is taken the
 * whole way: it asks about a public address that it believes to be its own, and what stands between the two here turns
 * that into the loopback address it listens on, as an address translator would.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutonatJsInteropTest {

    private static final AutonatOptions OPTIONS = AutonatOptions.local();
    private static final Multiaddr PUBLIC = Multiaddr.of("/ip4/11.22.33.44/tcp/4001");

    private final Hosts hosts = new Hosts(new TcpTransport());
    private final SwitchHost host = hosts.start(HostOptions.local());
    private final V2Client client = new V2Client(OPTIONS, new SecureRandom());

    @BeforeEach
    void start() {
        host.handle(V2Client.DIAL_BACK, client::takeDialBack);
    }

    @AfterEach
    void end() {
        hosts.close();
    }

    @Test
    void jsRefusesToDialPrivateAddressesInBothVersions() throws Exception {
        try (var js = ForeignPeer.listen("--autonat")) {
            Connection connection = host.connect(js.address());
            List<String> spoken = host.identify(connection.peer()).protocols();
            assertTrue(spoken.containsAll(List.of(V1Client.PROTOCOL, V2Client.DIAL_REQUEST, V2Client.DIAL_BACK)));
            assertEquals(new Answer.Nothing(), new V1Client(host.id(), OPTIONS).ask(connection, host.addresses()));
            assertThrows(IOException.class, () -> client.ask(connection, host.addresses()), "it hangs up");
            assertTrue(connection.isOpen());
        }
    }

    @Test
    void aJsPeerIsToldByVersionOneThatItsAddressIsNotDialled() throws Exception {
        var policy = new DialPolicy(host::bound, false);
        var asked = new CompletableFuture<V1Message>();
        host.handle(V1Client.PROTOCOL, stream -> new V1Server(host, policy, OPTIONS, InstantSource.system())
                .serve(recorded(stream, said -> asked.complete(V1Message.parse(said)))));
        try (var js = ForeignPeer.listen("--autonat")) {
            asksAboutPublic(js);
            var answer = (V1Message.DialResponse) asked.get(60, TimeUnit.SECONDS);
            assertEquals(V1Message.Status.DIAL_REFUSED, answer.status());
        }
    }

    @Test
    void aJsPeerPaysAndIsDialledBackByVersionTwo() throws Exception {
        try (var js = ForeignPeer.listen("--autonat")) {
            Multiaddr inside = js.address();
            var policy = new DialPolicy(() -> List.of(Multiaddr.of("/ip4/10.0.0.1/tcp/1")), false);
            var server = new V2Server(translating(inside), policy, OPTIONS, InstantSource.system(), new SecureRandom());
            var answer = new CompletableFuture<V2Message.DialResponse>();
            var paid = new CompletableFuture<Long>();
            host.handle(V2Client.DIAL_REQUEST, stream -> {
                long before = stream.connection().bytesIn();
                server.serve(recorded(stream, said -> {
                    if (V2Message.parse(said) instanceof V2Message.DialResponse response) {
                        paid.complete(stream.connection().bytesIn() - before);
                        answer.complete(response);
                    }
                }));
            });
            js.send("observed", PUBLIC.toString());
            js.send("dial", Hosts.address(host).toString());
            assertEquals(new V2Message.DialResponse(V2Message.Status.OK, 0, V2Message.DialStatus.OK),
                    answer.get(60, TimeUnit.SECONDS));
            assertTrue(paid.get() >= V2Server.MIN_DATA);
        }
    }

    private void asksAboutPublic(ForeignPeer js) throws Exception {
        js.send("observed", PUBLIC.toString());
        js.send("dial", Hosts.address(host).toString());
    }

    /** The swarm of the host behind a translator: what is dialled at the public address comes in at the inner one. */
    private Swarm translating(Multiaddr inside) {
        return proxy(Swarm.class, host, (method, arguments) -> {
            if (method.equals("connect")) {
                assertEquals(List.of(PUBLIC), arguments[1]);
                arguments[1] = List.of(inside);
            }
            return null;
        });
    }

    private interface Heard {
        void message(byte[] bytes) throws FormatException;
    }

    /** A stream each of whose messages that are written is heard of. */
    private static Stream recorded(Stream stream, Heard heard) throws IOException {
        var out = new FilterOutputStream(stream.output()) {

            private final ByteArrayOutputStream since = new ByteArrayOutputStream();

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                since.write(bytes, offset, length);
                super.out.write(bytes, offset, length);
                var all = new ByteArrayInputStream(since.toByteArray());
                try {
                    heard.message(Frames.read(all, V2Message.MAX_LENGTH));
                    since.reset();
                } catch (java.io.EOFException e) {
                    // the rest comes with the next call
                }
            }
        };
        return proxy(Stream.class, stream, (method, arguments) -> method.equals("output") ? (OutputStream) out : null);
    }

    private interface Instead {
        Object of(String method, Object[] arguments);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Object target, Instead instead) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object other = instead.of(method.getName(), arguments);
            try {
                return other != null ? other : method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
