// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Host;

/**
 * Asks other peers, each on a virtual thread and many at a time. The outcome comes to the loop: exactly once, and in
 * time even where dialling or reading hangs. To be called on the loop.
 */
final class Exchanges {

    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

    /** Asks under way at a time, at most; further ones fail at once. */
    static final int MAX_OPEN = 128;

    /** How many times the limit one waits for a peer that shows signs of life. */
    private static final int PATIENCE = 3;

    private static final long NOT_CONNECTED = -1;

    /** What becomes of an ask; called on the loop. */
    interface Outcome {
        void answered(byte[] answer, long nanos);

        void failed();
    }

    private final Host host;
    private final Loop loop;
    private final Semaphore slots = new Semaphore(MAX_OPEN);

    Exchanges(Host host, Loop loop) {
        this.host = host;
        this.loop = loop;
    }

    Host host() {
        return host;
    }

    /**
     * Asks one peer. The limit is that of the protocol; twice that if the peer must be dialled first; and three times
     * if bytes of the peer come in meanwhile, for then it is there, and merely slow or busy.
     */
    void ask(Contact to, Exchange.Protocol protocol, byte[] request, Outcome outcome) {
        if (slots.tryAcquire()) {
            new Ask(to, protocol, request, outcome).begin();
        } else {
            loop.run(outcome::failed);
        }
    }

    /** Waits until no ask is under way, for so long at most. */
    void drain(Duration limit) throws InterruptedException {
        if (slots.tryAcquire(MAX_OPEN, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            slots.release(MAX_OPEN);
        }
    }

    private final class Ask {
        private final Contact to;
        private final long limit;
        private final Exchange.Protocol protocol;
        private final byte[] request;
        private final Outcome outcome;
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        // On the loop.
        private final long bytesBefore;
        private boolean extended;

        Ask(Contact to, Exchange.Protocol protocol, byte[] request, Outcome outcome) {
            this.to = to;
            this.limit = protocol.timeout().toMillis();
            this.protocol = new Exchange.Protocol(protocol.name(), protocol.maxRequest(), protocol.maxAnswer(),
                    protocol.timeout().multipliedBy(PATIENCE));
            this.request = request;
            this.outcome = outcome;
            this.thread = Thread.ofVirtual().name("gossip-ask-" + to.id().brief()).unstarted(this::talk);
            this.bytesBefore = bytesIn();
        }

        void begin() {
            loop.after(bytesBefore == NOT_CONNECTED ? 2 * limit : limit, this::timeIsUp);
            thread.start();
        }

        private void timeIsUp() {
            if (over.get()) {
                return;
            }
            if (!extended && bytesBefore != NOT_CONNECTED && bytesIn() > bytesBefore) {
                extended = true;
                loop.after((PATIENCE - 1) * limit, this::timeIsUp);
            } else if (over.compareAndSet(false, true)) {
                thread.interrupt();
                outcome.failed();
            }
        }

        /** Over all connections with the peer: bulk data that delays the answer may take another one. */
        private long bytesIn() {
            if (host.connection(to.id()).isEmpty()) {
                return NOT_CONNECTED;
            }
            return host.connections().stream().filter(connection -> connection.peer().equals(to.id()))
                    .mapToLong(Connection::bytesIn).sum();
        }

        private void talk() {
            try {
                if (host.connection(to.id()).isEmpty()) {
                    host.connect(to.id(), to.addresses());
                }
                long start = System.nanoTime();
                byte[] answer = Exchange.ask(host, to.id(), protocol, request);
                long nanos = System.nanoTime() - start;
                end(() -> outcome.answered(answer, nanos));
            } catch (IOException e) {
                LOG.debug("{} of {} without answer: {}", protocol.name(), to.id().brief(), e.toString());
                end(outcome::failed);
            } catch (RuntimeException e) {
                LOG.error("{} of {} failed", protocol.name(), to.id().brief(), e);
                end(outcome::failed);
            } finally {
                slots.release();
            }
        }

        private void end(Runnable step) {
            if (over.compareAndSet(false, true)) {
                loop.run(step);
            }
        }
    }
}
