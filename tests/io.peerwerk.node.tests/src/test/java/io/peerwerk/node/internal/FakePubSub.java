// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.MessageHandler;
import io.peerwerk.pubsub.MessageValidator;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.PubSubState;

/** A network of one peer, which hears itself; two others are always said to be there. */
public final class FakePubSub implements PubSub {

    private final PeerId self;
    private volatile Runnable refusal = () -> { };
    private final Map<String, MessageHandler> handlers = new ConcurrentHashMap<>();

    public FakePubSub(PeerId self) {
        this.self = self;
    }

    /** From now on it takes no subscription: does something, and fails. */
    public void refuses(String why, Runnable first) {
        refusal = () -> {
            first.run();
            throw new IllegalStateException(why);
        };
    }

    @Override
    public Registration subscribe(String topic, MessageHandler handler) {
        refusal.run();
        handlers.put(topic, handler);
        return Registration.of(() -> handlers.remove(topic, handler));
    }

    @Override
    public int publish(String topic, byte[] data) {
        if (topic.length() > MAX_TOPIC) {
            throw new IllegalArgumentException("the name of a topic is too long");
        }
        MessageHandler handler = handlers.get(topic);
        if (handler != null) {
            handler.received(new PubSubMessage(topic, data, self, 7, self));
        }
        return 2;
    }

    @Override
    public int maxMessage() {
        return 1_000;
    }

    @Override
    public Registration validate(String topic, MessageValidator validator) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rate(PeerId peer, double value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> topics() {
        return List.copyOf(handlers.keySet());
    }

    @Override
    public List<PeerId> peers(String topic) {
        return List.of(self, self);
    }

    @Override
    public PubSubState state() {
        return new PubSubState(List.of(), List.of());
    }
}
