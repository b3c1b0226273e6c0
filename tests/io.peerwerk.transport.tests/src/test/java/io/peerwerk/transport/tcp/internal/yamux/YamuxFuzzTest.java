// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;

class YamuxFuzzTest {

    private static final YamuxOptions OPTIONS = YamuxOptions.standard();

    @FuzzTest(maxDuration = "5m")
    void whateverFramesComeTheSessionStaysInBounds(byte[] input) {
        var session = new YamuxSession(true, OPTIONS, (stream, bytes) -> true, 0);
        int own = session.open(0);
        session.queue(own, 100_000);
        ByteBuffer in = ByteBuffer.wrap(input);
        long delivered = 0;
        try {
            while (in.remaining() >= Frame.HEADER) {
                Frame frame = Frame.parse(in.getLong(), in.getInt());
                for (Action action : session.receive(frame, in.position())) {
                    if (action instanceof Action.Deliver deliver) {
                        assertTrue(deliver.length() > 0 && deliver.length() <= OPTIONS.maxWindow());
                        delivered += deliver.length();
                    }
                }
                if (frame.has(Frame.ACK)) {
                    session.poll();
                }
            }
        } catch (YamuxException refused) {
            session.goAway(1);
            assertEquals(Frame.Type.GO_AWAY, session.poll().type());
        }
        assertTrue(session.streamCount() <= OPTIONS.maxIncoming() + 1);
        assertTrue(session.answerCount() <= OPTIONS.maxAnswers() + 1);
        assertTrue(delivered <= (1L + input.length / Frame.HEADER) * YamuxOptions.INITIAL_WINDOW);
    }

    @FuzzTest(maxDuration = "5m")
    void bytesCutAnywhereMeanTheSameToTheHandler(byte[] input) {
        var whole = new Receiver();
        var pieces = new Receiver();
        feed(whole, input, Math.max(1, input.length));
        feed(pieces, input, 5);
        assertEquals(whole.seen.toString(), pieces.seen.toString());
    }

    private static void feed(Receiver receiver, byte[] input, int step) {
        var channel = new EmbeddedChannel();
        channel.pipeline().addLast(new YamuxHandler(false, OPTIONS, receiver));
        for (int at = 0; at < input.length && channel.isOpen(); at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(input, at, Math.min(step, input.length - at)));
        }
        channel.finishAndReleaseAll();
    }

    /** Writes down what a session tells it; bytes are only counted, since they may come in pieces of any size. */
    private static final class Receiver implements SessionListener {

        private final StringBuilder seen = new StringBuilder();
        private int streams;

        @Override
        public StreamReceiver accepted(MuxedStream stream) {
            int number = streams++;
            seen.append("open ").append(number).append('\n');
            return new StreamReceiver() {
                private int bytes;

                @Override
                public void data(ByteBuf data) {
                    bytes += data.readableBytes();
                    data.release();
                }

                @Override
                public void finished() {
                    seen.append("end ").append(number).append(" after ").append(bytes).append('\n');
                }

                @Override
                public void reset(String why) {
                    seen.append("reset ").append(number).append(" after ").append(bytes).append('\n');
                }

                @Override
                public void sent(int count) {
                    throw new AssertionError("nothing was written");
                }
            };
        }

        @Override
        public void closing() {
            seen.append("closing\n");
        }

        @Override
        public void closed(String why) {
            seen.append("closed\n");
        }
    }
}
