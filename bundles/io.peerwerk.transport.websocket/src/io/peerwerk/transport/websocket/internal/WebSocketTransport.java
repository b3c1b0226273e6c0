// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.websocket.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.sockets.BoundSocket;
import io.peerwerk.transport.sockets.TcpSockets;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/**
 * WebSocket over TCP, and for dialling over TLS too: addresses of the form {@code /ip4/192.0.2.1/tcp/80/ws} and
 * {@code /ip4/192.0.2.1/tcp/443/tls/sni/example.org/ws}. A server's certificate is checked as browsers do, by the trust
 * store of the JDK.
 */
@Component(service = Transport.class)
public final class WebSocketTransport implements Transport, AutoCloseable {

    private static final Multiaddr WS = Multiaddr.of("/ws");
    private static final Multiaddr TLS_WS = Multiaddr.of("/tls/ws");

    private final TcpSockets sockets = TcpSockets.fastest("peerwerk-ws");
    private final SslContext trust;
    private final @Nullable SslContext certificate;

    /** As web browsers: trusts the authorities that the JDK trusts, and has no certificate of its own. */
    @Activate
    public WebSocketTransport() {
        this(trustOfTheJdk(), null);
    }

    /**
     * With trust and a certificate of one's own.
     *
     * @param trust       for dialling over TLS
     * @param certificate for listening with TLS; null if that is not wanted
     */
    public WebSocketTransport(SslContext trust, @Nullable SslContext certificate) {
        this.trust = trust;
        this.certificate = certificate;
    }

    private static SslContext trustOfTheJdk() {
        try {
            return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        } catch (SSLException e) {
            throw new UncheckedIOException("the trust store of the JDK cannot be used", e);
        }
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return WebAddress.of(address).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return WebAddress.of(address).filter(web -> !web.tls() || certificate != null).isPresent();
    }

    private static WebAddress web(Multiaddr address) {
        return WebAddress.of(address)
                .orElseThrow(() -> new IllegalArgumentException("not a WebSocket address: " + address));
    }

    // ---- dial

    /**
     * {@inheritDoc}
     *
     * <p>From a port of the system's choice: when two dial each other from the ports they listen on, both are in one
     * link, and both ask for a web server that is not there.
     */
    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        WebAddress web = web(address);
        var link = new CompletableFuture<Link>();
        CompletableFuture<Channel> connecting = sockets.connect(web.socket(), List.of(), channel ->
                upgrade(channel, web).whenComplete((open, failure) -> {
                    if (failure == null) {
                        give(link, channel, web, address);
                    } else if (channel.isActive()) { // else it never was connected, or it is told below
                        link.completeExceptionally(failure);
                    }
                }));
        link.whenComplete((made, failure) -> {
            if (failure != null && !connecting.cancel(false) && !connecting.isCompletedExceptionally()) {
                connecting.join().close();
            }
        });
        connecting.whenComplete((channel, failure) -> {
            if (failure != null) {
                link.completeExceptionally(failure);
            } else {
                channel.closeFuture().addListener(closed ->
                        link.completeExceptionally(new IOException("the peer hung up")));
            }
        });
        return link;
    }

    private CompletableFuture<Void> upgrade(Channel channel, WebAddress web) {
        if (web.tls()) {
            String name = web.host();
            String host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            channel.pipeline().addLast(trust.newHandler(channel.alloc(), host, web.socket().getPort()));
        }
        return ClientUpgrade.install(channel.pipeline(), web.uri(), web.tls(), new FrameHandler(System::nanoTime));
    }

    private static void give(CompletableFuture<Link> link, Channel channel, WebAddress web, Multiaddr address) {
        if (!link.complete(link(channel, web.tls(), address))) {
            channel.close();
        }
    }

    private static Link link(Channel channel, boolean tls, Multiaddr remote) {
        return new Link.Raw(channel, over((InetSocketAddress) channel.localAddress(), tls), remote);
    }

    private static Multiaddr over(InetSocketAddress socket, boolean tls) {
        return Multiaddr.tcp(socket).encapsulate(tls ? TLS_WS : WS);
    }

    // ---- listen

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        WebAddress web = web(address);
        SslContext server = certificate;
        if (web.tls() && server == null) {
            throw new IOException("there is no certificate to listen with on " + address);
        }
        Channel bound = sockets.listen(web.socket(), channel -> {
            if (web.tls() && server != null) {
                channel.pipeline().addLast(server.newHandler(channel.alloc()));
            }
            ServerUpgrade.install(channel.pipeline(), new FrameHandler(System::nanoTime));
            accept.accept(link(channel, web.tls(), over((InetSocketAddress) channel.remoteAddress(), web.tls())));
        });
        return new BoundSocket(bound, over((InetSocketAddress) bound.localAddress(), web.tls()));
    }

    /** Closes all listeners and links and ends the event loops; when it returns, the ports are free. */
    @Override
    @Deactivate
    public void close() {
        sockets.close();
    }
}
