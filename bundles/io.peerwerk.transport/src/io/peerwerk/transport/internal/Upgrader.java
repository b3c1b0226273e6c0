// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.transport.internal.limits.ConnectionLease;
import io.peerwerk.transport.internal.multistream.NegotiationHandler;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Muxer;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.spi.Transport;

/** Makes a connection out of a link: negotiates security, secures, negotiates a muxer, starts it. */
final class Upgrader {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrader.class);

    /**
     * Bytes in the channel's queue at which the muxer stops feeding it and goes on again: enough for the socket never
     * to run dry, little enough that streams share the link in short turns.
     */
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(256 * 1024, 512 * 1024);

    /**
     * A link to be upgraded.
     *
     * @param lease what it counts for; closed when the link is gone
     */
    record Order(Link link, Transport transport, boolean initiator, Optional<PeerId> expected, ConnectionLease lease) {
    }

    private record Choice(Secured secured, String security, Muxer muxer) {
    }

    private final List<SecureChannel> secureChannels = new CopyOnWriteArrayList<>();
    private final List<Muxer> muxers = new CopyOnWriteArrayList<>();
    private final Identity identity;
    private final InstantSource clock;
    private final SwitchConnection.Environment environment;

    Upgrader(Identity identity, InstantSource clock, SwitchConnection.Environment environment) {
        this.identity = identity;
        this.clock = clock;
        this.environment = environment;
    }

    void add(SecureChannel secure) {
        secureChannels.add(secure);
    }

    void remove(SecureChannel secure) {
        secureChannels.remove(secure);
    }

    void add(Muxer muxer) {
        muxers.add(muxer);
    }

    void remove(Muxer muxer) {
        muxers.remove(muxer);
    }

    /**
     * Upgrades. May be called on any thread. The future completes on the link's event loop, with the connection or with
     * an {@link IOException}; the link is closed then. Cancelling closes the link.
     */
    CompletableFuture<SwitchConnection> upgrade(Order order) {
        var result = new CompletableFuture<SwitchConnection>();
        Channel channel = order.link().channel();
        channel.closeFuture().addListener(closed -> order.lease().close());
        result.whenComplete((connection, failure) -> {
            if (failure != null) {
                channel.close();
            }
        });
        try {
            channel.eventLoop().execute(() -> begin(order, result));
        } catch (RuntimeException e) {
            result.completeExceptionally(new IOException("the transport is closing", e));
        }
        return result;
    }

    private void begin(Order order, CompletableFuture<SwitchConnection> result) {
        Channel channel = order.link().channel();
        Duration limit = environment.options().handshakeTimeout();
        var late = new SocketTimeoutException("no handshake within " + limit.toSeconds() + " s");
        var timer = channel.eventLoop()
                .schedule(() -> result.completeExceptionally(late), limit.toMillis(), TimeUnit.MILLISECONDS);
        var traffic = new Traffic(order.lease());
        channel.config().setWriteBufferWaterMark(WATER);
        channel.pipeline().addFirst(traffic);
        channel.closeFuture().addListener(closed -> result.completeExceptionally(new IOException("the peer hung up")));
        choose(order, channel).whenComplete((choice, failure) -> {
            timer.cancel(false);
            if (failure != null) {
                result.completeExceptionally(unwrapped(failure));
            } else if (!result.isDone()) {
                start(order, choice, traffic, result);
            }
        });
        channel.config().setAutoRead(true);
    }

    private CompletionStage<Choice> choose(Order order, Channel channel) {
        try {
            return switch (order.link()) {
                case Link.Ready ready -> CompletableFuture.completedFuture(
                        new Choice(checked(order, ready.secured()), ready.security(), ready.muxer()));
                case Link.Raw raw -> {
                    List<String> offered = secureChannels.stream().map(SecureChannel::protocol).toList();
                    yield negotiate(channel, order, offered).thenCompose(security -> secure(order, channel, security));
                }
            };
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Choice> secure(Order order, Channel channel, String security) {
        Optional<SecureChannel> secure = secureChannels.stream().filter(s -> s.protocol().equals(security)).findFirst();
        if (secure.isEmpty()) {
            return gone(security);
        }
        List<String> offered = muxers.stream().map(Muxer::protocol).toList();
        var task = new SecureChannel.Task(identity, order.initiator(), order.expected(), offered);
        return secure.get().secure(channel, task).thenCompose(secured -> {
            try {
                checked(order, secured);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
            CompletionStage<String> agreed = secured.muxer().isPresent()
                    ? CompletableFuture.completedFuture(secured.muxer().get())
                    : negotiate(channel, order, offered);
            return agreed.thenCompose(muxer -> chosen(secured, security, muxer));
        });
    }

    private CompletionStage<Choice> chosen(Secured secured, String security, String name) {
        Optional<Muxer> muxer = muxers.stream().filter(m -> m.protocol().equals(name)).findFirst();
        return muxer.isEmpty() ? gone(name)
                : CompletableFuture.completedFuture(new Choice(secured, security, muxer.get()));
    }

    private static CompletionStage<Choice> gone(String service) {
        return CompletableFuture.failedFuture(new IOException(service + " is not available any more"));
    }

    private static CompletionStage<String> negotiate(Channel channel, Order order, List<String> offered) {
        if (offered.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("no secure channel or muxer is there"));
        }
        NegotiationHandler handler = order.initiator() ? NegotiationHandler.proposing(offered)
                : NegotiationHandler.responding(offered::contains);
        channel.pipeline().addLast(handler);
        return handler.agreed();
    }

    private Secured checked(Order order, Secured secured) throws IOException {
        if (order.expected().isPresent() && !order.expected().get().equals(secured.peer())) {
            throw new IOException("another peer is there: " + secured.peer());
        }
        if (secured.peer().equals(identity.id())) {
            throw new IOException("this peer itself is there");
        }
        environment.welcome(order.link(), secured.peer());
        order.lease().identified(secured.peer());
        return secured;
    }

    private void start(Order order, Choice choice, Traffic traffic, CompletableFuture<SwitchConnection> result) {
        Instant now = clock.instant();
        var connection = new SwitchConnection(environment, new SwitchConnection.Facts(order.link(), order.transport(),
                order.initiator(), choice.secured(), choice.security(), choice.muxer().protocol(), now, traffic,
                order.lease()));
        Channel channel = order.link().channel();
        try {
            connection.start(choice.muxer().start(channel, order.initiator(), connection));
        } catch (RuntimeException e) {
            connection.closed("the muxer failed");
            result.completeExceptionally(new IOException("the muxer failed", e));
            return;
        }
        channel.pipeline().addLast(new Last());
        if (!environment.admit(connection)) {
            connection.close();
            result.completeExceptionally(new IOException("this host or its transport goes, or the rules have changed"));
        } else if (isGone(order.link(), choice)) {
            connection.close();
            result.completeExceptionally(new IOException("the secure channel or the muxer goes"));
        } else if (!result.complete(connection)) {
            connection.close();
        }
    }

    /** Whether a service that was chosen is not there any more; a link that is ready brought its own. */
    private boolean isGone(Link link, Choice choice) {
        return link instanceof Link.Raw && !(muxers.contains(choice.muxer())
                && secureChannels.stream().anyMatch(s -> s.protocol().equals(choice.security())));
    }

    private static IOException unwrapped(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        Throwable cause = wrapped ? failure.getCause() : failure;
        return cause instanceof IOException e ? e : new IOException(cause.toString(), cause);
    }

    /** The end of a pipeline: nothing should come here. */
    private static final class Last extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("closing the link to {}: {}", ctx.channel().remoteAddress(), cause.toString());
            ctx.close();
        }
    }
}
