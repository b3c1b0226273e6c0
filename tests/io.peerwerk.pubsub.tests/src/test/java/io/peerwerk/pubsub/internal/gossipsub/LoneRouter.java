// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.MessageSignature;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.IHave;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;
import io.peerwerk.pubsub.internal.wire.Rpc.Subscription;

/** One router on its own; a test plays all others. */
final class LoneRouter {

    static final String TOPIC = "t";

    final Identity self = Peers.identity();
    final Gossipsub router;
    /** What it wanted done with the last input. */
    List<GossipsubAction> actions = List.of();
    private long now = 50_000;

    LoneRouter() {
        this(GossipsubOptions.standard());
    }

    LoneRouter(GossipsubOptions options) {
        router = new Gossipsub(self.id(), Authors.strict(self), options,
                new Gossipsub.Environment(() -> now, new SplittableRandom(1), 0));
    }

    void handle(GossipsubInput input) {
        actions = router.handle(input);
    }

    LoneRouter subscribed() {
        handle(new GossipsubInput.Subscribe(TOPIC));
        return this;
    }

    void pass(long millis) {
        now += millis;
    }

    /** So many heartbeats; keeps the actions of all. */
    void beat(int times) {
        List<GossipsubAction> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            pass(1_000);
            handle(new GossipsubInput.Heartbeat());
            all.addAll(actions);
        }
        actions = all;
    }

    // ---- others

    PeerId join(boolean outbound, Version version) {
        PeerId peer = Peers.id();
        handle(new GossipsubInput.Joined(peer, version, outbound, null));
        return peer;
    }

    /** A peer that is subscribed to the topic. */
    PeerId subscriber(boolean outbound) {
        PeerId peer = join(outbound, Version.V1_2);
        say(peer, true, TOPIC);
        return peer;
    }

    List<PeerId> subscribers(int count) {
        return Stream.generate(() -> subscriber(false)).limit(count).toList();
    }

    void say(PeerId peer, boolean subscribe, String topic) {
        receive(peer, new Rpc(List.of(new Subscription(topic, subscribe)), List.of(), Control.NONE));
    }

    void receive(PeerId peer, Rpc rpc) {
        handle(new GossipsubInput.Received(peer, rpc));
    }

    void receive(PeerId peer, Message message) {
        receive(peer, Rpc.of(message));
    }

    void graft(PeerId peer) {
        receive(peer, Rpc.of(new Control(List.of(), List.of(), List.of(TOPIC), List.of(), List.of())));
    }

    void prune(PeerId peer, long seconds) {
        receive(peer, Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(new Prune(TOPIC, List.of(), seconds)),
                List.of())));
    }

    void offer(PeerId peer, List<MessageId> ids) {
        receive(peer, Rpc.of(new Control(List.of(new IHave(TOPIC, ids)), List.of(), List.of(), List.of(), List.of())));
    }

    void ask(PeerId peer, List<MessageId> ids) {
        receive(peer, Rpc.of(new Control(List.of(), ids, List.of(), List.of(), List.of())));
    }

    void refuse(PeerId peer, List<MessageId> ids) {
        receive(peer, Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(), ids)));
    }

    static Message message(Identity author, long sequence, int size) {
        return MessageSignature.seal(author, sequence, TOPIC, new byte[size]);
    }

    static Message message(Identity author, long sequence) {
        return message(author, sequence, 3);
    }

    // ---- what it did

    Stream<GossipsubAction.Send> sent() {
        return actions.stream().filter(GossipsubAction.Send.class::isInstance).map(GossipsubAction.Send.class::cast);
    }

    private Stream<Control> control(PeerId to) {
        return sent().filter(send -> send.to().equals(to)).map(send -> send.rpc().control());
    }

    List<String> grafts(PeerId to) {
        return control(to).flatMap(control -> control.graft().stream()).toList();
    }

    List<Prune> prunes(PeerId to) {
        return control(to).flatMap(control -> control.prune().stream()).toList();
    }

    List<MessageId> wants(PeerId from) {
        return control(from).flatMap(control -> control.iwant().stream()).toList();
    }

    List<MessageId> refusals(PeerId to) {
        return control(to).flatMap(control -> control.idontwant().stream()).toList();
    }

    List<IHave> offers(PeerId to) {
        return control(to).flatMap(control -> control.ihave().stream()).toList();
    }

    List<Message> messages(PeerId to) {
        return sent().filter(send -> send.to().equals(to)).flatMap(send -> send.rpc().messages().stream()).toList();
    }

    List<GossipsubAction.Deliver> delivered() {
        return actions.stream().filter(GossipsubAction.Deliver.class::isInstance).map(GossipsubAction.Deliver.class::cast)
                .toList();
    }

    List<PeerId> mesh() {
        return router.mesh(TOPIC);
    }

    double score(PeerId peer) {
        return router.score(peer);
    }
}
