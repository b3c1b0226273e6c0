// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.peerwerk.pubsub.MessageHandler;
import io.peerwerk.pubsub.PubSubMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear messages here, each with a queue and a thread of its own. */
final class Subscriptions implements AutoCloseable {

    /** Messages that wait for a handler, and the bytes of them; beyond, the oldest are dropped. */
    static final int MAX_WAITING = 1_000;
    static final long MAX_WAITING_BYTES = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final Map<String, List<Subscription>> topics = new ConcurrentHashMap<>();

    /** One handler. */
    static final class Subscription {
        private final String topic;
        private final MessageHandler handler;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Deque<PubSubMessage> waiting = new ArrayDeque<>();
        private final Thread thread;
        private long bytes;
        private boolean closed;

        private Subscription(String topic, MessageHandler handler) {
            this.topic = topic;
            this.handler = handler;
            this.thread = Thread.ofVirtual().name("pubsub-" + topic).unstarted(this::run);
        }

        private void put(PubSubMessage message) {
            lock.lock();
            try {
                waiting.addLast(message);
                bytes += message.size();
                while (waiting.size() > MAX_WAITING || bytes > MAX_WAITING_BYTES && waiting.size() > 1) {
                    bytes -= waiting.removeFirst().size();
                    LOG.debug("a handler of {} is too slow: a message is dropped", topic);
                }
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        private void run() {
            try {
                while (true) {
                    deliver(take());
                }
            } catch (InterruptedException e) {
                LOG.trace("the subscription ends", e);
            }
        }

        private PubSubMessage take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && !closed) {
                    changed.await();
                }
                if (closed) {
                    throw new InterruptedException("closed");
                }
                PubSubMessage next = waiting.removeFirst();
                bytes -= next.size();
                return next;
            } finally {
                lock.unlock();
            }
        }

        /** The edge of the thread: whatever a handler does, the next message comes. */
        private void deliver(PubSubMessage message) {
            try {
                handler.received(message);
            } catch (RuntimeException e) {
                LOG.warn("a handler of {} failed", topic, e);
            }
        }

        private void close() {
            lock.lock();
            try {
                closed = true;
                waiting.clear();
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Adds a handler. */
    synchronized Subscription add(String topic, MessageHandler handler) {
        var subscription = new Subscription(topic, handler);
        topics.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(subscription);
        subscription.thread.start();
        return subscription;
    }

    /** Takes a handler away. */
    synchronized void remove(Subscription subscription) {
        subscription.close();
        topics.computeIfPresent(subscription.topic, (topic, of) -> {
            of.remove(subscription);
            return of.isEmpty() ? null : of;
        });
    }

    /** Whether anybody hears the topic. */
    boolean has(String topic) {
        return topics.containsKey(topic);
    }

    /** How many topics are heard. */
    int size() {
        return topics.size();
    }

    /** Never blocks. */
    void deliver(PubSubMessage message) {
        topics.getOrDefault(message.topic(), List.of()).forEach(subscription -> subscription.put(message));
    }

    @Override
    public synchronized void close() {
        topics.values().forEach(of -> of.forEach(Subscription::close));
        topics.clear();
    }
}
