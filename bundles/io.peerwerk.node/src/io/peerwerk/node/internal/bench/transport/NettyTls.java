// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.bench.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.transport.tls.PeerCertificate;

/**
 * Bytes through Netty and the JDK's TLS 1.3 and nothing else: no negotiation, no streams, no flow control but the
 * socket's. The bytes are thrown away where they arrive. What a secured transport of ours costs is measured against it.
 */
final class NettyTls implements Meter.Work, AutoCloseable {

    /** What the JDK chooses by itself. */
    static final String AES_GCM = "TLS_AES_256_GCM_SHA384";

    /** The cipher of Noise. */
    static final String CHACHA20 = "TLS_CHACHA20_POLY1305_SHA256";

    private static final int BUFFER = 1 << 16;
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(256 * 1024, 512 * 1024);
    private static final int READ_MAX = 256 * 1024;

    private final EventLoopGroup loops;
    private final Channel server;
    private final Channel client;
    private final Sink sink = new Sink();

    private NettyTls(EventLoopGroup loops, SslContext serverSide, SslContext clientSide) {
        this.loops = loops;
        boolean epoll = Epoll.isAvailable();
        this.server = new ServerBootstrap().group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 4096, READ_MAX))
                .childHandler(pipeline(serverSide, sink))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly().channel();
        this.client = new Bootstrap().group(loops).channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .handler(pipeline(clientSide, new Source()))
                .connect(server.localAddress()).syncUninterruptibly().channel();
    }

    static NettyTls start(String cipher) throws IOException {
        var random = new SecureRandom();
        var certificate = PeerCertificate.of(Identity.generate(random), random);
        SslContext serverSide = context(cipher,
                SslContextBuilder.forServer(certificate.privateKey(), certificate.certificate()));
        SslContext clientSide = context(cipher, SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(""));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2,
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        return new NettyTls(loops, serverSide, clientSide);
    }

    private static SslContext context(String cipher, SslContextBuilder end) throws IOException {
        return end.sslProvider(SslProvider.JDK).protocols("TLSv1.3").ciphers(List.of(cipher)).build();
    }

    private static ChannelHandler pipeline(SslContext tls, ChannelHandler end) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()), end);
            }
        };
    }

    @Override
    public void move(long bytes) throws IOException {
        CompletableFuture<Void> arrived = sink.expect(bytes);
        client.pipeline().fireUserEventTriggered(bytes);
        try {
            arrived.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        loops.shutdownGracefully();
    }

    /** Writes as many bytes as it is told, as long as the channel takes more. */
    private static final class Source extends ChannelInboundHandlerAdapter {

        private long left;

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Long bytes) {
                left += bytes;
                write(ctx);
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            write(ctx);
        }

        private void write(ChannelHandlerContext ctx) {
            while (left > 0 && ctx.channel().isWritable()) {
                int length = (int) Math.min(left, BUFFER);
                ByteBuf buffer = ctx.alloc().heapBuffer(length).writerIndex(length);
                left -= length;
                ctx.write(buffer);
            }
            ctx.flush();
        }
    }

    /** Counts what arrives. */
    @ChannelHandler.Sharable
    private static final class Sink extends ChannelInboundHandlerAdapter {

        private volatile CompletableFuture<Void> arrived = new CompletableFuture<>();
        private volatile long missing;

        CompletableFuture<Void> expect(long bytes) {
            arrived = new CompletableFuture<>();
            missing = bytes;
            return arrived;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes) {
                missing -= bytes.readableBytes();
                if (missing == 0) {
                    arrived.complete(null);
                }
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            arrived.completeExceptionally(cause);
            ctx.close();
        }
    }
}
