// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.quic.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.peerwerk.transport.spi.Link;

/**
 * The passive side of hole punching (DCUtR): random datagrams to the peer at random intervals of 10 to 200 ms, so that
 * the address translator here lets the peer's packets in, until the caller cancels or a dial's time is over.
 */
final class Knocking {

    private static final int MIN_MILLIS = 10;
    private static final int MAX_MILLIS = 200;
    private static final int BYTES = 64;

    /** The bit that every packet of QUIC has set; ours have not, so that no server takes them for one. */
    private static final int FIXED_BIT = 0x40;

    /** Knocks at most, should nobody cancel: about a minute. */
    private static final int MAX_KNOCKS = 600;

    private final CompletableFuture<Link> future = new CompletableFuture<>();
    private final Endpoint endpoint;
    private final InetSocketAddress target;
    private final SecureRandom random;
    private final ScheduledExecutorService timer;
    private int knocks;

    private Knocking(Endpoint endpoint, InetSocketAddress target, SecureRandom random, ScheduledExecutorService timer) {
        this.endpoint = endpoint;
        this.target = target;
        this.random = random;
        this.timer = timer;
    }

    /** Starts; the future never completes, but fails when the time is over. */
    static CompletableFuture<Link> start(Endpoint endpoint, InetSocketAddress target, SecureRandom random,
            ScheduledExecutorService timer) {
        var knocking = new Knocking(endpoint, target, random, timer);
        knocking.knock();
        return knocking.future;
    }

    private void knock() {
        if (future.isDone()) {
            return;
        }
        if (++knocks > MAX_KNOCKS || !endpoint.isListening()) {
            future.completeExceptionally(new IOException("the peer did not come"));
            return;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        bytes[0] &= ~FIXED_BIT;
        endpoint.send(bytes, target);
        try {
            timer.schedule(this::knock, random.nextInt(MIN_MILLIS, MAX_MILLIS + 1), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new IOException("the transport is closed", e));
        }
    }
}
