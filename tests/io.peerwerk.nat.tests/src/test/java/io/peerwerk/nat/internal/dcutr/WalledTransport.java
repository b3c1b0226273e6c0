// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.dcutr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;
import io.peerwerk.transport.spi.Listener;
import io.peerwerk.transport.spi.Transport;
import io.peerwerk.transport.tcp.internal.TcpTransport;

/**
 * TCP behind a wall that lets nobody in until this end has knocked. Who comes too early waits, as with a SYN that is
 * dropped and sent again, or is sent away.
 */
final class WalledTransport implements Transport, AutoCloseable {

    private final TcpTransport tcp = new TcpTransport();
    private final boolean hold;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean open;

    WalledTransport(boolean hold) {
        this.hold = hold;
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
        return tcp.dial(address, from);
    }

    @Override
    public CompletableFuture<Link> knock(Multiaddr address, List<Multiaddr> from) {
        synchronized (this) {
            open = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
        return new CompletableFuture<>();
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException {
        return tcp.listen(address, link -> {
            synchronized (this) {
                if (open) {
                    accept.accept(link);
                } else if (hold) {
                    waiting.add(() -> accept.accept(link));
                } else {
                    link.channel().close();
                }
            }
        });
    }

    @Override
    public void close() {
        tcp.close();
    }
}
