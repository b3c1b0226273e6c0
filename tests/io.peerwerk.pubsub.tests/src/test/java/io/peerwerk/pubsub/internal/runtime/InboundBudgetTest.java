// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.multiformats.Varint;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.pubsub.internal.wire.WireLimits;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Stream;

class InboundBudgetTest {

    private static final Duration PATIENCE = RunningPubSub.PATIENCE;
    private static final int LARGE = WireLimits.MAX_RPC;
    private static final int FITTING = InboundBudget.MAX_BYTES / LARGE;

    private final InboundBudget budget = new InboundBudget();

    /** A stream with a length and so many bytes on it. */
    private record Canned(InputStream input) implements Stream {

        static Canned of(long length, int bytes) {
            byte[] head = Varint.encode(length);
            byte[] all = Arrays.copyOf(head, head.length + bytes);
            return new Canned(new ByteArrayInputStream(all));
        }

        @Override
        public Connection connection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String protocol() {
            return "/meshsub/1.2.0";
        }

        @Override
        public OutputStream output() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(Duration limit) {
        }

        @Override
        public void reset() {
        }

        @Override
        public void close() {
        }
    }

    private InboundBudget.Frame read(long length, int bytes) throws IOException {
        return budget.read(Canned.of(length, bytes));
    }

    @Test
    void aRecordOfEachSizeComesWhole() throws IOException {
        for (int length : new int[] {0, 1, InboundBudget.SMALL, InboundBudget.SMALL + 1, LARGE}) {
            try (InboundBudget.Frame frame = read(length, length)) {
                assertEquals(length, frame.bytes().length);
            }
        }
        assertTrue(budget.read(new Canned(InputStream.nullInputStream())).isEnd());
    }

    @Test
    void oneByteMoreIsRefusedUnread() {
        assertThrows(FormatException.class, () -> read(LARGE + 1L, 0));
        assertThrows(FormatException.class, () -> read(Long.MAX_VALUE, 0));
    }

    @Test
    void whatIsCutOffGivesItsRoomBack() throws IOException {
        for (int i = 0; i < FITTING + 1; i++) {
            assertThrows(EOFException.class, () -> read(LARGE, LARGE - 1));
        }
        assertThrows(EOFException.class, () -> read(5, 4));
        read(LARGE, LARGE).close();
    }

    @Test
    void largeRecordsOfAllPeersTogetherAreBoundedAndSmallOnesStillCome() throws Exception {
        List<InboundBudget.Frame> held = new ArrayList<>();
        for (int i = 0; i < FITTING; i++) {
            held.add(read(LARGE, LARGE));
        }
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return read(LARGE, LARGE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
        await().atMost(PATIENCE).until(budget::isAwaited);
        read(InboundBudget.SMALL, InboundBudget.SMALL).close();
        assertFalse(waiting.isDone());
        held.removeLast().close();
        assertEquals(LARGE, waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).bytes().length);
    }

    @Test
    void peersThatAnnounceMuchAndSendLittleKeepNoOtherRecordsOut() throws Exception {
        var stalled = new CountDownLatch(2 * FITTING);
        var end = new CountDownLatch(1);
        List<Thread> slow = new ArrayList<>();
        for (int i = 0; i < 2 * FITTING; i++) {
            byte[] head = Varint.encode(LARGE);
            InputStream begun = new ByteArrayInputStream(Arrays.copyOf(head, head.length + InboundBudget.SMALL + 1));
            slow.add(Thread.ofVirtual().start(() -> {
                try {
                    budget.read(new Canned(new SequenceInputStream(begun, stalling(stalled, end))));
                } catch (IOException e) {
                    stalled.countDown(); // it was not even waited for: the record below shows whether there was room
                }
            }));
        }
        assertTrue(stalled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        read(LARGE, LARGE).close();
        end.countDown();
        for (Thread thread : slow) {
            thread.join();
        }
    }

    private static InputStream stalling(CountDownLatch stalled, CountDownLatch end) {
        return new InputStream() {
            @Override
            public int read() {
                stalled.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
    }

    @Test
    void aRecordThatComesByteByByteIsNotWaitedForWithoutEnd() {
        var now = new AtomicLong();
        InputStream dripping = new InputStream() {
            @Override
            public int read() {
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = (byte) read();
                return 1;
            }
        };
        var timed = new InboundBudget(now::get);
        InputStream head = new ByteArrayInputStream(Varint.encode(1_000));
        assertThrows(SocketTimeoutException.class,
                () -> timed.read(new Canned(new SequenceInputStream(head, dripping))));
        assertEquals(60, TimeUnit.NANOSECONDS.toSeconds(now.get()));
    }
}
