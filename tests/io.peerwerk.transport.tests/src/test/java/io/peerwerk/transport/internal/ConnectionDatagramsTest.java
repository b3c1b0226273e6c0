// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static io.peerwerk.fixtures.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.internal.limits.Priority;
import io.peerwerk.transport.internal.limits.Resources;
import io.peerwerk.transport.spi.DatagramLane;
import org.junit.jupiter.api.Test;

class ConnectionDatagramsTest {

    private static final String NEWS = "/test/news/1.0.0";

    /** A lane whose other end is the test. */
    private static final class Lane implements DatagramLane {

        private Consumer<byte[]> receiver = datagram -> { };

        @Override
        public int maxSize() {
            return 1200;
        }

        @Override
        public boolean send(byte[] datagram) {
            return false;
        }

        @Override
        public void receive(Consumer<byte[]> taker) {
            receiver = taker;
        }
    }

    @Test
    void whatComesFasterThanItIsHandledIsDroppedAndNotKept() throws Exception {
        var lane = new Lane();
        ConnectionLease lease = new Resources(Limits.small()).open(true, false);
        long before = lease.memory();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var datagrams = new ConnectionDatagrams(lane, threads, lease);
            var begun = new CountDownLatch(1);
            var busy = new CountDownLatch(1);
            var handled = new AtomicInteger();
            datagrams.handle(NEWS, payload -> {
                handled.incrementAndGet();
                begun.countDown();
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            byte[] datagram = new DatagramMessage(NEWS, new byte[100]).toBytes();
            lane.receiver.accept(datagram);
            begun.await();
            for (int i = 0; i < 5000; i++) {
                lane.receiver.accept(datagram);
            }
            assertTrue(lease.memory() - before >= ConnectionDatagrams.MAX_WAITING * 100L);
            busy.countDown();
            await().until(() -> handled.get() >= 1 + ConnectionDatagrams.MAX_WAITING);
            lane.receiver.accept(datagram);
            await().until(() -> handled.get() > 1 + ConnectionDatagrams.MAX_WAITING);
            assertEquals(2 + ConnectionDatagrams.MAX_WAITING, handled.get(), "one under way, the queue, and the last");
            await().until(() -> lease.memory() == before);
        }
    }

    @Test
    void withoutMemoryDatagramsAreDropped() throws Exception {
        var lane = new Lane();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                ConnectionLease lease = new Resources(Limits.ofMemory(1 << 20)).open(true, false)) {
            var datagrams = new ConnectionDatagrams(lane, threads, lease);
            var handled = new AtomicInteger();
            datagrams.handle(NEWS, payload -> handled.incrementAndGet());
            byte[] datagram = new DatagramMessage(NEWS, new byte[100]).toBytes();
            for (int bytes = 1 << 16; bytes > 0; bytes /= 2) {
                while (lease.reserve(bytes, Priority.QUEUE)) {
                    // takes what there is
                }
            }
            lane.receiver.accept(datagram);
            lease.release(1000);
            lane.receiver.accept(datagram);
            await().until(() -> handled.get() > 0);
            assertEquals(1, handled.get());
        }
    }
}
