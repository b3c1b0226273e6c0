// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;

/** The handlers of an accepted connection, without a socket. */
class WebSocketFuzzTest {

    private static final byte[] UPGRADE = ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    /** Counts what comes through to the switch. */
    private static final class Reader extends ChannelInboundHandlerAdapter {

        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf data = (ByteBuf) message;
            bytes += data.readableBytes();
            assertTrue(data.isReadable());
            data.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            assertTrue(cause instanceof CodecException, cause::toString);
            ctx.close();
        }
    }

    private static Reader run(byte[] first, byte[] second) {
        var reader = new Reader();
        var channel = new EmbeddedChannel();
        ServerUpgrade.install(channel.pipeline(), new FrameHandler(() -> 0));
        channel.pipeline().addLast(reader);
        channel.write(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
        for (byte[] bytes : new byte[][] {first, second}) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
                channel.runPendingTasks();
            }
        }
        channel.finishAndReleaseAll();
        return reader;
    }

    @FuzzTest(maxDuration = "5m")
    void whateverIsAskedTheConnectionIsUpgradedOrClosed(byte[] input) {
        int half = input.length / 2;
        run(Arrays.copyOf(input, half), Arrays.copyOfRange(input, half, input.length));
    }

    @FuzzTest(maxDuration = "5m")
    void whateverFramesComeNoMoreBytesComeOutThanWentIn(byte[] input) {
        Reader reader = run(UPGRADE, input);
        assertTrue(reader.bytes <= input.length);
        assertEquals(reader.bytes, run(UPGRADE, input).bytes);
    }
}
