// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.spi;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.peerwerk.core.multiformats.Multiaddr;

/**
 * A way to reach peers. Implementations are published as OSGi services and may serve several hosts at once. All methods
 * may be called on any thread.
 *
 * <p>Links are handed over with auto-read off, so that no byte is lost before the switch has put its handlers in place;
 * the switch turns it on. When a transport goes away it closes what it has opened.
 */
public interface Transport {

    /** Whether {@link #dial} can be tried with an address (given without {@code /p2p}). Never blocks. */
    boolean canDial(Multiaddr address);

    /** Whether {@link #listen} can be tried with an address. Never blocks. */
    boolean canListen(Multiaddr address);

    /**
     * Dials. The stage completes with a link or exceptionally with an {@link IOException}. When the caller cancels the
     * future, an attempt under way is given up and a link that comes nevertheless is closed by the transport.
     *
     * @param from addresses that the dialling host listens on with this transport: a transport that can dials from the
     *     port of one of them, so that peers see the port that others can reach behind an address translator; empty
     *     where another port is wanted
     */
    CompletableFuture<Link> dial(Multiaddr address, List<Multiaddr> from);

    /**
     * Opens the way for a peer that dials this one at the same time, through the address translators on both sides. A
     * transport whose simultaneous dials meet in one link (TCP) gives that link; one that only has to send something
     * (QUIC) does so until the caller cancels the future, and the link comes in at the listener.
     */
    default CompletableFuture<Link> knock(Multiaddr address, List<Multiaddr> from) {
        return CompletableFuture.failedFuture(new IOException("no way to meet a peer at " + address));
    }

    /**
     * Listens until the listener is closed. Blocks until the address is bound.
     *
     * @param address port 0 lets the system choose
     * @param accept  takes each incoming link; called on the link's event loop
     * @throws IOException if the address cannot be listened on
     */
    Listener listen(Multiaddr address, Consumer<Link> accept) throws IOException;
}
