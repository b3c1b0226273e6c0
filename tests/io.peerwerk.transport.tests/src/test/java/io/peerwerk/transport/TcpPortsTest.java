// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.netty.channel.Channel;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** Which ports TCP listens on and dials from, with the fastest sockets and with Java's own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpPortsTest {

    private static final Multiaddr FREE = Multiaddr.of("/ip4/127.0.0.1/tcp/0");

    private final List<TcpTransport> transports = new ArrayList<>();

    static Stream<Arguments> sockets() {
        return Stream.of(Arguments.of("fastest", (Supplier<TcpTransport>) TcpTransport::new),
                Arguments.of("Java", (Supplier<TcpTransport>) TcpTransport::overNio));
    }

    private TcpTransport start(Supplier<TcpTransport> kind) {
        TcpTransport transport = kind.get();
        transports.add(transport);
        return transport;
    }

    @AfterEach
    void stop() {
        transports.forEach(TcpTransport::close);
    }

    private static void linuxOnly() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "ports are shared this way on Linux only");
    }

    private static int port(Multiaddr address) {
        return address.socketAddress().orElseThrow().getPort();
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void aPeerSeesThePortThatIsListenedOn(String name, Supplier<TcpTransport> kind) throws Exception {
        linuxOnly();
        TcpTransport alice = start(kind);
        TcpTransport bob = start(kind);
        for (String mine : List.of("/ip4/127.0.0.1/tcp/0", "/ip4/0.0.0.0/tcp/0")) {
            var seen = new CompletableFuture<Multiaddr>();
            Listener own = alice.listen(Multiaddr.of(mine), link -> { });
            Listener other = bob.listen(FREE, link -> seen.complete(link.remoteAddress()));
            Link link = alice.dial(other.address(), List.of(own.address())).get();
            assertEquals(port(own.address()), port(seen.get()));
            assertEquals(port(own.address()), port(link.localAddress()));
            link.channel().close();
        }
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void withoutAListeningAddressThePortIsAnotherOne(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        Listener other = start(kind).listen(FREE, link -> { });
        Link link = alice.dial(other.address(), List.of()).get();
        assertNotEquals(port(own.address()), port(link.localAddress()));
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void aSecondConnectionToTheSamePeerComesFromAnotherPort(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        Listener other = start(kind).listen(FREE, link -> { });
        Link first = alice.dial(other.address(), List.of(own.address())).get();
        Link second = alice.dial(other.address(), List.of(own.address())).get();
        assertTrue(first.channel().isOpen() && second.channel().isOpen());
        assertNotEquals(first.localAddress(), second.localAddress());
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void nobodyIsConnectedWithItself(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        Link link = alice.dial(own.address(), List.of(own.address())).get();
        assertNotEquals(link.localAddress(), link.remoteAddress());
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void anAddressOfAnotherKindIsNotDialledFrom(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener six = alice.listen(Multiaddr.of("/ip6/::1/tcp/0"), link -> { });
        Listener other = start(kind).listen(FREE, link -> { });
        Link link = alice.dial(other.address(), List.of(six.address(), Multiaddr.of("/ip4/192.0.2.1/tcp/7"))).get();
        assertNotEquals(port(six.address()), port(link.localAddress()));
        assertNotEquals(7, port(link.localAddress()));
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void aPortThatIsTakenIsRefusedAlsoWhileItIsDialledFrom(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        Listener other = start(kind).listen(FREE, link -> { });
        alice.dial(other.address(), List.of(own.address())).get();
        TcpTransport late = start(kind);
        assertThrows(IOException.class, () -> late.listen(own.address(), link -> { }));
        assertThrows(IOException.class, () -> alice.listen(own.address(), link -> { }));
        var plain = new ServerSocket();
        assertThrows(IOException.class, () -> plain.bind(own.address().tcpAddress().orElseThrow()));
        plain.close();
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void aPortCanBeListenedOnAgainWhileConnectionsFromItLive(String name, Supplier<TcpTransport> kind)
            throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        Listener other = start(kind).listen(FREE, link -> { });
        Link link = alice.dial(other.address(), List.of(own.address())).get();
        own.close();
        assertFalse(own.isOpen());
        assertEquals(own.address(), alice.listen(own.address(), l -> { }).address());
        assertTrue(link.channel().isOpen());
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void twoThatKnockAtEachOthersPortsMeet(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        TcpTransport bob = start(kind);
        var came = new ConcurrentLinkedQueue<Link>();
        Listener left = alice.listen(FREE, came::add);
        Listener right = bob.listen(FREE, came::add);
        CompletableFuture<Link> there = alice.knock(right.address(), List.of(left.address()));
        CompletableFuture<Link> back = bob.knock(left.address(), List.of(right.address()));
        // On loopback a packet may come before the other end has begun: then the knock ends at the listener.
        await().until(() -> there.isDone() || back.isDone());
        Link met = there.isDone() ? there.get() : back.get();
        assertTrue(met.channel().isOpen());
        await().until(() -> there.isDone() && back.isDone() || !came.isEmpty());
        there.cancel(false);
        back.cancel(false);
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void whoKnocksGoesOnUntilThePeerListens(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        Multiaddr later = Multiaddr.tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), free));
        CompletableFuture<Link> knocking = alice.knock(later, List.of(own.address()));
        assertThrows(java.util.concurrent.TimeoutException.class, () -> knocking.get(300, TimeUnit.MILLISECONDS));
        var seen = new CompletableFuture<Multiaddr>();
        start(kind).listen(later, link -> seen.complete(link.remoteAddress()));
        assertInstanceOf(Link.Raw.class, knocking.get());
        assertEquals(own.address(), seen.get());
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void whoGivesUpKnockingLeavesNothingBehind(String name, Supplier<TcpTransport> kind) throws Exception {
        TcpTransport alice = start(kind);
        Listener own = alice.listen(FREE, link -> { });
        CompletableFuture<Link> knocking = alice.knock(Multiaddr.of("/ip4/127.0.0.1/tcp/1"), List.of(own.address()));
        knocking.cancel(false);
        assertTrue(knocking.isCancelled());
        assertThrows(java.util.concurrent.ExecutionException.class, () ->
                alice.knock(Multiaddr.of("/ip4/127.0.0.1/tcp/1"), List.of()).get());
    }

    @ParameterizedTest(name = "{0} sockets")
    @MethodSource("sockets")
    void bothVersionsOfIpListenOnOnePort(String name, Supplier<TcpTransport> kind) throws Exception {
        linuxOnly();
        TcpTransport alice = start(kind);
        var over4 = new CompletableFuture<Channel>();
        var over6 = new CompletableFuture<Channel>();
        Listener four = alice.listen(Multiaddr.of("/ip4/0.0.0.0/tcp/0"), link -> over4.complete(link.channel()));
        Listener six = alice.listen(Multiaddr.of("/ip6/::/tcp/" + port(four.address())), link ->
                over6.complete(link.channel()));
        assertEquals(port(four.address()), port(six.address()));
        alice.dial(Multiaddr.of("/ip6/::1/tcp/" + port(six.address())), List.of()).get();
        assertTrue(over6.get().isOpen());
        alice.dial(Multiaddr.of("/ip4/127.0.0.1/tcp/" + port(four.address())), List.of()).get();
        assertTrue(over4.get().isOpen());
        TcpTransport other = start(kind);
        assertThrows(java.io.IOException.class, () -> other.listen(six.address(), link -> { }), "it is taken still");
    }
}
