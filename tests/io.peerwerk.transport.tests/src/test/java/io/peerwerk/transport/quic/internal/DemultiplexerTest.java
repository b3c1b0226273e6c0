// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;

class DemultiplexerTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private boolean takesLinks = true;
    private final Demultiplexer demultiplexer = new Demultiplexer(() -> takesLinks);
    private int served;
    private final EmbeddedChannel channel = new EmbeddedChannel(demultiplexer, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            served++;
            ReferenceCountUtil.release(message);
        }
    }, demultiplexer.pass());

    private static byte[] id(int fill) {
        byte[] id = new byte[QuicLimits.ID_BYTES];
        Arrays.fill(id, (byte) fill);
        return id;
    }

    private static byte[] shortHeader(byte[] id) {
        byte[] packet = new byte[60];
        packet[0] = 0x40;
        System.arraycopy(id, 0, packet, 1, id.length);
        return packet;
    }

    private static byte[] longHeader(byte[] id) {
        byte[] packet = new byte[60];
        packet[0] = (byte) 0xc0;
        packet[5] = (byte) id.length;
        System.arraycopy(id, 0, packet, 6, id.length);
        return packet;
    }

    /** Whether the codec of dialled connections gets it. */
    private boolean isForDialled(byte[] packet) {
        channel.writeInbound(datagram(packet));
        DatagramPacket passed = channel.readInbound();
        if (passed != null) {
            passed.release();
        }
        return passed != null;
    }

    @Test
    void datagramsGoToTheCodecThatKnowsTheirConnection() {
        demultiplexer.add(id(1));
        assertTrue(isForDialled(shortHeader(id(1))));
        assertTrue(isForDialled(longHeader(id(1))));
        assertEquals(0, served);
        assertFalse(isForDialled(shortHeader(id(2))));
        assertFalse(isForDialled(longHeader(id(2))));
        assertFalse(isForDialled(longHeader(Arrays.copyOf(id(1), 16))));
        assertEquals(3, served);
    }

    @Test
    void anIdIsForgottenWithItsConnection() {
        demultiplexer.add(id(1));
        demultiplexer.remove(id(1));
        assertFalse(isForDialled(shortHeader(id(1))));
        assertEquals(1, served);
    }

    @Test
    void aDatagramThatIsTooShortForQuicIsDropped() {
        channel.writeInbound(datagram(new byte[20]));
        assertNull(channel.readInbound());
        assertEquals(0, served);
        isForDialled(new byte[21]);
        assertEquals(1, served);
    }

    @Test
    void whereNobodyListensAStrangerGetsNoAnswerAndConnectionsLiveOn() {
        takesLinks = false;
        demultiplexer.add(id(1));
        assertFalse(isForDialled(longHeader(id(2))));
        assertEquals(0, served);
        assertTrue(isForDialled(longHeader(id(1))));
        isForDialled(shortHeader(id(2)));
        byte[] handshake = longHeader(id(2));
        handshake[0] |= 0x20;
        isForDialled(handshake);
        assertEquals(2, served);
    }

    @Test
    void aDatagramIsHeldUntilTheNextComesOrAllAreRead() {
        channel.writeOneInbound(datagram(shortHeader(id(2))));
        assertEquals(0, served);
        channel.writeOneInbound(datagram(shortHeader(id(2))));
        assertEquals(1, served);
        channel.writeOneInbound(datagram(longHeader(id(2))));
        assertEquals(3, served);
        channel.writeOneInbound(datagram(shortHeader(id(3))));
        assertEquals(3, served);
        channel.flushInbound();
        assertEquals(4, served);
    }

    @Test
    void aDatagramThatIsHeldGoesWithTheSocket() {
        DatagramPacket held = datagram(shortHeader(id(2)));
        channel.writeOneInbound(held);
        assertEquals(1, held.refCnt());
        channel.close();
        channel.runPendingTasks();
        assertEquals(0, held.refCnt());
    }

    @Test
    void thisNettyIsMadeAsRunsOfDatagramsNeedIt() {
        assertTrue(DirectReceive.isPossible());
    }

    private static DatagramPacket datagram(byte[] packet) {
        return new DatagramPacket(Unpooled.wrappedBuffer(packet), HERE, HERE);
    }
}
