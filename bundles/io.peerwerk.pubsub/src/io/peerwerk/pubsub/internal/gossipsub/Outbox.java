// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

/**
 * What one input leads to. For each peer all control goes together, in as few records as {@link ControlRecords} make of
 * it, behind its messages, which get a record each: so that none is longer than anybody takes.
 */
final class Outbox {

    private final List<GossipsubAction> actions = new ArrayList<>();
    private final Map<PeerId, Draft> drafts = new LinkedHashMap<>();

    private static final class Draft {
        final List<Rpc> messages = new ArrayList<>(1);
        List<Subscription> subscriptions = List.of();
        List<IHave> ihave = List.of();
        List<MessageId> iwant = List.of();
        List<String> graft = List.of();
        List<Prune> prune = List.of();
        List<MessageId> idontwant = List.of();

        List<Rpc> control() {
            return ControlRecords.of(new Rpc(subscriptions, List.of(),
                    new Control(ihave, iwant, graft, prune, idontwant)));
        }
    }

    void act(GossipsubAction action) {
        actions.add(action);
    }

    /** The same record can go to many. */
    void message(PeerId to, Rpc message) {
        draft(to).messages.add(message);
    }

    void message(PeerId to, Message message) {
        message(to, Rpc.of(message));
    }

    void subscription(PeerId to, Subscription subscription) {
        Draft draft = draft(to);
        draft.subscriptions = with(draft.subscriptions, subscription);
    }

    void ihave(PeerId to, IHave offer) {
        Draft draft = draft(to);
        draft.ihave = with(draft.ihave, offer);
    }

    void iwant(PeerId to, List<MessageId> ids) {
        Draft draft = draft(to);
        for (MessageId id : ids) {
            draft.iwant = with(draft.iwant, id);
        }
    }

    void graft(PeerId to, String topic) {
        Draft draft = draft(to);
        draft.graft = with(draft.graft, topic);
    }

    void prune(PeerId to, Prune prune) {
        Draft draft = draft(to);
        draft.prune = with(draft.prune, prune);
    }

    void dontWant(PeerId to, MessageId id) {
        Draft draft = draft(to);
        draft.idontwant = with(draft.idontwant, id);
    }

    private Draft draft(PeerId to) {
        return drafts.computeIfAbsent(to, peer -> new Draft());
    }

    private static <T> List<T> with(List<T> list, T entry) {
        List<T> longer = list.isEmpty() ? new ArrayList<>(2) : list;
        longer.add(entry);
        return longer;
    }

    /** Gives all actions, and is empty then. */
    List<GossipsubAction> flush() {
        drafts.forEach((peer, draft) -> {
            draft.messages.forEach(message -> actions.add(new GossipsubAction.Send(peer, message)));
            draft.control().forEach(control -> actions.add(new GossipsubAction.Send(peer, control)));
        });
        List<GossipsubAction> all = List.copyOf(actions);
        actions.clear();
        drafts.clear();
        return all;
    }
}
