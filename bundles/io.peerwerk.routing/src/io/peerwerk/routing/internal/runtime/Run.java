// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.routing.internal.kad.Contact;
import io.peerwerk.routing.internal.kad.Lookup;
import io.peerwerk.routing.internal.wire.KadMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one lookup out: a virtual thread for each question under way, all results taken on the caller's thread. */
final class Run {

    /** The longest a lookup takes, measured in the longest that one peer may take. */
    private static final int LIMIT = 6;

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final Lookup lookup;
    private final KadMessage question;
    private final Asking asking;
    private final Duration patience;
    private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Map<PeerId, Asked> open = new HashMap<>();

    /** Asks one peer; blocks. */
    @FunctionalInterface
    interface Asking {
        Reply ask(Contact peer, KadMessage question) throws IOException;
    }

    /** Hears what comes, on the thread of the lookup. */
    interface Listener {

        /** A peer has answered; the lookup knows it already. */
        void answered(Contact peer, Reply reply);

        /** A peer has not answered. */
        void missed(Contact peer);

        /** Whether what was looked for is found. */
        boolean enough();

        /** The peers that an answer tells of, as far as they can be asked. */
        List<Contact> closer(KadMessage answer);
    }

    /** A peer has answered, or not; without a peer it is nothing but a reason to look whether it is enough. */
    private record Outcome(@Nullable Contact peer, @Nullable Reply reply) {
    }

    private record Asked(Contact peer, Thread thread, long deadline) {
    }

    /** @param patience a peer that has not answered by then is taken for silent, dial included */
    Run(Lookup lookup, KadMessage question, Asking asking, Duration patience) {
        this.lookup = lookup;
        this.question = question;
        this.asking = asking;
        this.patience = patience;
    }

    /** Until the lookup is done, enough is found, or the time is up. */
    void until(Listener listener) throws InterruptedIOException {
        long end = System.nanoTime() + patience.multipliedBy(LIMIT).toNanos();
        try {
            start();
            while (!lookup.isDone() && !listener.enough() && System.nanoTime() - end < 0) {
                Outcome outcome = outcomes.poll(patience(end), TimeUnit.NANOSECONDS);
                Contact peer = outcome == null ? null : outcome.peer();
                if (peer != null && open.remove(peer.id()) != null) {
                    take(peer, outcome.reply(), listener);
                }
                giveUp(listener);
                start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others were asked");
        } finally {
            open.values().forEach(asked -> asked.thread().interrupt());
        }
    }

    /** It may be enough now. Any thread may call it. */
    void wake() {
        outcomes.add(new Outcome(null, null));
    }

    private void take(Contact peer, @Nullable Reply reply, Listener listener) {
        if (reply == null) {
            lookup.failed(peer.id());
            listener.missed(peer);
        } else {
            lookup.answered(peer.id(), reply.from(), listener.closer(reply.message()));
            listener.answered(peer, reply);
        }
    }

    private void start() {
        for (Contact peer : lookup.next()) {
            Thread thread = Thread.ofVirtual().name("routing-ask-" + peer.id().brief()).unstarted(() -> ask(peer));
            open.put(peer.id(), new Asked(peer, thread, System.nanoTime() + patience.toNanos()));
            thread.start();
        }
    }

    private void ask(Contact peer) {
        Reply reply = null;
        try {
            reply = asking.ask(peer, question);
        } catch (IOException e) {
            LOG.debug("{} does not answer: {}", peer.id().brief(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a question to {} failed", peer.id().brief(), e);
        }
        outcomes.add(new Outcome(peer, reply));
    }

    private long patience(long end) {
        long first = open.values().stream().mapToLong(Asked::deadline).min().orElse(end);
        long until = first - end < 0 ? first : end;
        return Math.max(1, until - System.nanoTime());
    }

    private void giveUp(Listener listener) {
        long now = System.nanoTime();
        for (Iterator<Asked> each = open.values().iterator(); each.hasNext();) {
            Asked asked = each.next();
            if (now - asked.deadline() >= 0) {
                each.remove();
                asked.thread().interrupt();
                lookup.failed(asked.peer().id());
                listener.missed(asked.peer());
            }
        }
    }
}
