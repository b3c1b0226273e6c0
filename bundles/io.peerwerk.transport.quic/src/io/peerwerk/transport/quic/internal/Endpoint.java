// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.peerwerk.core.identity.PublicKey;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Secured;

/**
 * One UDP socket with all its connections, those that came in and those that were dialled from it. It is open for as
 * long as somebody listens on it or a connection lives; one that was made to dial from, until its transport ends.
 */
final class Endpoint {

    private static final int CLOSE_SECONDS = 3;

    /** What all endpoints of a transport share. */
    record Shared(EventLoopGroup loops, DatagramSockets sockets, PeerTls tls, SecureRandom random) {
    }

    private final Set<Channel> links = ConcurrentHashMap.newKeySet();
    private final Demultiplexer demultiplexer = new Demultiplexer(this::takesLinks);
    private final Handshakes handshakes =
            new Handshakes(QuicLimits.MAX_HANDSHAKES, QuicLimits.HANDSHAKE.toMillis());
    private final Shared shared;
    private final boolean kept;
    private final Channel socket;
    private volatile @Nullable Consumer<Link> accept;
    private volatile boolean closing;

    /**
     * Binds a socket. Blocks.
     *
     * @param accept takes incoming links; null if none are taken, for a socket to dial from
     */
    Endpoint(Shared shared, InetSocketAddress local, @Nullable Consumer<Link> accept) throws IOException {
        this.shared = shared;
        this.accept = accept;
        this.kept = accept == null;
        boolean ip6 = local.getAddress() instanceof Inet6Address;
        var bootstrap = new Bootstrap().group(shared.loops())
                .channelFactory(ip6 ? shared.sockets().socket6() : shared.sockets().socket4());
        if (ip6) {
            shared.sockets().only6().forEach((option, value) -> set(bootstrap, option, value));
        }
        shared.sockets().options().forEach((option, value) -> set(bootstrap, option, value));
        ChannelFuture binding = bootstrap.handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelHandler server = serverCodec();
                ChannelHandler client = clientCodec();
                demultiplexer.codecs(server, client);
                channel.pipeline().addLast(new Farewells(System::nanoTime));
                channel.pipeline().addLast(demultiplexer, server, demultiplexer.pass(), client);
            }
        }).bind(local).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        this.socket = binding.channel();
    }

    @SuppressWarnings("unchecked")
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    // ---- codecs

    private ChannelHandler serverCodec() {
        var tokens = new RetryTokens(shared.random(), InstantSource.system(),
                () -> handshakes.count() >= QuicLimits.RETRY_FROM);
        return limited(new QuicServerCodecBuilder().sslContext(shared.tls().server()))
                .tokenHandler(tokens)
                .option(ChannelOption.AUTO_READ, false)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, shared.sockets().segments())
                .handler(new ChannelInitializer<QuicChannel>() {
                    @Override
                    protected void initChannel(QuicChannel channel) {
                        greet(channel);
                    }
                }).build();
    }

    private ChannelHandler clientCodec() {
        return limited(new QuicClientCodecBuilder().sslContext(shared.tls().client())).build();
    }

    /**
     * CUBIC, since it is fair to the TCP beside it and the one that quiche is run with most; its BBR is said to be an
     * experiment.
     */
    private static <B extends QuicCodecBuilder<B>> B limited(B builder) {
        return builder.maxIdleTimeout(QuicLimits.IDLE.toMillis(), TimeUnit.MILLISECONDS)
                .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
                .localConnectionIdLength(QuicLimits.ID_BYTES)
                .initialMaxData(QuicLimits.CONNECTION_WINDOW)
                .initialMaxStreamDataBidirectionalLocal(QuicLimits.STREAM_WINDOW)
                .initialMaxStreamDataBidirectionalRemote(QuicLimits.STREAM_WINDOW)
                .initialMaxStreamDataUnidirectional(0)
                .initialMaxStreamsBidirectional(QuicLimits.MAX_INCOMING)
                .initialMaxStreamsUnidirectional(0)
                .maxSendUdpPayloadSize(QuicLimits.MAX_PAYLOAD)
                .discoverPmtu(true)
                .maxRecvUdpPayloadSize(QuicLimits.MAX_PAYLOAD)
                .activeMigration(false)
                .datagram(QuicLimits.MAX_DATAGRAMS, QuicLimits.MAX_DATAGRAMS);
    }

    // ---- connections

    private void greet(QuicChannel channel) {
        track(channel);
        if (accept == null) {
            channel.close();
            return;
        }
        handshakes.add(channel);
        var greeting = new Greeting[1];
        greeting[0] = new Greeting(shared.tls().keys(), (key, failure) -> {
            handshakes.remove(channel);
            Consumer<Link> taker = accept;
            if (key == null || taker == null) {
                channel.close();
                return;
            }
            var remote = (InetSocketAddress) channel.remoteSocketAddress();
            taker.accept(link(channel, greeting[0], key, QuicAddress.of(remote)));
        });
        channel.pipeline().addLast(greeting[0]);
    }

    private void track(Channel channel) {
        links.add(channel);
        channel.closeFuture().addListener(gone -> {
            links.remove(channel);
            closeIfUnused();
        });
    }

    private static Link link(QuicChannel channel, Greeting greeting, PublicKey key, Multiaddr remote) {
        var local = (InetSocketAddress) channel.localSocketAddress();
        var peer = (InetSocketAddress) channel.remoteSocketAddress();
        return new Link.Ready(channel, QuicAddress.of(Route.local(local, peer)), remote, QuicMuxer.NAME,
                new Secured(key.toPeerId(), key, Optional.empty()), new QuicMuxer(greeting));
    }

    /** Dials from this socket. Cancelling the future gives the attempt up. */
    void dial(InetSocketAddress target, Multiaddr address, CompletableFuture<Link> link) {
        socket.eventLoop().execute(() -> {
            if (!socket.isActive() || link.isDone()) {
                link.completeExceptionally(new IOException("the socket is closed"));
                closeIfUnused();
                return;
            }
            byte[] id = new byte[QuicLimits.ID_BYTES];
            shared.random().nextBytes(id);
            demultiplexer.add(id);
            connect(target, address, id, link);
        });
    }

    private void connect(InetSocketAddress target, Multiaddr address, byte[] id, CompletableFuture<Link> link) {
        var made = new QuicChannel[1];
        var greeting = new Greeting[1];
        greeting[0] = new Greeting(shared.tls().keys(), (key, failure) -> {
            if (key == null) {
                link.completeExceptionally(failure);
            } else if (!link.complete(link(made[0], greeting[0], key, address))) {
                made[0].close();
            }
        });
        var dialling = QuicChannel.newBootstrap(socket).handler(new ChannelInitializer<QuicChannel>() {
            @Override
            protected void initChannel(QuicChannel channel) {
                made[0] = channel;
                track(channel);
                channel.closeFuture().addListener(gone -> demultiplexer.remove(id));
                channel.pipeline().addLast(greeting[0]);
            }
        }).option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) QuicLimits.HANDSHAKE.toMillis())
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, shared.sockets().segments())
                .remoteAddress(target).localConnectionAddress(new QuicConnectionAddress(id)).connect();
        dialling.addListener(done -> {
            if (!done.isSuccess()) {
                demultiplexer.remove(id);
                greeting[0].fail(done.cause());
            }
        });
        link.whenComplete((ready, failure) -> {
            if (failure != null && made[0] != null) {
                made[0].close();
            }
        });
    }

    /** Sends bytes that mean nothing, so that address translators on the way let answers in. */
    void send(byte[] bytes, InetSocketAddress target) {
        socket.writeAndFlush(new DatagramPacket(
                socket.alloc().directBuffer(bytes.length).writeBytes(bytes), target), socket.voidPromise());
    }

    // ---- life

    InetSocketAddress local() {
        return (InetSocketAddress) socket.localAddress();
    }

    /** Whether its port can be used to dial an address. */
    boolean reaches(InetSocketAddress target) {
        InetAddress own = local().getAddress();
        boolean same = own instanceof Inet6Address == target.getAddress() instanceof Inet6Address;
        boolean loopback = own.isLoopbackAddress() == target.getAddress().isLoopbackAddress();
        return isOpen() && same && (own.isAnyLocalAddress() || loopback);
    }

    boolean isOpen() {
        return socket.isOpen() && !closing;
    }

    /** Whether it was made to dial from. */
    boolean isKept() {
        return kept;
    }

    int linkCount() {
        return links.size();
    }

    boolean isListening() {
        return takesLinks() && isOpen();
    }

    private boolean takesLinks() {
        return accept != null;
    }

    void whenClosed(Runnable then) {
        socket.closeFuture().addListener(gone -> then.run());
    }

    /** Takes incoming links again; false if it is too late for that. */
    synchronized boolean listen(Consumer<Link> taker) {
        if (closing) {
            return false;
        }
        accept = taker;
        return true;
    }

    /** Takes no more incoming links. Blocks until the socket is closed, if no link needs it. */
    void stopListening() {
        accept = null;
        closeIfUnused();
        if (closing && !socket.eventLoop().inEventLoop()) {
            socket.closeFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void closeIfUnused() {
        if (!kept && accept == null && links.isEmpty() && !closing) {
            closing = true;
            socket.eventLoop().execute(socket::close);
        }
    }

    /** Says goodbye on all links and closes the socket. Blocks until the port is free. */
    void close() {
        synchronized (this) {
            accept = null;
            closing = true;
        }
        socket.eventLoop().submit(() -> {
            links.forEach(link -> ((QuicChannel) link).close(true, 0, Unpooled.EMPTY_BUFFER));
            socket.flush();
            socket.close();
        });
        socket.closeFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
