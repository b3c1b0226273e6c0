// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.security.SecureRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.spi.SecureChannel;
import org.junit.jupiter.api.Test;

class NoiseHandlerTest {

    private final SecureRandom random = new SecureRandom();
    private final Identity alice = Identity.generate(random);
    private final Identity bob = Identity.generate(random);
    private final NoiseHandler initiatorHandler = handler(alice, true);
    private final NoiseHandler responderHandler = handler(bob, false);
    private final EmbeddedChannel initiator = new EmbeddedChannel(initiatorHandler);
    private final EmbeddedChannel responder = new EmbeddedChannel(responderHandler);

    @Test
    void bothEndsAreSecureAfterThreeMessages() {
        shake();
        assertEquals(bob.id(), initiatorHandler.secured().toCompletableFuture().join().peer());
        assertEquals(alice.id(), responderHandler.secured().toCompletableFuture().join().peer());
    }

    @Test
    void manySmallWritesTravelInOneMessage() {
        shake();
        for (int i = 0; i < 100; i++) {
            initiator.write(Unpooled.wrappedBuffer(new byte[] {(byte) i}));
        }
        initiator.flush();
        List<ByteBuf> messages = outbound(initiator);
        assertEquals(1, messages.size());
        assertEquals(2 + 100 + CipherState.TAG, messages.getFirst().readableBytes());
        messages.forEach(responder::writeInbound);
        byte[] back = inbound(responder);
        assertEquals(100, back.length);
        assertEquals(99, back[99]);
    }

    @Test
    void aLargeWriteIsCutIntoTheLargestMessages() {
        shake();
        byte[] large = new byte[200_000];
        new Random(1).nextBytes(large);
        initiator.write(Unpooled.wrappedBuffer(large));
        initiator.flush();
        List<ByteBuf> messages = outbound(initiator);
        assertEquals(4, messages.size());
        assertEquals(2 + NoiseHandler.MAX_MESSAGE, messages.getFirst().readableBytes());
        messages.forEach(responder::writeInbound);
        assertArrayEquals(large, inbound(responder));
    }

    @Test
    void messagesThatComeByteByByteAreOpened() {
        shake();
        initiator.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
        for (ByteBuf message : outbound(initiator)) {
            while (message.isReadable()) {
                responder.writeInbound(message.readBytes(1));
            }
        }
        assertArrayEquals(new byte[] {1, 2, 3}, inbound(responder));
    }

    @Test
    void cleartextThatFollowsTheHandshakeReachesTheHandlerThatItsEndHasAdded() {
        EmbeddedChannel late = new EmbeddedChannel();
        NoiseHandler handler = handler(bob, false);
        List<byte[]> seen = new ArrayList<>();
        handler.secured().thenAccept(secured -> late.pipeline()
                .addLast(new io.netty.channel.ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(io.netty.channel.ChannelHandlerContext ctx, Object message) {
                seen.add(ByteBufUtil.getBytes((ByteBuf) message));
            }
        }));
        late.pipeline().addLast(handler);
        outbound(initiator).forEach(late::writeInbound);
        outbound(late).forEach(initiator::writeInbound);
        initiator.writeOutbound(Unpooled.wrappedBuffer(new byte[] {42}));
        late.writeInbound(Unpooled.wrappedBuffer(outbound(initiator).toArray(ByteBuf[]::new)));
        assertEquals(1, seen.size());
        assertArrayEquals(new byte[] {42}, seen.getFirst());
    }

    @Test
    void aFlippedBitEndsTheLink() {
        shake();
        initiator.writeOutbound(Unpooled.wrappedBuffer(new byte[1000]));
        ByteBuf message = outbound(initiator).getFirst();
        message.setByte(500, message.getByte(500) ^ 1);
        responder.writeInbound(message);
        assertFalse(responder.isOpen());
        assertEquals(0, inbound(responder).length);
    }

    @Test
    void aLinkThatBreaksDuringTheHandshakeFailsItAndNothingElse() {
        responder.pipeline().fireExceptionCaught(new IOException("reset"));
        assertTrue(responderHandler.secured().toCompletableFuture().isCompletedExceptionally());
        assertFalse(responder.isOpen());
        responder.checkException();
    }

    @Test
    void aMessageThatIsCutShortEndsTheLink() {
        shake();
        responder.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 15}, new byte[15]));
        assertFalse(responder.isOpen());
    }

    @Test
    void aHandshakeMessageOfTheWrongLengthEndsTheLink() {
        responder.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 31}, new byte[31]));
        assertFalse(responder.isOpen());
        assertInstanceOf(FormatException.class, responderHandler.secured().toCompletableFuture().exceptionNow());
    }

    @Test
    void aHandshakeMessageThatIsTooLongIsRefusedBeforeItHasCome() {
        int length = NoiseHandler.MAX_HANDSHAKE + 1;
        responder.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) (length >> 8), (byte) length}));
        assertFalse(responder.isOpen());
    }

    @Test
    void aPeerThatHangsUpFailsTheHandshake() {
        responder.close();
        assertInstanceOf(EOFException.class, responderHandler.secured().toCompletableFuture().exceptionNow());
    }

    @Test
    void aWriteIsDoneWhenItsLastByteHasLeft() {
        shake();
        var small = initiator.write(Unpooled.wrappedBuffer(new byte[10]));
        assertFalse(small.isDone());
        initiator.flush();
        assertTrue(small.isSuccess());
        outbound(initiator).forEach(ByteBuf::release);
    }

    private void shake() {
        outbound(initiator).forEach(responder::writeInbound);
        outbound(responder).forEach(initiator::writeInbound);
        outbound(initiator).forEach(responder::writeInbound);
    }

    private NoiseHandler handler(Identity identity, boolean initiates) {
        var task = new SecureChannel.Task(identity, initiates, Optional.empty(), List.of());
        return new NoiseHandler(new PeerHandshake(task, KeyPair.generate(random), KeyPair.generate(random)),
                new MessagePool(1));
    }

    private static List<ByteBuf> outbound(EmbeddedChannel channel) {
        var all = new ArrayList<ByteBuf>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.add(next);
        }
        return all;
    }

    private static byte[] inbound(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            all.writeBytes(next);
            next.release();
        }
        return ByteBufUtil.getBytes(all);
    }
}
