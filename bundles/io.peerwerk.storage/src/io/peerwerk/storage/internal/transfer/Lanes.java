// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.core.identity.PeerId;

/**
 * A queue for each peer, whose tasks are served in batches by a few virtual threads: what piles up while a request is
 * under way goes into the next one.
 *
 * @param <T> a task
 */
abstract class Lanes<T> {

    /** Requests to one peer at a time: while one waits for the disk the other one is on the wire. */
    private static final int REQUESTS = 2;

    private final Map<PeerId, Lane> lanes = new ConcurrentHashMap<>();
    private final int batch;

    /** @param batch the most tasks in one request */
    Lanes(int batch) {
        this.batch = batch;
    }

    /** Serves some tasks of one peer and answers every one of them, whatever happens. May block. */
    abstract void serve(PeerId peer, List<T> tasks);

    /** Queues a task; never blocks. */
    void submit(PeerId peer, T task) {
        lanes.computeIfAbsent(peer, Lane::new).add(task);
    }

    /** How many tasks of the peer are not answered yet. */
    int load(PeerId peer) {
        Lane lane = lanes.get(peer);
        return lane == null ? 0 : lane.load();
    }

    private final class Lane {

        private final PeerId peer;
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<T> waiting = new ArrayDeque<>();
        private int running;
        private int unanswered;

        Lane(PeerId peer) {
            this.peer = peer;
        }

        int load() {
            lock.lock();
            try {
                return unanswered;
            } finally {
                lock.unlock();
            }
        }

        void add(T task) {
            lock.lock();
            try {
                waiting.add(task);
                unanswered++;
                if (running < REQUESTS) {
                    running++;
                    Thread.ofVirtual().name("peerwerk-lane-" + peer.brief()).start(this::run);
                }
            } finally {
                lock.unlock();
            }
        }

        private void run() {
            List<T> tasks = next(0);
            while (!tasks.isEmpty()) {
                serve(peer, tasks);
                tasks = next(tasks.size());
            }
        }

        private List<T> next(int answered) {
            lock.lock();
            try {
                unanswered -= answered;
                List<T> tasks = new ArrayList<>();
                while (tasks.size() < batch && !waiting.isEmpty()) {
                    tasks.add(waiting.poll());
                }
                if (tasks.isEmpty()) {
                    running--;
                }
                return tasks;
            } finally {
                lock.unlock();
            }
        }
    }
}
