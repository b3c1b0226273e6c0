// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.spi.MuxedSession;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.example.unixsocket.UnixSocketTransport;

/** The switch with parts that are not the usual ones, or that come and go. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwitchHostTest {

    private final SecureRandom random = new SecureRandom();
    private final TcpTransport tcp = new TcpTransport();
    private final Hosts hosts = new Hosts(tcp);

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void theMuxerIsNegotiatedWhenTheHandshakeDoesNotAgreeOnOne() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local());
        try (var alice = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(tcp),
                List.of(new Taciturn()),
                List.of(new YamuxMuxer()))) {
            Connection connection = alice.connect(Hosts.address(bob));
            assertEquals("/yamux/1.0.0", connection.muxer());
            assertTrue(alice.ping(bob.id()).compareTo(Duration.ZERO) > 0);
            assertTrue(bob.ping(alice.id()).compareTo(Duration.ZERO) > 0);
        }
    }

    @Test
    void aLinkThatIsSecureByNatureNeedsNoNegotiation() throws IOException {
        Identity a = Identity.generate(random);
        Identity b = Identity.generate(random);
        try (var left = new ReadyTransport(a);
                var right = new ReadyTransport(b);
                var alice = new SwitchHost(a, HostOptions.local(), List.of(left), List.of(), List.of());
                var bob = new SwitchHost(b, HostOptions.local(), List.of(right), List.of(), List.of())) {
            Connection connection = alice.connect(Hosts.address(bob));
            assertEquals("by nature", connection.security());
            assertEquals(bob.id(), connection.peer());
            assertTrue(alice.ping(bob.id()).compareTo(Duration.ZERO) > 0);
            assertThrows(DialException.class, () ->
                    bob.connect(alice.addresses().getFirst().withPeer(Identity.generate(random).id())));
        }
    }

    @Test
    void aPeerThatAcceptsAndSaysNothingIsGivenUpInTime() throws IOException {
        SwitchHost alice = hosts.start(HostOptions.local().within(Duration.ofMillis(300), Duration.ofSeconds(30)));
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr address = Multiaddr.tcp((InetSocketAddress) silent.getLocalSocketAddress());
            DialException gaveUp = assertThrows(DialException.class, () -> alice.connect(address));
            assertTrue(gaveUp.getMessage().contains("no answer within"), gaveUp::getMessage);
        }
    }

    @Test
    void aSilentAddressHoldsUpTheNextOneOnlyForAMoment() throws IOException {
        SwitchHost alice = hosts.start(HostOptions.local());
        SwitchHost bob = hosts.start(HostOptions.local());
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr address = Multiaddr.tcp((InetSocketAddress) silent.getLocalSocketAddress());
            assertEquals(bob.id(), alice.connect(bob.id(), List.of(address, bob.addresses().getFirst())).peer());
        }
    }

    @Test
    void aHostWithoutAnyTransportSaysSo() {
        try (var alone = new SwitchHost(Identity.generate(random), HostOptions.local(), InstantSource.system())) {
            assertEquals(List.of(), alone.addresses());
            DialException refused = assertThrows(DialException.class, () ->
                    alone.connect(Multiaddr.of("/ip4/127.0.0.1/tcp/1")));
            assertTrue(refused.getMessage().contains("no transport"), refused::getMessage);
        }
    }

    @Test
    void aPeerWithoutSecureChannelsGetsNoConnection() {
        SwitchHost bob = hosts.start(HostOptions.local());
        try (var alice = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(tcp), List.of(),
                List.of())) {
            assertThrows(DialException.class, () -> alice.connect(Hosts.address(bob)));
            assertThrows(DialException.class, () -> bob.connect(Hosts.address(alice)));
        }
    }

    @Test
    void aMuxerThatFailsCostsItsConnectionAndHoldsNoPlace() {
        SwitchHost bob = hosts.start(HostOptions.local());
        Muxer broken = new Muxer() {
            @Override
            public String protocol() {
                return new YamuxMuxer().protocol();
            }

            @Override
            public MuxedSession start(Channel channel, boolean initiator, SessionListener listener) {
                throw new IllegalStateException("it does not start");
            }
        };
        try (var alice = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(tcp),
                List.of(new NoiseChannel()), List.of(broken))) {
            DialException failed = assertThrows(DialException.class, () -> alice.connect(Hosts.address(bob)));
            assertTrue(failed.getMessage().contains("the muxer failed"), failed::getMessage);
            await().until(() -> alice.usage().connections() == 0);
        }
    }

    @Test
    void aSecureChannelThatGoesTakesItsConnectionsAlong() throws IOException {
        var noise = new NoiseChannel();
        var yamux = new YamuxMuxer();
        SwitchHost bob = hosts.start(HostOptions.local());
        try (var alice = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(tcp), List.of(noise),
                List.of(yamux))) {
            Connection first = alice.connect(Hosts.address(bob));
            alice.remove(noise);
            await().until(() -> !first.isOpen() && alice.connections().isEmpty());
            alice.add(noise);
            Connection second = alice.connect(Hosts.address(bob));
            alice.remove(yamux);
            await().until(() -> !second.isOpen() && alice.connections().isEmpty());
        }
    }

    @Test
    void anAddressThatIsTakenIsNamedAndTheOthersAreListenedOn() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr busy = Multiaddr.tcp((InetSocketAddress) taken.getLocalSocketAddress());
            SwitchHost host = hosts.start(HostOptions.standard()
                    .listeningOn(List.of(busy, Multiaddr.of("/ip4/127.0.0.1/tcp/0"))));
            assertEquals(1, host.addresses().size());
            assertEquals(List.of(busy), List.copyOf(host.refusedAddresses().keySet()));
        }
    }

    @Test
    void aWildcardAddressIsShownAsThoseOfTheInterfaces() {
        SwitchHost host = hosts.start(HostOptions.standard().listeningOn(List.of(Multiaddr.of("/ip4/0.0.0.0/tcp/0"))));
        assertFalse(host.addresses().isEmpty());
        String last = host.addresses().getLast().toString();
        assertTrue(last.startsWith("/ip4/127.0.0.1/tcp/") && !last.endsWith("/0"), last);
        assertTrue(host.addresses().stream().noneMatch(a -> a.toString().contains("0.0.0.0")));
    }

    @Test
    void peersAreToldAboutAnAddressThatComesLater(@TempDir Path folder) throws IOException {
        Multiaddr meeting = Multiaddr.of("/unix" + folder.resolve("meeting"));
        try (var unix = new UnixSocketTransport();
                var alice = new SwitchHost(Identity.generate(random), HostOptions.standard()
                        .listeningOn(List.of(meeting)),
                        List.of(unix), List.of(new NoiseChannel()), List.of(new YamuxMuxer()));
                var bob = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(unix),
                        List.of(new NoiseChannel()), List.of(new YamuxMuxer()))) {
            Connection connection = bob.connect(alice.id(), List.of(meeting));
            assertEquals(List.of(), bob.addresses());
            await().until(() -> !bob.known(alice.id()).isEmpty() && connection.streamCount() == 0);
            bob.add(tcp);
            assertEquals(1, bob.addresses().size());
            await().until(() -> alice.known(bob.id()).containsAll(bob.addresses()));
        }
    }

    @Test
    void aTransportThatIsClosedTakesItsListenersAndConnectionsAlong() throws IOException {
        SwitchHost bob = hosts.start(HostOptions.local());
        var other = new TcpTransport();
        try (var alice = new SwitchHost(Identity.generate(random), HostOptions.local(), List.of(other),
                List.of(new NoiseChannel()),
                List.of(new YamuxMuxer()))) {
            alice.connect(Hosts.address(bob));
            List<Multiaddr> addresses = alice.addresses();
            other.close();
            await().until(() -> alice.connections().isEmpty() && bob.connections().isEmpty());
            assertEquals(List.of(), alice.addresses());
            alice.remove(other);
            alice.add(tcp);
            assertEquals(addresses, alice.addresses());
            assertEquals(alice.id(), bob.connect(Hosts.address(alice)).peer());
        }
    }

    /** Noise that does not say which muxers there are. */
    private static final class Taciturn implements SecureChannel {

        private final NoiseChannel noise = new NoiseChannel();

        @Override
        public String protocol() {
            return noise.protocol();
        }

        @Override
        public CompletionStage<Secured> secure(Channel channel, Task task) {
            return noise.secure(channel, new Task(task.identity(), task.initiator(), task.expected(), List.of()));
        }
    }
}
