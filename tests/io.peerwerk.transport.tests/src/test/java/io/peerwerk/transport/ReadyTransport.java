// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.handler.flow.FlowControlHandler;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.SecureChannel;
import io.peerwerk.transport.spi.Secured;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.NoiseChannel;
import io.peerwerk.transport.tcp.internal.TcpTransport;
import io.peerwerk.transport.tcp.internal.YamuxMuxer;

/**
 * A transport whose links are secure and carry streams by their nature, as those of QUIC are: here plain TCP with Noise
 * and yamux that nobody negotiates.
 */
final class ReadyTransport implements Transport, AutoCloseable {

    private final TcpTransport tcp = new TcpTransport();
    private final NoiseChannel noise = new NoiseChannel();
    private final Identity identity;

    ReadyTransport(Identity identity) {
        this.identity = identity;
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return tcp.canDial(address);
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return tcp.canListen(address);
    }

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        return tcp.dial(address, from).thenCompose(raw -> ready(raw, true));
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        return tcp.listen(address, raw -> ready(raw, false).thenAccept(accept));
    }

    private CompletionStage<Link> ready(Link raw, boolean initiator) {
        Channel channel = raw.channel();
        var task = new SecureChannel.Task(identity, initiator, Optional.empty(), List.of());
        var link = new CompletableFuture<Link>();
        channel.eventLoop().execute(() -> {
            CompletionStage<Secured> securing = noise.secure(channel, task);
            // Keeps what has come together with the handshake's end until the switch reads.
            channel.pipeline().addLast(new FlowControlHandler());
            securing.whenComplete((secured, failure) -> {
                channel.config().setAutoRead(false);
                if (failure != null) {
                    link.completeExceptionally(failure);
                } else {
                    link.complete(new Link.Ready(channel, raw.localAddress(), raw.remoteAddress(), "by nature", secured,
                            new YamuxMuxer()));
                }
            });
            channel.config().setAutoRead(true);
        });
        return link;
    }

    @Override
    public void close() {
        tcp.close();
    }
}
