// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Host;

/**
 * Takes requests of other peers, on the virtual threads of the host: past the doorkeeper, through the codec, to the
 * loop; and waits for what comes back.
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /** Requests that are being answered at a time, at most. */
    static final int MAX_OPEN = 256;

    /** Nanoseconds between two lines of the log about refused messages, at least. */
    private static final long LINE_EVERY = 1_000_000_000;

    private final Host host;
    private final Doorkeeper doorkeeper;
    private final Duration patience;
    private final Semaphore slots = new Semaphore(MAX_OPEN);
    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - LINE_EVERY);

    /** @param patience how long an answer may take to come back from the loop */
    Reception(Host host, Doorkeeper doorkeeper, Duration patience) {
        this.host = host;
        this.doorkeeper = doorkeeper;
        this.patience = patience;
    }

    /** Reads a request and sees to it that the answer comes; called on a thread that may wait, but should not. */
    @FunctionalInterface
    interface Handler {
        CompletableFuture<byte[]> handle(PeerId from, byte[] request) throws FormatException;
    }

    Registration open(Exchange.Protocol protocol, Handler handler) {
        return Exchange.serve(host, protocol, (from, request) -> {
            if (!doorkeeper.admits(from)) {
                throw refused(from, protocol, new IOException("too many messages"));
            }
            if (!slots.tryAcquire()) {
                throw refused(from, protocol, new IOException("too many requests at a time"));
            }
            try {
                return await(handler.handle(from, request));
            } catch (FormatException e) {
                throw refused(from, protocol, e);
            } finally {
                slots.release();
            }
        });
    }

    private byte[] await(CompletableFuture<byte[]> answer) throws IOException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        }
    }

    /** Tells in one line what was refused; a flood of refusals does not flood the log. */
    private IOException refused(PeerId from, Exchange.Protocol protocol, IOException why) {
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last >= LINE_EVERY && lastLine.compareAndSet(last, now)) {
            LOG.info("refused a message of {} over {}: {}", from.brief(), protocol.name(), why.getMessage());
        }
        return why;
    }
}
