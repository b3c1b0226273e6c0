// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.multiformats.Multiaddr;
import io.peerwerk.transport.spi.Link;

/** One attempt of a dial; its link is kept so that the socket is gone before another attempt takes the turn. */
final class Attempt {

    private final DialTargets.Target target;
    private final CompletableFuture<SwitchConnection> future = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Link> link;
    private boolean over;

    Attempt(DialTargets.Target target) {
        this.target = target;
    }

    DialTargets.Target target() {
        return target;
    }

    Multiaddr address() {
        return target.address();
    }

    /** Completes with the connection. */
    CompletableFuture<SwitchConnection> future() {
        return future;
    }

    /** Dials, unless the attempt is over. Whoever ends it meanwhile waits, since dialling does not block. */
    Optional<CompletableFuture<Link>> dial(Supplier<CompletableFuture<Link>> dial) {
        lock.lock();
        try {
            if (over) {
                return Optional.empty();
            }
            CompletableFuture<Link> dialled = dial.get();
            link = dialled;
            return Optional.of(dialled);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the link up, if there is no connection on it. */
    void end() {
        CompletableFuture<Link> last;
        lock.lock();
        try {
            over = true;
            last = link;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.cancel(false);
        }
    }
}
