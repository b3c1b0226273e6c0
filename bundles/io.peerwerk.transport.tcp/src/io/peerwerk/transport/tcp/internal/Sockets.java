// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal;

import java.nio.channels.spi.SelectorProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Which of Netty's implementations of sockets is used.
 *
 * @param name    for people
 * @param server4 makes sockets that listen on IPv4 alone, so that an address of IPv4 means what it says
 * @param server6 makes sockets that listen on IPv6, and with the wildcard address on both
 */
record Sockets(String name, IoHandlerFactory loops, ChannelFactory<? extends SocketChannel> client,
        ChannelFactory<? extends ServerChannel> server4, ChannelFactory<? extends ServerChannel> server6) {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    /** The fastest that works on this machine. */
    static Sockets best() {
        try {
            if (Native.isThere()) {
                return Native.sockets();
            }
        } catch (LinkageError e) {
            LOG.debug("no native sockets: {}", e.toString());
        }
        return nio();
    }

    static Sockets nio() {
        return new Sockets("nio", NioIoHandler.newFactory(), NioSocketChannel::new,
                () -> new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET),
                NioServerSocketChannel::new);
    }

    /** Kept apart, since its classes may be missing. */
    private static final class Native {

        static boolean isThere() {
            return Epoll.isAvailable();
        }

        static Sockets sockets() {
            return new Sockets("epoll", EpollIoHandler.newFactory(), EpollSocketChannel::new,
                    () -> new EpollServerSocketChannel(SocketProtocolFamily.INET), EpollServerSocketChannel::new);
        }
    }
}
