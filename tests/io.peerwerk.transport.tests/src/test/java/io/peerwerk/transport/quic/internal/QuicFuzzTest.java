// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;

class QuicFuzzTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    @FuzzTest(maxDuration = "5m")
    void noTokenIsTakenThatWasNotMadeHere(byte[] input) {
        var tokens = new RetryTokens(new SecureRandom(), InstantSource.system(), () -> true);
        assertEquals(-1, tokens.validateToken(Unpooled.wrappedBuffer(input), HERE));
    }

    /** A datagram goes one way or the other, or is dropped; nothing is thrown and no buffer is lost. */
    @FuzzTest(maxDuration = "5m")
    void whateverDatagramComesTheDemultiplexerGoesOn(byte[] input) {
        var demultiplexer = new Demultiplexer(() -> true);
        demultiplexer.add(new byte[QuicLimits.ID_BYTES]);
        var channel = new EmbeddedChannel(demultiplexer, demultiplexer.pass());
        var bytes = Unpooled.wrappedBuffer(input);
        channel.writeInbound(new DatagramPacket(bytes, HERE, HERE));
        DatagramPacket passed = channel.readInbound();
        if (passed != null) {
            assertEquals(input.length, passed.content().readableBytes());
            passed.release();
        }
        if (input.length > 0) {
            assertEquals(0, bytes.refCnt());
        }
        channel.checkException();
        channel.close();
    }
}
