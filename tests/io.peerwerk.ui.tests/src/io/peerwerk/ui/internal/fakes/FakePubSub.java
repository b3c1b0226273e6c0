// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.fakes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.peerwerk.core.Registration;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.MessageHandler;
import io.peerwerk.pubsub.MessageValidator;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.PubSubState;

/** Publish and subscribe without a network: what the test says is heard. */
public final class FakePubSub implements PubSub {
    public final Map<String, List<MessageHandler>> handlers = new TreeMap<>();
    public final List<String> published = new ArrayList<>();
    public List<PubSubState.Topic> topics = List.of();
    public List<PubSubState.Peer> peers = List.of();
    /** How many peers each message is sent to. */
    public int reach = 1;
    /** Whether it has gone and says so. */
    public boolean gone;
    /** How many topics can be subscribed to. */
    public int room = MAX_TOPICS;
    private long sequence;

    /** A message of the peer with this number comes. */
    public void say(int author, String topic, byte[] data) {
        var message = new PubSubMessage(topic, data, FakeNode.id(author), sequence++, FakeNode.id(author));
        List.copyOf(handlers.getOrDefault(topic, List.of())).forEach(handler -> handler.received(message));
    }

    public void say(int author, String topic, String text) {
        say(author, topic, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Registration subscribe(String topic, MessageHandler handler) {
        if (!handlers.containsKey(topic) && handlers.size() >= room) {
            throw new IllegalStateException("more than " + room + " topics");
        }
        handlers.computeIfAbsent(topic, t -> new ArrayList<>()).add(handler);
        return Registration.of(() -> {
            handlers.get(topic).remove(handler);
            if (handlers.get(topic).isEmpty()) {
                handlers.remove(topic);
            }
        });
    }

    @Override
    public int publish(String topic, byte[] data) {
        if (gone) {
            throw new IllegalStateException("it has gone");
        }
        if (data.length > maxMessage()) {
            throw new IllegalArgumentException("a message of " + data.length + " bytes is longer than " + maxMessage());
        }
        published.add(topic + ": " + new String(data, StandardCharsets.UTF_8));
        return reach;
    }

    @Override
    public int maxMessage() {
        return 100;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public PubSubState state() {
        if (gone) {
            throw new IllegalStateException("it has gone");
        }
        return new PubSubState(topics, peers);
    }
}
