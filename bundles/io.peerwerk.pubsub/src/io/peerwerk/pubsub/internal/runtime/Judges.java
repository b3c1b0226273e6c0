// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.peerwerk.pubsub.MessageValidator;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The validators, and their work: beside each other, up to a limit, beyond which messages are ignored. */
final class Judges {

    /** Messages that are judged at the same time. */
    private static final int AT_ONCE = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Judges.class);

    private final Map<String, List<MessageValidator>> topics = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE);

    synchronized void add(String topic, MessageValidator validator) {
        topics.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>()).add(validator);
    }

    synchronized void remove(String topic, MessageValidator validator) {
        topics.computeIfPresent(topic, (t, of) -> {
            of.remove(validator);
            return of.isEmpty() ? null : of;
        });
    }

    /** Whether anybody judges the topic. */
    boolean has(String topic) {
        return topics.containsKey(topic);
    }

    /** Judges a message on another thread. */
    void judge(PubSubMessage message, Consumer<Verdict> verdict) {
        if (!places.tryAcquire()) {
            verdict.accept(Verdict.IGNORE);
            return;
        }
        Thread.ofVirtual().name("pubsub-judge").start(() -> {
            try {
                verdict.accept(judge(message));
            } finally {
                places.release();
            }
        });
    }

    private Verdict judge(PubSubMessage message) {
        Verdict worst = Verdict.ACCEPT;
        for (MessageValidator validator : topics.getOrDefault(message.topic(), List.of())) {
            worst = worst.and(judge(validator, message));
        }
        return worst;
    }

    /** The edge to foreign code: a validator that fails has not judged. */
    private static Verdict judge(MessageValidator validator, PubSubMessage message) {
        try {
            return validator.judge(message);
        } catch (RuntimeException e) {
            LOG.warn("a validator of {} failed", message.topic(), e);
            return Verdict.IGNORE;
        }
    }
}
