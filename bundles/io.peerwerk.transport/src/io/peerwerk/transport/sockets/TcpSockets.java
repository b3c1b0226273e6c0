// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.sockets;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
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
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The TCP sockets of one transport, with event loops of their own. All methods may be called on any thread; those that
 * block not on an event loop. Channels have auto-read off.
 */
public final class TcpSockets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpSockets.class);

    static final int CLOSE_SECONDS = 3;

    /** Event loops at most: a few move more bytes than one machine's disks and links can take. */
    private static final int MAX_LOOPS = 8;

    private static final int CONNECT_MILLIS = 10_000;

    /**
     * Pause between two attempts to meet a peer, in milliseconds: much shorter than the time that translators remember
     * a packet, and long enough for a refusal not to make a flood.
     */
    private static final int MEET_PAUSE_MILLIS = 50;

    /** Attempts to bind once more, and the pause before each. */
    private static final int REBINDS = 3;
    private static final long REBIND_PAUSE_NANOS = 20_000_000;

    /** Bytes asked of the socket at a time: at first, at least and at most. Fewer, larger reads are cheaper. */
    private static final int READ_MIN = 512;
    private static final int READ_FIRST = 4 * 1024;
    private static final int READ_MAX = 512 * 1024;

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final Kind kind;
    private final EventLoopGroup loops;
    private volatile boolean closed;

    private TcpSockets(String threads, Kind kind) {
        this.kind = kind;
        int count = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
        this.loops = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(threads, true), kind.loops());
        LOG.debug("{} over {} with {} event loops", threads, kind.name(), count);
    }

    /** With the fastest sockets of this machine. */
    public static TcpSockets fastest(String threads) {
        return new TcpSockets(threads, Kind.best());
    }

    /** With Java's own sockets. */
    public static TcpSockets java(String threads) {
        return new TcpSockets(threads, Kind.nio());
    }

    // ---- dial

    /**
     * Connects. The future completes on the channel's event loop, with the channel or an {@link IOException}; cancelling
     * it gives up, and a channel that comes nevertheless is closed.
     *
     * @param listening addresses listened on; if one fits, the connection comes from its port where that can be had
     * @param start     puts the first handlers into the channel, before it connects; on its event loop
     */
    public CompletableFuture<Channel> connect(InetSocketAddress target, List<InetSocketAddress> listening,
            Consumer<Channel> start) {
        var result = new CompletableFuture<Channel>();
        SharedPort.towards(target, listening).ifPresentOrElse(
                local -> attempt(target, local, start).whenComplete((channel, failure) -> {
                    if (failure instanceof SharedPortException) {
                        LOG.debug("not from port {} to {}: {}", local.getPort(), target, failure.getMessage());
                        into(result, attempt(target, null, start));
                    } else {
                        settle(result, channel, failure);
                    }
                }),
                () -> into(result, attempt(target, null, start)));
        return result;
    }

    /**
     * Connects again and again, from the listening port that fits, until it succeeds or the future is cancelled: while
     * the peer does the same towards that port, both ends get the same connection.
     */
    public CompletableFuture<Channel> meet(InetSocketAddress target, List<InetSocketAddress> listening,
            Consumer<Channel> start) {
        var result = new CompletableFuture<Channel>();
        InetSocketAddress local = SharedPort.towards(target, listening).orElse(null);
        if (local == null) {
            result.completeExceptionally(new IOException("nothing listens here that a peer at " + target
                    + " could reach"));
        } else {
            meet(target, local, start, result);
        }
        return result;
    }

    private void meet(InetSocketAddress target, InetSocketAddress local, Consumer<Channel> start,
            CompletableFuture<Channel> result) {
        CompletableFuture<Channel> attempt = attempt(target, local, start);
        result.whenComplete((channel, failure) -> attempt.cancel(false));
        attempt.whenComplete((channel, failure) -> {
            if (failure == null || closed || result.isDone()) {
                settle(result, channel, failure);
                return;
            }
            try {
                loops.schedule(() -> meet(target, local, start, result), MEET_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                result.completeExceptionally(new IOException("the transport is closing", e));
            }
        });
    }

    /** One attempt, from a shared port or, without one, from any. */
    private CompletableFuture<Channel> attempt(InetSocketAddress target, @Nullable InetSocketAddress local,
            Consumer<Channel> start) {
        var result = new CompletableFuture<Channel>();
        if (closed) {
            result.completeExceptionally(new IOException("the transport is closed"));
            return result;
        }
        Bootstrap bootstrap = new Bootstrap().group(loops).channelFactory(kind.client())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readSizes())
                .handler(tracking(start));
        if (local != null) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
            kind.sharing().put(bootstrap);
        }
        ChannelFuture connecting = local == null ? bootstrap.connect(target) : bootstrap.connect(target, local);
        result.whenComplete((channel, failure) -> {
            if (failure != null) {
                connecting.cancel(true);
                connecting.channel().close();
            }
        });
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                settle(result, connecting.channel(), null);
            } else if (local != null && SharedPortException.is(done.cause())) {
                result.completeExceptionally(new SharedPortException(done.cause()));
            } else {
                result.completeExceptionally(done.cause());
            }
        });
        return result;
    }

    private static void into(CompletableFuture<Channel> result, CompletableFuture<Channel> attempt) {
        result.whenComplete((channel, failure) -> attempt.cancel(false));
        attempt.whenComplete((channel, failure) -> settle(result, channel, failure));
    }

    private static void settle(CompletableFuture<Channel> result, Channel channel, @Nullable Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(failure);
        } else if (!result.complete(channel)) {
            channel.close();
        }
    }

    private static AdaptiveRecvByteBufAllocator readSizes() {
        return new AdaptiveRecvByteBufAllocator(READ_MIN, READ_FIRST, READ_MAX);
    }

    // ---- listen

    /**
     * Listens. Blocks until the address is bound.
     *
     * @param accept takes each channel that comes in, before its first byte is read; on its event loop
     * @throws IOException if the address cannot be listened on, as when another socket has it
     */
    public Channel listen(InetSocketAddress local, Consumer<Channel> accept) throws IOException {
        if (closed) {
            throw new IOException("the transport is closed");
        }
        boolean ip4 = local.getAddress() instanceof Inet4Address;
        ServerBootstrap bootstrap = new ServerBootstrap().group(loops)
                .channelFactory(ip4 ? kind.server4() : kind.server6())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .handler(tracking(channel -> { }))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readSizes())
                .childHandler(tracking(channel -> {
                    if (channel.remoteAddress() instanceof InetSocketAddress && channel.localAddress() != null) {
                        accept.accept(channel);
                    } else {
                        channel.close();
                    }
                }));
        Kind.Setting<?> only6 = kind.only6();
        if (!ip4 && only6 != null) {
            only6.put(bootstrap);
        }
        if (only6 == null && hasOtherVersion(local)) {
            kind.sharing().put(bootstrap);
        }
        ChannelFuture binding = bind(bootstrap, local);
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        share(binding.channel());
        return binding.channel();
    }

    /**
     * Whether a socket of the other version of IP listens on this port. Where a wildcard of IPv6 takes IPv4 as well the
     * two have to share the port; what comes over IPv4 then goes to the socket of IPv4, which fits better.
     */
    private boolean hasOtherVersion(InetSocketAddress local) {
        return local.getPort() != 0 && channels.stream().anyMatch(channel -> channel instanceof ServerChannel
                && channel.localAddress() instanceof InetSocketAddress other && other.getPort() == local.getPort()
                && other.getAddress().getClass() != local.getAddress().getClass());
    }

    /** Java's own sockets keep their port for a moment after they were closed, until their selector looks again. */
    private ChannelFuture bind(ServerBootstrap bootstrap, InetSocketAddress local) {
        ChannelFuture binding = bootstrap.bind(local).awaitUninterruptibly();
        for (int i = 0; i < REBINDS && kind.lingers() && local.getPort() != 0 && !binding.isSuccess(); i++) {
            LockSupport.parkNanos(REBIND_PAUSE_NANOS);
            binding = bootstrap.bind(local).awaitUninterruptibly();
        }
        return binding;
    }

    /** From now on sockets that dial may share the port of one that listens. */
    private void share(Channel listening) {
        try {
            kind.sharing().put(listening);
        } catch (RuntimeException e) {
            LOG.debug("peers are dialled from other ports than {}: {}", listening.localAddress(), e.toString());
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

    /** Closes all channels and ends the event loops; when it returns, the ports are free. */
    @Override
    public void close() {
        closed = true;
        channels.forEach(channel -> channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
