// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;
import org.junit.jupiter.api.Test;

class QuicStreamTest {

    private final EmbeddedChannel socket = new EmbeddedChannel(new Demultiplexer(() -> true));

    /** A connection that is nothing but its event loop and its socket. */
    private QuicSession session() {
        var channel = (QuicChannel) Proxy.newProxyInstance(QuicChannel.class.getClassLoader(),
                new Class<?>[] {QuicChannel.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "parent" -> socket;
                    case "eventLoop" -> socket.eventLoop();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new QuicSession(channel, new Greeting(new ShownKeys(), (key, failure) -> { }), new Deaf());
    }

    @Test
    void whatIsWrittenWhileTheStreamEndsIsReleased() {
        var stream = new QuicStream(session(), true);
        stream.receiver(new Deaf());
        ByteBuf before = Unpooled.buffer().writeInt(1);
        ByteBuf after = Unpooled.buffer().writeInt(1);
        stream.write(before);
        stream.lost("the peer reset the stream");
        stream.write(after);
        socket.runPendingTasks();
        assertEquals(0, before.refCnt());
        assertEquals(0, after.refCnt());
    }

    private static final class Deaf implements SessionListener, StreamReceiver {

        @Override
        public StreamReceiver accepted(MuxedStream stream) {
            return this;
        }

        @Override
        public void closing() {
            // nobody waits
        }

        @Override
        public void closed(String why) {
            // nobody waits
        }

        @Override
        public void data(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void finished() {
            // nobody waits
        }

        @Override
        public void reset(String why) {
            // nobody waits
        }

        @Override
        public void sent(int bytes) {
            // nobody waits
        }
    }
}
