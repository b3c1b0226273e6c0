// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.channel.embedded.EmbeddedChannel;
import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;

/** Notes what is dialled; what is told to hang does so until it is given up. */
final class DeafTransport implements Transport {

    final List<Multiaddr> knocked = new CopyOnWriteArrayList<>();
    final List<Multiaddr> dialled = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final List<List<Multiaddr>> dialledFrom = new CopyOnWriteArrayList<>();
    volatile boolean hangs;
    volatile boolean connects;
    volatile boolean breaks;

    @Override
    public boolean canDial(Multiaddr address) {
        return address.tcpAddress().filter(a -> !a.isUnresolved()).isPresent();
    }

    @Override
    public boolean canListen(Multiaddr address) {
        return false;
    }

    @Override
    public CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from) {
        dialled.add(address);
        dialledFrom.add(from);
        return link(address, from);
    }

    @Override
    public CompletableFuture<Link> knock(Multiaddr address, List<Multiaddr> from) {
        knocked.add(address);
        return link(address, from);
    }

    private CompletableFuture<Link> link(Multiaddr address, List<Multiaddr> from) {
        if (breaks) {
            throw new IllegalArgumentException("nothing can be made of " + address);
        }
        if (connects) {
            Multiaddr local = from.isEmpty() ? Multiaddr.of("/ip4/192.0.2.7/tcp/50000") : from.getFirst();
            return CompletableFuture.completedFuture(new Link.Raw(new EmbeddedChannel(), local, address));
        }
        var link = new CompletableFuture<Link>();
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        link.whenComplete((made, failure) -> open.decrementAndGet());
        if (!hangs) {
            link.completeExceptionally(new IOException("nobody is there"));
        }
        return link;
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        throw new IOException("this transport only dials");
    }
}
