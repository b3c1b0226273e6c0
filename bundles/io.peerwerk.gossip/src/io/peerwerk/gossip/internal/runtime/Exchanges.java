// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.transport.Exchange;
import io.peerwerk.transport.Host;

/**
 * Asks other peers, each on a virtual thread and many at a time. The outcome comes to the loop: exactly once, and in
 * time even where dialling or reading hangs.
 */
final class Exchanges {

    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

    /** Asks under way at a time, at most; further ones fail at once. */
    static final int MAX_OPEN = 128;

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

    /** The time to dial is on top: a peer that must be dialled first gets twice as long. */
    void ask(Contact to, Exchange.Protocol protocol, byte[] request, Outcome outcome) {
        if (!slots.tryAcquire()) {
            loop.run(outcome::failed);
            return;
        }
        boolean connected = host.connection(to.id()).isPresent();
        long limit = protocol.timeout().toMillis() * (connected ? 1 : 2);
        new Ask(to, protocol, request, outcome).begin(limit);
    }

    /** Waits until no ask is under way, for so long at most. */
    void drain(Duration limit) throws InterruptedException {
        if (slots.tryAcquire(MAX_OPEN, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            slots.release(MAX_OPEN);
        }
    }

    private final class Ask {
        private final Contact to;
        private final Exchange.Protocol protocol;
        private final byte[] request;
        private final Outcome outcome;
        private final AtomicBoolean over = new AtomicBoolean();

        Ask(Contact to, Exchange.Protocol protocol, byte[] request, Outcome outcome) {
            this.to = to;
            this.protocol = protocol;
            this.request = request;
            this.outcome = outcome;
        }

        void begin(long limit) {
            Thread thread = Thread.ofVirtual().name("gossip-ask-" + to.id().brief()).unstarted(this::talk);
            Future<?> alarm = loop.after(limit, () -> {
                if (over.compareAndSet(false, true)) {
                    thread.interrupt();
                    outcome.failed();
                }
            });
            this.alarm = alarm;
            thread.start();
        }

        private Future<?> alarm = Loop.NOTHING;

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
                alarm.cancel(false);
                loop.run(step);
            }
        }
    }
}
