// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;

/**
 * Which of Netty's implementations of UDP sockets is used. What makes QUIC fast is to pass many datagrams in one system
 * call: with epoll up to {@value #SEGMENTS} leave as one (UDP_SEGMENT), and what the kernel has put together on the way
 * in is taken as one (UDP_GRO). Taking several of those runs with one call (recvmmsg) besides is not possible: Netty
 * 4.2.15 then loses datagrams.
 *
 * @param name     for people
 * @param options  of each socket
 * @param only6    of sockets of IPv6: keeps a wildcard from taking IPv4 as well, so that each version can have the same
 *                 port; nothing where that cannot be had
 * @param segments how several datagrams to one peer are sent at once
 */
record DatagramSockets(String name, IoHandlerFactory loops, ChannelFactory<? extends DatagramChannel> socket4,
        ChannelFactory<? extends DatagramChannel> socket6, Map<ChannelOption<?>, Object> options,
        Map<ChannelOption<?>, Object> only6, SegmentedDatagramPacketAllocator segments) {

    /** Datagrams that are sent with one call; the kernel takes 64 at most, and 64 KiB. */
    static final int SEGMENTS = 40;

    private static final Logger LOG = LoggerFactory.getLogger(DatagramSockets.class);

    /** Bytes that the kernel keeps for a socket each way, where it allows as much: some milliseconds of a fast link. */
    private static final int SOCKET_BUFFER = 4 * 1024 * 1024;

    /** Bytes for one datagram that comes in; QUIC here has shorter ones. */
    private static final int SLOT = 2048;

    /** Bytes for a run of datagrams that the kernel has put together. */
    private static final int RUN = 64 * 1024;

    /** Calls until other sockets have their turn. */
    private static final int READS = 64;

    /** The fastest that works on this machine. */
    static DatagramSockets best() {
        try {
            if (Native.isThere()) {
                return Native.sockets();
            }
        } catch (LinkageError e) {
            LOG.debug("no native sockets: {}", e.toString());
        }
        return nio();
    }

    static DatagramSockets nio() {
        return new DatagramSockets("nio", NioIoHandler.newFactory(),
                () -> new NioDatagramChannel(SocketProtocolFamily.INET),
                () -> new NioDatagramChannel(SocketProtocolFamily.INET6),
                Map.of(ChannelOption.SO_RCVBUF, SOCKET_BUFFER, ChannelOption.SO_SNDBUF, SOCKET_BUFFER,
                        ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(SLOT).maxMessagesPerRead(READS)),
                Map.of(), SegmentedDatagramPacketAllocator.NONE);
    }

    /** Kept apart, since its classes may be missing. */
    private static final class Native {

        /** The numbers are those of Linux. */
        private static final int IPPROTO_IPV6 = 41;
        private static final int IPV6_V6ONLY = 26;

        static boolean isThere() {
            return Epoll.isAvailable();
        }

        static DatagramSockets sockets() {
            return new DatagramSockets("epoll", EpollIoHandler.newFactory(),
                    () -> new EpollDatagramChannel(SocketProtocolFamily.INET),
                    () -> new EpollDatagramChannel(SocketProtocolFamily.INET6),
                    Map.of(ChannelOption.SO_RCVBUF, SOCKET_BUFFER, ChannelOption.SO_SNDBUF, SOCKET_BUFFER,
                            EpollChannelOption.UDP_GRO, true,
                            EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 0,
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(RUN).maxMessagesPerRead(READS)),
                    Map.of(new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY), 1),
                    EpollQuicUtils.newSegmentedAllocator(SEGMENTS));
        }
    }
}
