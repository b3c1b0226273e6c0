// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var datagrams = new ConnectionDatagrams(lane, threads);
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
            busy.countDown();
            await().until(() -> handled.get() >= 1 + ConnectionDatagrams.MAX_WAITING);
            lane.receiver.accept(datagram);
            await().until(() -> handled.get() > 1 + ConnectionDatagrams.MAX_WAITING);
            assertEquals(2 + ConnectionDatagrams.MAX_WAITING, handled.get(), "one under way, the queue, and the last");
        }
    }
}
