// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.quic.Quic;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/**
 * QUIC v1 (RFC 9000) over IPv4 and IPv6 as libp2p uses it: addresses of the form {@code
 * /ip4/192.0.2.1/udp/4001/quic-v1}, for dialling also {@code /dns/example.org/udp/4001/quic-v1} with {@code dns4} and
 * {@code dns6}. Serves one identity, whose certificate is shown in every handshake.
 */
public final class QuicTransport implements Transport, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QuicTransport.class);

    private static final int MAX_LOOPS = 8;

    private static final int CLOSE_SECONDS = 3;

    private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
    private final ReentrantLock binding = new ReentrantLock();
    private final SecureRandom random = new SecureRandom();
    private final EventLoopGroup loops;
    private final int threads;
    private final Endpoint.Shared shared;
    private volatile boolean closed;

    /** With the fastest sockets of this machine. */
    public QuicTransport(Identity identity) {
        this(identity, DatagramSockets.best());
    }

    QuicTransport(Identity identity, DatagramSockets sockets) {
        Quic.ensureAvailability();
        this.threads = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("peerwerk-quic", true),
                sockets.loops());
        this.shared = new Endpoint.Shared(loops, sockets, PeerTls.of(identity, random), random);
        LOG.debug("QUIC over {} with {} event loops", sockets.name(), threads);
    }

    /** The same over Java's own sockets, for comparison. */
    public static QuicTransport overNio(Identity identity) {
        return new QuicTransport(identity, DatagramSockets.nio());
    }

    @Override
    public boolean canDial(Multiaddr address) {
        return QuicAddress.socket(address).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return canDial(address) && !QuicAddress.socket(address).get().isUnresolved();
    }

    private static InetSocketAddress socket(Multiaddr address) {
        return QuicAddress.socket(address)
                .orElseThrow(() -> new IllegalArgumentException("not a QUIC address: " + address));
    }

    // ---- dial

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        var link = new CompletableFuture<Link>();
        InetSocketAddress target = socket(address);
        Thread.ofVirtual().name("dial").start(() -> {
            try {
                InetSocketAddress resolved = resolve(target, address);
                endpoint(resolved, from).dial(resolved, address, link);
                PortProbe.watch(resolved, link);
            } catch (IOException e) {
                link.completeExceptionally(e);
            } catch (RuntimeException e) {
                link.completeExceptionally(new IOException("the transport does not dial any more", e));
            }
        });
        return link;
    }

    private static InetSocketAddress resolve(InetSocketAddress target, Multiaddr address) throws IOException {
        if (!target.isUnresolved()) {
            return target;
        }
        try {
            InetAddress host = Arrays.stream(InetAddress.getAllByName(target.getHostString()))
                    .filter(ip -> ip instanceof Inet4Address ? !address.has(Protocol.DNS6)
                            : !address.has(Protocol.DNS4))
                    .findFirst().orElseThrow(() -> new UnknownHostException(target.getHostString()));
            return new InetSocketAddress(host, target.getPort());
        } catch (UnknownHostException e) {
            throw new IOException("no address is known for " + target.getHostString(), e);
        }
    }

    /**
     * The endpoint to dial from: one that is listened on, so that peers see its port, or else one of those kept for
     * dialling. There are as many as event loops: a fresh socket with its codecs takes 20 ms, most of the handshake.
     */
    private Endpoint endpoint(InetSocketAddress target, List<Multiaddr> from) throws IOException {
        Endpoint listening = listening(target, from);
        return listening != null ? listening : dialling(target);
    }

    private Endpoint dialling(InetSocketAddress target) throws IOException {
        binding.lock();
        try {
            List<Endpoint> there = endpoints.stream()
                    .filter(e -> e.isKept() && !e.isListening() && e.reaches(target)).toList();
            if (there.size() >= threads) {
                return Collections.min(there, Comparator.comparingInt(Endpoint::linkCount));
            }
            String wildcard = target.getAddress() instanceof Inet6Address ? "::" : "0.0.0.0";
            return open(new InetSocketAddress(InetAddress.getByName(wildcard), 0), null);
        } finally {
            binding.unlock();
        }
    }

    private @Nullable Endpoint listening(InetSocketAddress target, List<Multiaddr> from) {
        return endpoints.stream().filter(e -> e.isListening() && e.reaches(target))
                .filter(e -> from.contains(QuicAddress.of(e.local()))).findFirst().orElse(null);
    }

    private Endpoint open(InetSocketAddress local, @Nullable Consumer<Link> accept) throws IOException {
        binding.lock();
        try {
            if (closed) {
                throw new IOException("the transport is closed");
            }
            var endpoint = new Endpoint(shared, local, accept);
            endpoints.add(endpoint);
            endpoint.whenClosed(() -> endpoints.remove(endpoint));
            return endpoint;
        } finally {
            binding.unlock();
        }
    }

    @Override
    public CompletableFuture<Link> knock(Multiaddr address, List<Multiaddr> from) {
        InetSocketAddress target = socket(address);
        Endpoint endpoint = target.isUnresolved() ? null : listening(target, from);
        if (endpoint == null) {
            return CompletableFuture.failedFuture(
                    new IOException("nothing is listened on here that " + address + " could answer to"));
        }
        return Knocking.start(endpoint, target, random, loops);
    }

    // ---- listen

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        InetSocketAddress local = socket(address);
        // Links may still live on a socket that was listened on before; it takes new ones again then.
        for (Endpoint endpoint : endpoints) {
            if (!endpoint.isListening() && endpoint.local().equals(local)) {
                if (endpoint.listen(accept)) {
                    return new QuicListener(endpoint);
                }
                endpoint.stopListening();
            }
        }
        return new QuicListener(open(local, accept));
    }

    private record QuicListener(Endpoint endpoint) implements Listener {

        @Override
        public Multiaddr address() {
            return QuicAddress.of(endpoint.local());
        }

        @Override
        public boolean isOpen() {
            return endpoint.isListening();
        }

        @Override
        public void close() {
            endpoint.stopListening();
        }
    }

    /** Closes all listeners and links and ends the event loops; when it returns, the ports are free. */
    @Override
    public void close() {
        binding.lock();
        try {
            closed = true;
        } finally {
            binding.unlock();
        }
        List.copyOf(endpoints).forEach(Endpoint::close);
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
