// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import java.io.IOException;
import java.util.Base64;
import java.util.function.Supplier;

import io.peerwerk.core.Registration;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.node.internal.control.Messages.MessageReport;
import io.peerwerk.node.internal.control.Messages.PublishedReport;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import io.peerwerk.pubsub.PubSub;
import io.peerwerk.pubsub.PubSubMessage;
import org.jspecify.annotations.Nullable;

/** Publishes and subscribes for a caller, while the module is there. */
final class PubSubRequests {
    /** Between two looks whether the module has been replaced. */
    private static final long LOOK_MILLIS = 500;

    /** The service; as an object, since this class must load where there is none. */
    private final Supplier<@Nullable Object> service;
    private volatile @Nullable ControlEvents caller;

    PubSubRequests(Supplier<@Nullable Object> service) {
        this.service = service;
    }

    void messagesTo(ControlEvents events) {
        caller = events;
    }

    PublishedReport publish(String topic, String data) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(data);
            return new PublishedReport(topic, bytes.length, pubsub(there()).publish(topic, bytes));
        } catch (IllegalArgumentException e) {
            throw new FormatException(e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Returns only by an exception. */
    SubscribedReport subscribe(String topic) throws IOException, InterruptedException {
        Object current = there();
        while (true) {
            hear(topic, current);
            current = successor();
        }
    }

    private Object there() throws IOException {
        Object now = service.get();
        if (now == null) {
            throw new IOException("the pubsub module is not loaded");
        }
        return now;
    }

    private Object successor() throws InterruptedException {
        Object next = service.get();
        while (next == null) {
            Thread.sleep(LOOK_MILLIS);
            next = service.get();
        }
        return next;
    }

    /** As long as this one is the service. */
    private void hear(String topic, Object current) throws IOException, InterruptedException {
        PubSub pubsub = pubsub(current);
        try (Registration registration = pubsub.subscribe(topic, this::tell)) {
            ControlEvents events = caller;
            if (events != null) {
                events.subscribed(new SubscribedReport(topic, pubsub.peers(topic).size()));
            }
            while (service.get() == current) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException(e.getMessage(), e);
        } catch (IllegalStateException e) {
            if (service.get() == current) {
                throw new IOException(e.getMessage(), e);
            } // else it was about to go: there will be another one
        }
    }

    private static PubSub pubsub(Object service) {
        return (PubSub) service;
    }

    private void tell(PubSubMessage message) {
        ControlEvents events = caller;
        if (events != null) {
            boolean fits = message.size() <= Messages.MAX_PUBLISHED;
            events.message(new MessageReport(message.topic(), message.author().toString(), message.via().toString(),
                    message.sequence(), message.size(),
                    fits ? Base64.getEncoder().encodeToString(message.data()) : null));
        }
    }
}
