// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.NarrowPath;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.limits.LimitException;
import io.peerwerk.transport.quic.internal.QuicTransport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/** Two hosts that are connected over QUIC and know each other's TCP addresses; one way is narrow. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkDataTest {

    private static final String SINK = "/test/sink/1.0.0";
    private static final int MIB = 1 << 20;

    private final Hosts hosts = new Hosts(QuicTransport::new, new NoiseChannel());
    private final TcpTransport tcp = new TcpTransport();
    private SwitchHost alice;
    private SwitchHost bob;
    private NarrowPath narrow;

    @BeforeEach
    void start() {
        alice = start(HostOptions.standard());
        bob = start(HostOptions.standard());
        bob.handle(SINK, stream -> {
            byte[] block = new byte[MIB];
            long bytes = 0;
            for (int length = stream.input().read(block); length >= 0; length = stream.input().read(block)) {
                bytes += length;
            }
            stream.output().write((int) (bytes / MIB));
        });
    }

    private SwitchHost start(HostOptions options) {
        SwitchHost host = hosts.start(options.identifying(false).listeningOn(List.of(
                Multiaddr.of("/ip4/127.0.0.1/udp/0/quic-v1"), Multiaddr.of("/ip4/127.0.0.1/tcp/0"))));
        host.add(tcp);
        return host;
    }

    @AfterEach
    void stop() {
        narrow.close();
        hosts.close();
        tcp.close();
    }

    private Multiaddr bobs(Protocol protocol) {
        return bob.addresses().stream().filter(address -> address.has(protocol)).findFirst().orElseThrow();
    }

    /** Connects over narrow QUIC; TCP is as wide as the machine allows. */
    private Connection quicIsNarrow() throws IOException {
        InetSocketAddress to = bobs(Protocol.UDP).socketAddress().orElseThrow();
        narrow = NarrowPath.udp(to, 2L * MIB);
        alice.remember(bob.id(), List.of(bobs(Protocol.TCP)));
        return alice.connect(bobs(Protocol.UDP).withSocket(narrow.address()).withPeer(bob.id()));
    }

    /** Sends so many MiB on a stream of its own; gives the connection that it went over. */
    private static Connection put(SwitchHost from, SwitchHost to, int mebibytes) throws IOException {
        return Exchange.talk(from.openBulk(to.id(), SINK), Duration.ofSeconds(30), stream -> {
            try (OutputStream out = stream.output()) {
                for (int i = 0; i < mebibytes; i++) {
                    out.write(new byte[MIB]);
                }
            }
            assertEquals(mebibytes, stream.input().read());
            return stream.connection();
        });
    }

    /** Sends until so many streams in a row have gone over TCP, or none of them has. */
    private void putUntil(boolean overTcp) {
        await().atMost(Duration.ofSeconds(150)).until(() -> {
            for (int i = 0; i < 20; i++) {
                if (isTcp(put(alice, bob, 1)) != overTcp) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean isTcp(Connection connection) {
        return connection.remoteAddress().has(Protocol.TCP);
    }

    @Test
    void bulkDataMovesToTcpWhereThatIsFasterAndAllElseStays() throws IOException {
        Connection quic = quicIsNarrow();
        assertSame(quic, put(alice, bob, 1));
        putUntil(true);
        assertEquals(2, alice.connections().size());
        assertSame(quic, alice.connection(bob.id()).orElseThrow());
        assertSame(quic, alice.open(bob.id(), SINK).connection());
        alice.ping(bob.id());
    }

    @Test
    void whenTheTcpConnectionIsLostBulkDataGoesOnOverQuic() throws IOException {
        Connection quic = quicIsNarrow();
        putUntil(true);
        put(alice, bob, 1).close();
        assertSame(quic, put(alice, bob, 1));
        await().until(() -> bob.connections().size() == 1);
        assertSame(quic, put(alice, bob, 1));
    }

    @Test
    void whenTheQuicConnectionIsLostTheOtherOneTakesAll() throws IOException {
        Connection quic = quicIsNarrow();
        putUntil(true);
        quic.close();
        assertTrue(isTcp(put(alice, bob, 1)));
        alice.ping(bob.id());
        assertTrue(isTcp(alice.connection(bob.id()).orElseThrow()));
    }

    @Test
    void whenTheTcpConnectionTakesNoMoreStreamsBulkDataGoesOverQuic() throws IOException {
        Connection quic = quicIsNarrow();
        putUntil(true);
        Connection faster = put(alice, bob, 1);
        assertThrows(LimitException.class, () -> {
            while (true) {
                faster.open(SINK);
            }
        });
        assertSame(quic, put(alice, bob, 1));
    }

    @Test
    void whereTcpIsSlowerBulkDataStaysOnQuic() throws IOException {
        narrow = NarrowPath.tcp(bobs(Protocol.TCP).socketAddress().orElseThrow(), 2L * MIB);
        alice.remember(bob.id(), List.of(bobs(Protocol.TCP).withSocket(narrow.address())));
        Connection quic = alice.connect(bobs(Protocol.UDP).withPeer(bob.id()));
        await().atMost(Duration.ofSeconds(150)).until(() -> isTcp(put(alice, bob, 1)));
        putUntil(false);
        assertSame(quic, put(alice, bob, 1));
    }

    @Test
    void aPeerThatCannotBeReachedOverTcpIsServedOverQuic() throws IOException {
        narrow = NarrowPath.udp(bobs(Protocol.UDP).socketAddress().orElseThrow(), 30L * MIB);
        alice.remember(bob.id(), List.of(Multiaddr.of("/ip4/127.0.0.1/tcp/1")));
        Connection quic = alice.connect(bobs(Protocol.UDP).withSocket(narrow.address()).withPeer(bob.id()));
        for (int i = 0; i < 20; i++) {
            assertSame(quic, put(alice, bob, 1));
        }
    }

    @Test
    void theSecondConnectionIsClosedWhenNothingUsesIt() throws IOException {
        SwitchHost carol = start(HostOptions.standard().closingUnused(Duration.ofSeconds(3)));
        InetSocketAddress to = bobs(Protocol.UDP).socketAddress().orElseThrow();
        narrow = NarrowPath.udp(to, 2L * MIB);
        carol.remember(bob.id(), List.of(bobs(Protocol.TCP)));
        Connection quic = carol.connect(bobs(Protocol.UDP).withSocket(narrow.address()).withPeer(bob.id()));
        await().atMost(Duration.ofSeconds(150)).until(() -> isTcp(put(carol, bob, 1)));
        await().until(() -> carol.connections().equals(List.of(quic)));
        assertSame(quic, put(carol, bob, 1));
    }
}
