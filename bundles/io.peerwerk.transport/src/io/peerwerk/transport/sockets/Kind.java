// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import java.net.StandardSocketOptions;
import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;

/**
 * Which of Netty's implementations of sockets is used.
 *
 * @param name      for people
 * @param server4   makes sockets that listen on IPv4 alone, so that an address of IPv4 means what it says
 * @param server6   makes sockets that listen on IPv6
 * @param only6     keeps a wildcard socket of IPv6 from taking IPv4 as well; null where that cannot be had
 * @param sharing   lets sockets of one user share a port
 */
record Kind(String name, IoHandlerFactory loops, ChannelFactory<? extends SocketChannel> client,
        ChannelFactory<? extends ServerChannel> server4, ChannelFactory<? extends ServerChannel> server6,
        @Nullable Setting<?> only6, Setting<?> sharing) {

    /** A socket option with its value. */
    record Setting<T>(ChannelOption<T> option, T value) {

        void put(AbstractBootstrap<?, ?> into) {
            into.option(option, value);
        }

        void put(Channel into) {
            into.config().setOption(option, value);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Kind.class);

    /** Whether a socket that was closed may keep its port for a moment. */
    boolean lingers() {
        return name.equals("nio");
    }

    /** The fastest that works on this machine. */
    static Kind best() {
        try {
            if (Native.isThere()) {
                return Native.kind();
            }
        } catch (LinkageError e) {
            LOG.debug("no native sockets: {}", e.toString());
        }
        return nio();
    }

    static Kind nio() {
        return new Kind("nio", NioIoHandler.newFactory(), NioSocketChannel::new,
                () -> new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET),
                NioServerSocketChannel::new, null,
                new Setting<>(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true));
    }

    /** Kept apart, since its classes may be missing. The numbers are those of Linux. */
    private static final class Native {

        private static final int SOL_SOCKET = 1;
        private static final int SO_REUSEPORT = 15;
        private static final int IPPROTO_IPV6 = 41;
        private static final int IPV6_V6ONLY = 26;

        static boolean isThere() {
            return Epoll.isAvailable();
        }

        static Kind kind() {
            return new Kind("epoll", EpollIoHandler.newFactory(), EpollSocketChannel::new,
                    () -> new EpollServerSocketChannel(SocketProtocolFamily.INET), EpollServerSocketChannel::new,
                    new Setting<>(new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY), 1),
                    new Setting<>(new IntegerUnixChannelOption("SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT), 1));
        }
    }
}
