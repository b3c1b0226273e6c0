// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.multistream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerwerk.core.wire.FormatException;
import org.junit.jupiter.api.Test;

class NegotiationHandlerTest {

    @Test
    void whatFollowsTheLastLineGoesToTheNextHandler() {
        NegotiationHandler handler = NegotiationHandler.responding("/noise"::equals);
        var channel = new EmbeddedChannel(handler);
        byte[] lines = Line.encode(Line.HEADER, "/tls/1.0.0", "/noise");
        channel.writeInbound(Unpooled.wrappedBuffer(lines, "first bytes".getBytes(StandardCharsets.UTF_8)));
        assertEquals("/noise", handler.agreed().toCompletableFuture().join());
        assertEquals("first bytes", ((ByteBuf) channel.readInbound()).toString(StandardCharsets.UTF_8));
        assertArrayEquals(Line.encode(Line.HEADER, "na", "/noise"), written(channel));
        assertNull(channel.pipeline().get(NegotiationHandler.class));
    }

    @Test
    void linesThatComeByteByByteAreUnderstood() {
        NegotiationHandler handler = NegotiationHandler.proposing(List.of("/tls/1.0.0", "/noise"));
        var channel = new EmbeddedChannel(handler);
        for (byte b : Line.encode(Line.HEADER, "na", "/noise")) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }
        assertEquals("/noise", handler.agreed().toCompletableFuture().join());
        assertArrayEquals(Line.encode(Line.HEADER, "/tls/1.0.0", "/noise"), written(channel));
    }

    @Test
    void aLineOfOneMegabyteEndsTheLinkBeforeItHasCome() {
        NegotiationHandler handler = NegotiationHandler.responding("/noise"::equals);
        var channel = new EmbeddedChannel(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0x80, (byte) 0x80, 0x40}));
        assertFalse(channel.isOpen());
        assertInstanceOf(FormatException.class, failure(handler));
    }

    @Test
    void nothingInCommonEndsTheLink() {
        NegotiationHandler handler = NegotiationHandler.proposing(List.of("/noise"));
        var channel = new EmbeddedChannel(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(Line.encode(Line.HEADER, "na")));
        assertFalse(channel.isOpen());
        assertInstanceOf(IOException.class, failure(handler));
    }

    @Test
    void anAnswerThatFitsNoProposalEndsTheLink() {
        NegotiationHandler handler = NegotiationHandler.proposing(List.of("/noise"));
        var channel = new EmbeddedChannel(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(Line.encode(Line.HEADER, "/tls/1.0.0")));
        assertInstanceOf(FormatException.class, failure(handler));
    }

    @Test
    void anInitiatorThatProposesForEverIsCutOff() {
        NegotiationHandler handler = NegotiationHandler.responding("/noise"::equals);
        var channel = new EmbeddedChannel(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(Line.encode(Line.HEADER)));
        for (int i = 1; i < Responder.MAX_PROPOSALS; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(Line.encode("/no/such")));
        }
        assertTrue(channel.isOpen());
        channel.writeInbound(Unpooled.wrappedBuffer(Line.encode("/no/such")));
        assertFalse(channel.isOpen());
    }

    @Test
    void aPeerThatHangsUpFailsTheNegotiation() {
        NegotiationHandler handler = NegotiationHandler.proposing(List.of("/noise"));
        new EmbeddedChannel(handler).close();
        assertInstanceOf(EOFException.class, failure(handler));
    }

    private static Throwable failure(NegotiationHandler handler) {
        CompletableFuture<String> agreed = handler.agreed().toCompletableFuture();
        assertTrue(agreed.isCompletedExceptionally());
        return agreed.exceptionNow();
    }

    private static byte[] written(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.writeBytes(next);
        }
        return ByteBufUtil.getBytes(all);
    }
}
