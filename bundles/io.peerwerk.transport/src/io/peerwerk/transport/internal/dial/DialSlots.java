// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal.dial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.Registration;

/**
 * How many attempts to dial are under way: at most so many in all and so many for one peer; the others wait. Peers take
 * turns, so that one with many addresses does not hold up the others.
 */
public final class DialSlots {

    private final class Ticket implements Registration {

        private final Object peer;
        private final Runnable start;
        private boolean running;
        private boolean closed;

        private Ticket(Object peer, Runnable start) {
            this.peer = peer;
            this.start = start;
        }

        @Override
        public void close() {
            List<Ticket> next = List.of();
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                closed = true;
                if (running) {
                    ended(this);
                    next = admitted();
                } else {
                    leave(this);
                }
            } finally {
                lock.unlock();
            }
            next.forEach(ticket -> ticket.start.run());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Object, ArrayDeque<Ticket>> waiting = new LinkedHashMap<>();
    private final Map<Object, Integer> runningOf = new HashMap<>();
    private final int max;
    private final int maxOfOne;
    private final int maxWaiting;
    private int running;
    private int queued;

    /**
     * @param max        attempts under way in all
     * @param maxOfOne   attempts under way for one peer
     * @param maxWaiting attempts that wait; further ones are refused
     */
    public DialSlots(int max, int maxOfOne, int maxWaiting) {
        this.max = max;
        this.maxOfOne = maxOfOne;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Starts an attempt now, or when its turn comes; never if what this gives is closed before.
     *
     * @param peer  whom it is for, by equality
     * @param start must not block; may run within this call or on the thread of another attempt that ends
     * @return to be closed when the attempt is over
     * @throws IllegalStateException if too many wait already
     */
    public Registration enter(Object peer, Runnable start) {
        var ticket = new Ticket(peer, start);
        List<Ticket> next;
        lock.lock();
        try {
            if (queued >= maxWaiting) {
                throw new IllegalStateException("too many dials are waiting");
            }
            waiting.computeIfAbsent(peer, p -> new ArrayDeque<>()).add(ticket);
            queued++;
            next = admitted();
        } finally {
            lock.unlock();
        }
        next.forEach(admitted -> admitted.start.run());
        return ticket;
    }

    /** Takes those whose turn it is; the peer that had its turn goes to the end. */
    private List<Ticket> admitted() {
        var next = new ArrayList<Ticket>();
        boolean found = true;
        while (found && running < max) {
            found = false;
            Iterator<Map.Entry<Object, ArrayDeque<Ticket>>> peers = waiting.entrySet().iterator();
            while (peers.hasNext() && !found) {
                Map.Entry<Object, ArrayDeque<Ticket>> entry = peers.next();
                Object peer = entry.getKey();
                if (runningOf.getOrDefault(peer, 0) < maxOfOne) {
                    found = true;
                    ArrayDeque<Ticket> line = entry.getValue();
                    peers.remove();
                    next.add(begun(line.remove()));
                    if (!line.isEmpty()) {
                        waiting.put(peer, line);
                    }
                }
            }
        }
        return next;
    }

    private Ticket begun(Ticket ticket) {
        ticket.running = true;
        queued--;
        running++;
        runningOf.merge(ticket.peer, 1, Integer::sum);
        return ticket;
    }

    private void ended(Ticket ticket) {
        running--;
        runningOf.computeIfPresent(ticket.peer, (peer, count) -> count == 1 ? null : count - 1);
    }

    private void leave(Ticket ticket) {
        ArrayDeque<Ticket> line = waiting.get(ticket.peer);
        if (line != null && line.remove(ticket)) {
            queued--;
            if (line.isEmpty()) {
                waiting.remove(ticket.peer);
            }
        }
    }

    /** Attempts under way. */
    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }
}
