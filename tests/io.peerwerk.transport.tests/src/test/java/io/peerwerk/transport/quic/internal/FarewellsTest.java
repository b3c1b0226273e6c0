// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicConnectionAddress;

class FarewellsTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    private static final InetSocketAddress STRANGER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3);
    private static final byte[] GOODBYE = {0x40, 7, 7, 7};

    private long now;
    private final Farewells farewells = new Farewells(() -> now);
    private final EmbeddedChannel socket = new EmbeddedChannel(farewells);

    @AfterEach
    void nothingIsHeld() {
        socket.finishAndReleaseAll();
    }

    private static byte[] id(int number) {
        return ByteBuffer.allocate(QuicLimits.ID_BYTES).putInt(number).array();
    }

    private void closed(int connection) {
        farewells.keep(new QuicConnectionAddress(id(connection)),
                new DatagramPacket(Unpooled.wrappedBuffer(GOODBYE), PEER));
    }

    private void receive(int first, int connection, InetSocketAddress from) {
        byte[] packet = new byte[40];
        packet[0] = (byte) first;
        System.arraycopy(id(connection), 0, packet, 1, QuicLimits.ID_BYTES);
        socket.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(packet), HERE, from));
    }

    /** How many packets have been sent since the last question. */
    private int answers() {
        int count = 0;
        for (DatagramPacket sent = socket.readOutbound(); sent != null; sent = socket.readOutbound()) {
            assertArrayEquals(GOODBYE, ByteBufUtil.getBytes(sent.content()));
            assertEquals(PEER, sent.recipient());
            sent.release();
            count++;
        }
        return count;
    }

    private int passed() {
        int count = socket.inboundMessages().size();
        socket.releaseInbound();
        return count;
    }

    @Test
    void aPeerThatGoesOnHearsItTheFirstSecondFourthAndEighthTime() {
        closed(1);
        for (int packet = 1; packet <= 9; packet++) {
            receive(0x40, 1, PEER);
            boolean due = packet == 1 || packet == 2 || packet == 4 || packet == 8;
            assertEquals(due ? 1 : 0, answers(), "packet " + packet);
        }
        assertEquals(0, passed());
    }

    @Test
    void packetsOfOtherConnectionsAndLongHeadersPass() {
        receive(0x40, 1, PEER);
        closed(1);
        receive(0x40, 2, PEER);
        receive(0xc0, 1, PEER);
        socket.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(new byte[QuicLimits.ID_BYTES]), HERE, PEER));
        assertEquals(4, passed());
        assertEquals(0, answers());
    }

    @Test
    void aStrangerIsToldNothing() {
        closed(1);
        receive(0x40, 1, STRANGER);
        assertNull(socket.readOutbound());
    }

    @Test
    void itIsForgottenWhenThePeerMustHaveNoticed() {
        closed(1);
        now += QuicLimits.IDLE.toNanos();
        receive(0x40, 1, PEER);
        assertEquals(1, answers());
        now++;
        receive(0x40, 1, PEER);
        receive(0x40, 1, PEER);
        assertEquals(0, answers());
        assertEquals(2, passed());
    }

    @Test
    void onlySoManyAreKeptAndTheOldestGoFirst() {
        for (int connection = 0; connection <= QuicLimits.MAX_FAREWELLS; connection++) {
            closed(connection);
        }
        receive(0x40, 0, PEER);
        assertEquals(0, answers());
        receive(0x40, 1, PEER);
        receive(0x40, QuicLimits.MAX_FAREWELLS, PEER);
        assertEquals(2, answers());
    }
}
