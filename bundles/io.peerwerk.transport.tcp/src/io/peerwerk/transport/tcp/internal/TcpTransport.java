// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.tcp.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import io.netty.channel.Channel;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.sockets.BoundSocket;
import io.peerwerk.transport.sockets.TcpSockets;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/**
 * TCP over IPv4 and IPv6: addresses of the form {@code /ip4/192.0.2.1/tcp/4001}. The wildcard address of IPv6 stands for
 * IPv6 alone.
 */
@Component(service = Transport.class)
public final class TcpTransport implements Transport, AutoCloseable {

    private static final String THREADS = "peerwerk-tcp";

    private final TcpSockets sockets;

    /** With the fastest sockets of this machine. */
    @Activate
    public TcpTransport() {
        this(TcpSockets.fastest(THREADS));
    }

    private TcpTransport(TcpSockets sockets) {
        this.sockets = sockets;
    }

    /** The same over Java's own sockets, for comparison. */
    public static TcpTransport overNio() {
        return new TcpTransport(TcpSockets.java(THREADS));
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return address.tcpAddress().filter(socket -> !socket.isUnresolved()).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return canDial(address);
    }

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        return links(sockets.connect(socket(address), listening(from), channel -> { }), address);
    }

    @Override
    public CompletableFuture<Link> knock(Multiaddr address, List<Multiaddr> from) {
        return links(sockets.meet(socket(address), listening(from), channel -> { }), address);
    }

    private static CompletableFuture<Link> links(CompletableFuture<Channel> connecting, Multiaddr address) {
        CompletableFuture<Link> link = new CompletableFuture<>();
        link.whenComplete((made, failure) -> connecting.cancel(false));
        connecting.whenComplete((channel, failure) -> {
            if (failure != null) {
                link.completeExceptionally(failure);
            } else if (!link.complete(link(channel, address))) {
                channel.close();
            }
        });
        return link;
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        Channel bound = sockets.listen(socket(address), channel ->
                accept.accept(link(channel, Multiaddr.tcp((InetSocketAddress) channel.remoteAddress()))));
        return new BoundSocket(bound, Multiaddr.tcp((InetSocketAddress) bound.localAddress()));
    }

    private static Link link(Channel channel, Multiaddr remote) {
        return new Link.Raw(channel, Multiaddr.tcp((InetSocketAddress) channel.localAddress()), remote);
    }

    private static InetSocketAddress socket(Multiaddr address) {
        return address.tcpAddress().filter(socket -> !socket.isUnresolved())
                .orElseThrow(() -> new IllegalArgumentException("not a TCP address: " + address));
    }

    private static List<InetSocketAddress> listening(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::tcpAddress).flatMap(Optional::stream).toList();
    }

    /** Closes all listeners and links and ends the event loops; when it returns, the ports are free. */
    @Override
    @Deactivate
    public void close() {
        sockets.close();
    }
}
