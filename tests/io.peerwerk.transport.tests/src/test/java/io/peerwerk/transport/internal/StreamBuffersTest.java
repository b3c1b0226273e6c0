// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.limits.Limits;
import io.peerwerk.transport.internal.limits.Resources;
import io.peerwerk.transport.spi.MuxedStream;
import org.junit.jupiter.api.Test;

/** What a stream holds is given back, whoever is at it when the stream ends. */
class StreamBuffersTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    private Means means() throws Exception {
        ConnectionLease connection = new Resources(Limits.small()).open(true, false);
        connection.identified(Identity.generate(new SecureRandom()).id());
        Rates.Pair rates = Rates.unlimited();
        return new Means(allocator, connection.openIncoming(), rates.up, rates.down, new Deadlines(),
                new Outbound());
    }

    @Test
    void inputThatIsClosedWhileSomebodyCountsItHoldsNothing() throws Exception {
        var owner = new Owner();
        var input = new StreamInput(owner, means());
        var piece = new SlowlyCounted(16 * 1024);
        input.data(piece);
        assertEquals(0, input.read());
        piece.slow = true;
        var counted = CompletableFuture.supplyAsync(input::available);
        piece.asked.await();
        input.close();
        piece.go.countDown();
        counted.get();
        assertEquals(0, piece.refCnt());
        assertTrue(owner.ended);
    }

    @Test
    void bytesThatAreSkippedAreGoneAndThePeerMaySendMore() throws Exception {
        var owner = new Owner();
        var input = new StreamInput(owner, means());
        input.data(allocator.buffer().writeBytes(new byte[100_000]));
        input.data(allocator.buffer().writeBytes(new byte[] {1, 2, 3}));
        input.finished();
        assertEquals(0, input.skip(0));
        assertEquals(0, input.skip(-1));
        assertEquals(100_001, input.skip(100_001));
        assertEquals(100_001, owner.consumed);
        assertEquals(2, input.read());
        assertEquals(1, input.skip(Long.MAX_VALUE));
        assertEquals(0, input.skip(Long.MAX_VALUE));
        assertEquals(-1, input.read());
        assertEquals(0, allocator.metric().usedHeapMemory());
        assertTrue(owner.ended);
    }

    @Test
    void outputThatFailsWhileSomebodyWritesHoldsNothing() throws Exception {
        var output = new StreamOutput(means(), () -> { });
        output.attach(new Muxed(() -> CompletableFuture.runAsync(() -> output.fail("it was reset")).join()), () -> { });
        output.write(1);
        assertEquals(0, allocator.metric().usedHeapMemory());
        assertThrows(StreamResetException.class, () -> output.write(1));
    }

    /** Takes its time when it is asked how much it has. */
    private static final class SlowlyCounted extends UnpooledHeapByteBuf {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private volatile boolean slow;

        SlowlyCounted(int bytes) {
            super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes);
            writerIndex(bytes);
        }

        @Override
        public int readableBytes() {
            if (slow && go.getCount() > 0) {
                asked.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.readableBytes();
        }
    }

    private static final class Owner implements StreamInput.Owner {

        private boolean ended;
        private int consumed;

        @Override
        public void beforeRead() {
            // nothing to send
        }

        @Override
        public void consumed(int bytes) {
            consumed += bytes;
        }

        @Override
        public void overrun() {
            throw new IllegalStateException("there is memory");
        }

        @Override
        public void inputEnded() {
            ended = true;
        }
    }

    /**
     * Sends nothing.
     *
     * @param asked runs in the middle of a write, when a buffer is about to be made
     */
    private record Muxed(Runnable asked) implements MuxedStream {

        @Override
        public int headroom() {
            asked.run();
            return 0;
        }

        @Override
        public void write(ByteBuf data) {
            data.release();
        }

        @Override
        public void finish() {
            // nobody waits for it
        }

        @Override
        public void reset() {
            // nobody waits for it
        }

        @Override
        public void consumed(int bytes) {
            // nobody sends more
        }

        @Override
        public void ignoreInput() {
            // nothing comes
        }
    }
}
