// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.wire;

import java.util.ArrayList;
import java.util.List;

import io.peerwerk.core.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * One record. The lists are not copied: whoever makes one hands them over.
 *
 * @param subscriptions topics that the sender subscribes to or leaves
 * @param messages      messages in full
 * @param control       everything about the mesh and about messages
 */
public record Rpc(List<Subscription> subscriptions, List<Message> messages, Control control) {

    /** Says that the sender is subscribed to a topic, or no longer. */
    public record Subscription(String topic, boolean subscribe) {
    }

    /** Messages of a topic that the sender has. */
    public record IHave(String topic, List<MessageId> ids) {
    }

    /**
     * The sender takes the receiver out of its mesh of a topic.
     *
     * @param peers          others to turn to
     * @param backoffSeconds how long the receiver shall not ask to be taken in again; unsigned, 0 for nothing said
     */
    public record Prune(String topic, List<Exchanged> peers, long backoffSeconds) {
    }

    /** A peer to turn to, with the addresses that it has sealed, or nothing. */
    public record Exchanged(PeerId peer, Sealed addresses) {
    }

    /**
     * @param ihave     offers
     * @param iwant     ids of messages that the sender asks for
     * @param graft     topics in whose mesh the sender takes the receiver
     * @param prune     topics out of whose mesh it takes it
     * @param idontwant ids of messages that need not be sent any more; since 1.2
     */
    public record Control(List<IHave> ihave, List<MessageId> iwant, List<String> graft, List<Prune> prune,
            List<MessageId> idontwant) {

        /** Nothing. */
        public static final Control NONE = new Control(List.of(), List.of(), List.of(), List.of(), List.of());

        /** Whether there is nothing in it. */
        public boolean isEmpty() {
            return ihave.isEmpty() && iwant.isEmpty() && graft.isEmpty() && prune.isEmpty() && idontwant.isEmpty();
        }

        /** Whether all there is in it can be lost: a later round makes up for it. */
        public boolean isGossip() {
            return graft.isEmpty() && prune.isEmpty();
        }

        /** What must not be lost. */
        public Control withoutGossip() {
            return isGossip() ? NONE : new Control(List.of(), List.of(), graft, prune, List.of());
        }
    }

    /** A record with one message. */
    public static Rpc of(Message message) {
        return new Rpc(List.of(), List.of(message), Control.NONE);
    }

    /** A record with control alone. */
    public static Rpc of(Control control) {
        return new Rpc(List.of(), List.of(), control);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return subscriptions.isEmpty() && messages.isEmpty() && control.isEmpty();
    }

    /** The same in parts of so many messages at most: subscriptions with the first ones, control with the last. */
    public List<Rpc> parts(int most) {
        if (messages.size() <= most) {
            return List.of(this);
        }
        List<Rpc> parts = new ArrayList<>();
        for (int from = 0; from < messages.size(); from += most) {
            int to = Math.min(from + most, messages.size());
            parts.add(new Rpc(from == 0 ? subscriptions : List.of(), messages.subList(from, to),
                    to == messages.size() ? control : Control.NONE));
        }
        return parts;
    }

    /** Whether all there is in it can be lost without a message or a place in a mesh being lost with it. */
    public boolean isGossip() {
        return subscriptions.isEmpty() && messages.isEmpty() && control.isGossip();
    }

    /** The same without what can be lost; null if nothing is left. */
    public @Nullable Rpc withoutGossip() {
        var rest = new Rpc(subscriptions, messages, control.withoutGossip());
        return rest.isEmpty() ? null : rest;
    }
}
