// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.peerwerk.fixtures.Hosts;
import io.peerwerk.fixtures.RawPeer;
import io.peerwerk.transport.internal.HostOptions;
import io.peerwerk.transport.internal.SwitchHost;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many peers together do what costs this host most memory, each within its windows and limits: what is counted stays
 * under the limit at every moment, so does what Netty's allocator has handed out, and an honest peer is served.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileMemoryTest {

    private static final long MIB = 1 << 20;
    private static final long LIMIT = 48 * MIB;
    private static final int PEERS = 24;
    private static final int STREAMS = 12;

    private final AtomicLong most = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean release = new AtomicBoolean();
    private final List<RawPeer> flood = new ArrayList<>();
    private Hosts hosts;
    private SwitchHost host;
    private SwitchHost friend;

    @BeforeEach
    void start() throws IOException {
        hosts = new Hosts(new TcpTransport());
        host = hosts.start(HostOptions.local().identifying(false).with(Limits.ofMemory(LIMIT).atMost(128, 64)));
        friend = hosts.start(HostOptions.local().identifying(false));
        friend.connect(Hosts.address(host));
        Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                most.accumulateAndGet(host.usage().memory(), Math::max);
                Thread.onSpinWait();
            }
        });
    }

    @AfterEach
    void nothingIsLeftWhenThePeersAreGone() {
        try (Hosts all = hosts) {
            release.set(true);
            flood.forEach(RawPeer::close);
            await().until(() -> host.connections().size() <= 1);
            await().until(() -> host.usage().streams() == 0);
            assertEquals(Limits.CONNECTION, host.usage().memory());
            over.set(true);
        }
    }

    @Test
    void peersThatSendAllTheyMayToStreamsThatNobodyReads() throws Exception {
        host.handle("/test/hold/1.0.0", this::hold);
        long before = allocated();
        attack(peer -> {
            byte[] block = new byte[60_000];
            for (int stream = 1; stream <= 2 * STREAMS; stream += 2) {
                peer.open(stream, "/test/hold/1.0.0", new byte[0]);
                for (int i = 0; i < 4; i++) {
                    peer.sendFrame(RawPeer.DATA, 0, stream, block.length, block);
                }
            }
        });
        assertBounded(before);
    }

    @Test
    void peersThatAskForMuchAndReadNothing() throws Exception {
        byte[] block = new byte[64 * 1024];
        host.handle("/test/pour/1.0.0", stream -> {
            while (true) {
                stream.output().write(block);
            }
        });
        long before = allocated();
        attack(peer -> {
            for (int stream = 1; stream <= 2 * STREAMS; stream += 2) {
                peer.open(stream, "/test/pour/1.0.0", new byte[0]);
                peer.sendFrame(RawPeer.WINDOW, 0, stream, 1 << 30, new byte[0]);
            }
        });
        await().until(() -> host.usage().memory() > LIMIT / 3);
        assertBounded(before);
    }

    @Test
    void peersThatSendOneByteFramesToStreamsThatNobodyReads() throws Exception {
        host.handle("/test/hold/1.0.0", this::hold);
        long before = allocated();
        byte[] frames = new byte[13 * 5000];
        attack(peer -> {
            for (int stream = 1; stream <= 2 * STREAMS; stream += 2) {
                peer.open(stream, "/test/hold/1.0.0", new byte[0]);
                for (int at = 0; at < 13 * 5000; at += 13) {
                    System.arraycopy(RawPeer.header(RawPeer.DATA, 0, stream, 1), 0, frames, at, 12);
                }
                for (int i = 0; i < 5; i++) {
                    peer.sendNoise(peer.sealed(frames.clone()));
                }
            }
        });
        assertBounded(before);
    }

    private void hold(Stream stream) {
        await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(2))
                .until(() -> release.get() || !stream.connection().isOpen());
    }

    /** A hundred writers would like to have more waiting than there is memory; each takes less, and none fails. */
    @Test
    void honestStreamsThatAreManyTakeTurnsWithLittleMemory() throws Exception {
        Limits little = Limits.ofMemory(4 * LIMIT).atMost(16, 128);
        SwitchHost sender = hosts.start(HostOptions.local().identifying(false).with(little));
        SwitchHost receiver = hosts.start(HostOptions.local().identifying(false).with(little));
        var total = new AtomicLong();
        receiver.handle("/test/sink/1.0.0", stream -> {
            total.addAndGet(stream.input().transferTo(java.io.OutputStream.nullOutputStream()));
            stream.output().write(1);
        });
        Connection connection = sender.connect(Hosts.address(receiver));
        byte[] bytes = new byte[(int) MIB];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 100; i++) {
                running.add(threads.submit(() -> {
                    try (Stream stream = connection.open("/test/sink/1.0.0")) {
                        stream.output().write(bytes);
                        stream.output().close();
                        return stream.input().read();
                    }
                }));
            }
            for (Future<Integer> one : running) {
                assertEquals(1, one.get());
            }
        }
        assertEquals(100 * MIB, total.get());
        await().until(() -> sender.usage().streams() == 0 && receiver.usage().streams() == 0);
    }

    private interface Attack {
        void run(RawPeer peer) throws IOException;
    }

    private void attack(Attack attack) throws Exception {
        var address = host.addresses().getFirst();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < PEERS; i++) {
                var peer = new RawPeer(address);
                flood.add(peer);
                running.add(threads.submit(() -> {
                    try {
                        attack.run(peer.secured());
                    } catch (IOException e) {
                        // refused or cut off, which is this host's right
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void assertBounded(long before) throws IOException {
        assertTrue(most.get() <= LIMIT, () -> most + " bytes were counted");
        assertTrue(most.get() > LIMIT / 8, () -> "the attack was too weak to show anything: " + most);
        long more = allocated() - before;
        assertTrue(more <= 2 * LIMIT, () -> more + " bytes were taken from Netty's allocator");
        assertTrue(friend.ping(host.id()).compareTo(Duration.ZERO) > 0);
    }

    /** What the allocator holds, on and off the heap, in chunks that are larger than what is in use. */
    private static long allocated() {
        var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
