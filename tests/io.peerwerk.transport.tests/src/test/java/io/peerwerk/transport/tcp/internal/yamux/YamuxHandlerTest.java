// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.yamux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerwerk.transport.StreamResetException;
import io.peerwerk.transport.spi.MuxedStream;
import io.peerwerk.transport.spi.SessionListener;
import io.peerwerk.transport.spi.StreamReceiver;
import org.junit.jupiter.api.Test;

class YamuxHandlerTest {

    private final Recorder left = new Recorder();
    private final Recorder right = new Recorder();
    private final YamuxHandler leftSession = new YamuxHandler(true, YamuxOptions.standard(), left);
    private final YamuxHandler rightSession = new YamuxHandler(false, YamuxOptions.standard(), right);
    private final EmbeddedChannel leftChannel = new EmbeddedChannel(leftSession);
    private final EmbeddedChannel rightChannel = new EmbeddedChannel(rightSession);

    @Test
    void bytesTravelAndTheirEndAfterThem() throws IOException {
        var receiver = new Recorder();
        MuxedStream stream = leftSession.open(receiver);
        stream.write(Unpooled.wrappedBuffer(new byte[] {1, 2}));
        stream.write(Unpooled.wrappedBuffer(new byte[] {3}));
        stream.finish();
        run();
        assertEquals(List.of("accepted", "3 bytes", "finished"), right.events);
        assertArrayEquals(new byte[] {1, 2, 3}, ByteBufUtil.getBytes(right.bytes));
        assertEquals(3, receiver.sent);
        right.streams.getFirst().write(Unpooled.wrappedBuffer(new byte[] {9}));
        right.streams.getFirst().finish();
        run();
        assertEquals(List.of("1 bytes", "finished"), receiver.events);
        assertEquals(0, leftSession.streamCount());
        assertEquals(0, rightSession.streamCount());
    }

    @Test
    void aResetReachesTheOtherEnd() throws IOException {
        MuxedStream stream = leftSession.open(new Recorder());
        stream.write(Unpooled.wrappedBuffer(new byte[] {1}));
        run();
        stream.reset();
        run();
        assertEquals(List.of("accepted", "1 bytes", "reset: the peer reset the stream"), right.events);
    }

    @Test
    void whatAnUnreadStreamCannotTakeWaitsAtTheWriter() throws IOException {
        var receiver = new Recorder();
        MuxedStream stream = leftSession.open(receiver);
        int window = YamuxOptions.INITIAL_WINDOW;
        stream.write(Unpooled.wrappedBuffer(new byte[window + 100]));
        run();
        assertEquals(window, right.bytes.readableBytes());
        assertEquals(window, receiver.sent);
        right.streams.getFirst().consumed(window);
        run();
        assertEquals(window + 100, right.bytes.readableBytes());
        assertEquals(window + 100, receiver.sent);
    }

    @Test
    void aGoodbyeClosesBothEndsAndResetsTheStreams() throws IOException {
        leftSession.open(left.child()).write(Unpooled.wrappedBuffer(new byte[] {1}));
        run();
        rightSession.close();
        run();
        assertFalse(rightChannel.isOpen());
        leftChannel.close();
        assertEquals(List.of("closing", "closed: the peer said goodbye"), left.events);
        assertTrue(right.events.contains("closed: the connection was lost"), right.events::toString);
        assertThrows(StreamResetException.class, () -> leftSession.open(new Recorder()));
    }

    @Test
    void aFrameThatClaimsFourGigabytesEndsTheLinkWithACode() {
        outbound(leftChannel);
        leftChannel.writeInbound(Unpooled.buffer().writeLong(new Frame(Frame.Type.DATA, 1, 2, 0).first()).writeInt(-1));
        ByteBuf last = outbound(leftChannel);
        assertEquals(Frame.Type.GO_AWAY.ordinal(), last.getByte(last.writerIndex() - Frame.HEADER + 1));
        assertEquals(1, last.getInt(last.writerIndex() - 4));
        assertFalse(leftChannel.isOpen());
        assertTrue(left.events.getLast().startsWith("closed: the peer broke the protocol"), left.events::toString);
    }

    @Test
    void aStreamThatIsWrittenToAfterTheEndOfItsLinkIsToldOnce() throws IOException {
        var receiver = new Recorder();
        MuxedStream stream = leftSession.open(receiver);
        stream.write(Unpooled.wrappedBuffer(new byte[] {1}));
        leftChannel.runPendingTasks();
        leftChannel.close();
        ByteBuf late = Unpooled.wrappedBuffer(new byte[] {2});
        stream.write(late);
        assertEquals(0, late.refCnt());
        assertEquals(List.of("reset: the connection was lost"), receiver.events);
    }

    /** Lets both ends talk until neither has anything to say. */
    private void run() {
        for (boolean moved = true; moved;) {
            leftChannel.runPendingTasks();
            rightChannel.runPendingTasks();
            moved = move(leftChannel, rightChannel) | move(rightChannel, leftChannel);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        ByteBuf bytes = outbound(from);
        if (!bytes.isReadable()) {
            return false;
        }
        if (to.isOpen()) {
            to.writeInbound(bytes);
        }
        return true;
    }

    private static ByteBuf outbound(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        return all;
    }

    /** Writes down what happens, with the sizes of bytes that come one after the other added up. */
    private static final class Recorder implements SessionListener, StreamReceiver {

        private final List<String> events = new ArrayList<>();
        private final List<MuxedStream> streams = new ArrayList<>();
        private final ByteBuf bytes = Unpooled.buffer();
        private int sent;

        private Recorder child() {
            return new Recorder();
        }

        @Override
        public StreamReceiver accepted(MuxedStream stream) {
            events.add("accepted");
            streams.add(stream);
            return this;
        }

        @Override
        public void closing() {
            events.add("closing");
        }

        @Override
        public void closed(String why) {
            events.add("closed: " + why);
        }

        @Override
        public void data(ByteBuf data) {
            int before = bytes.readableBytes();
            bytes.writeBytes(data);
            data.release();
            events.remove(before + " bytes");
            events.add(bytes.readableBytes() + " bytes");
        }

        @Override
        public void finished() {
            events.add("finished");
        }

        @Override
        public void reset(String why) {
            events.add("reset: " + why);
        }

        @Override
        public void sent(int count) {
            sent += count;
        }
    }
}
