// SPDX-License-Identifier: EPL-2.0
package org.example.unixsocket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Unix domain sockets: {@code /unix/<path>}. The switch does the rest. */
@Component(service = Transport.class)
public final class UnixSocketTransport implements Transport, AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @Override
    public boolean canDial(Multiaddr address) {
        return address.value(Protocol.UNIX).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return canDial(address);
    }

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        var link = new CompletableFuture<Link>();
        ChannelFuture connecting = new Bootstrap().group(loops).channel(NioDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false).handler(nothing()).connect(socket(address));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                link.completeExceptionally(done.cause());
            } else if (!link.complete(new Link.Raw(connecting.channel(), address, address))) {
                connecting.channel().close();
            }
        });
        return link;
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        ChannelFuture binding = new ServerBootstrap().group(loops).channel(NioServerDomainSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept.accept(new Link.Raw(channel, address, address));
                    }
                }).bind(socket(address)).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException("cannot listen on " + address, binding.cause());
        }
        return new UnixListener(address, binding.channel());
    }

    private record UnixListener(Multiaddr address, Channel channel) implements Listener {

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            channel.close().awaitUninterruptibly();
            try {
                Files.deleteIfExists(socket(address).getPath());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static UnixDomainSocketAddress socket(Multiaddr address) {
        return UnixDomainSocketAddress.of(Path.of("/" + address.value(Protocol.UNIX).orElseThrow()).normalize());
    }

    private static ChannelHandler nothing() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                // the switch adds what it needs
            }
        };
    }

    @Override
    @Deactivate
    public void close() {
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
}
