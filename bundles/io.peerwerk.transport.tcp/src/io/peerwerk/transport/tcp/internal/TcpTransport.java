// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/**
 * TCP over IPv4 and IPv6: addresses of the form {@code /ip4/192.0.2.1/tcp/4001}, and for dialling also
 * {@code /dns/example.org/tcp/4001} with {@code dns4} and {@code dns6}.
 */
@Component(service = Transport.class)
public final class TcpTransport implements Transport, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    /** Event loops at most: a few move more bytes than one machine's disks and links can take. */
    private static final int MAX_LOOPS = 8;

    private static final int CONNECT_MILLIS = 10_000;

    /** Bytes asked of the socket at a time: at first, at least and at most. Fewer, larger reads are cheaper. */
    private static final int READ_MIN = 512;
    private static final int READ_FIRST = 4 * 1024;
    private static final int READ_MAX = 256 * 1024;

    private static final int CLOSE_SECONDS = 3;

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final Sockets sockets;
    private final EventLoopGroup loops;
    private volatile boolean closed;

    /** With the fastest sockets of this machine. */
    @Activate
    public TcpTransport() {
        this(Sockets.best());
    }

    TcpTransport(Sockets sockets) {
        this.sockets = sockets;
        int threads = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
        var names = new DefaultThreadFactory("peerwerk-tcp", true);
        this.loops = new MultiThreadIoEventLoopGroup(threads, names, sockets.loops());
        LOG.debug("TCP over {} with {} event loops", sockets.name(), threads);
    }

    /** The same over Java's own sockets, for comparison. */
    public static TcpTransport overNio() {
        return new TcpTransport(Sockets.nio());
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return address.tcpAddress().isPresent() && !address.has(Protocol.DNSADDR);
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return canDial(address) && !address.tcpAddress().get().isUnresolved();
    }

    // ---- dial

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        var link = new CompletableFuture<Link>();
        InetSocketAddress target = address.tcpAddress()
                .orElseThrow(() -> new IllegalArgumentException("not a TCP address: " + address));
        if (!target.isUnresolved()) {
            connect(target, address, link);
            return link;
        }
        Thread.ofVirtual().name("resolve").start(() -> {
            try {
                InetAddress host = InetAddress.getByName(target.getHostString());
                connect(new InetSocketAddress(host, target.getPort()), address, link);
            } catch (UnknownHostException e) {
                link.completeExceptionally(new IOException("no address is known for " + target.getHostString()));
            }
        });
        return link;
    }

    private void connect(InetSocketAddress target, Multiaddr address, CompletableFuture<Link> link) {
        if (closed) {
            link.completeExceptionally(new IOException("the transport is closed"));
            return;
        }
        ChannelFuture connecting = new Bootstrap().group(loops).channelFactory(sockets.client())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readSizes())
                .handler(tracking(channel -> { })).connect(target);
        link.whenComplete((made, failure) -> {
            if (failure != null) {
                connecting.cancel(true);
                connecting.channel().close();
            }
        });
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                link.completeExceptionally(done.cause());
            } else if (!link.complete(link(connecting.channel(), address))) {
                connecting.channel().close();
            }
        });
    }

    private static AdaptiveRecvByteBufAllocator readSizes() {
        return new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX);
    }

    private static Link link(Channel channel, Multiaddr remote) {
        return new Link.Raw(channel, Multiaddr.tcp((InetSocketAddress) channel.localAddress()), remote);
    }

    // ---- listen

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        InetSocketAddress local = address.tcpAddress()
                .orElseThrow(() -> new IllegalArgumentException("not a TCP address: " + address));
        if (closed) {
            throw new IOException("the transport is closed");
        }
        ChannelFuture binding = new ServerBootstrap().group(loops)
                .channelFactory(local.getAddress() instanceof Inet4Address ? sockets.server4() : sockets.server6())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .handler(tracking(channel -> { }))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readSizes())
                .childHandler(tracking(channel -> accept(channel, accept)))
                .bind(local).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        return new TcpListener(binding.channel());
    }

    private static void accept(Channel channel, Consumer<Link> accept) {
        if (channel.remoteAddress() instanceof InetSocketAddress remote && channel.localAddress() != null) {
            accept.accept(link(channel, Multiaddr.tcp(remote)));
        } else {
            channel.close();
        }
    }

    /** Remembers a channel for as long as it lives, then does what its kind needs. */
    private ChannelHandler tracking(Consumer<Channel> then) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channels.add(channel);
                channel.closeFuture().addListener(gone -> channels.remove(channel));
                if (closed) {
                    channel.close();
                } else {
                    then.accept(channel);
                }
            }
        };
    }

    private record TcpListener(Channel channel) implements Listener {

        @Override
        public Multiaddr address() {
            return Multiaddr.tcp((InetSocketAddress) channel.localAddress());
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Closes all listeners and links and ends the event loops; when it returns, the ports are free. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        channels.forEach(channel -> channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
