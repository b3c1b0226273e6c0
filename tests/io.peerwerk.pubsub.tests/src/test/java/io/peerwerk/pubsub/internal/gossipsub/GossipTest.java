// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Dialect;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.Rpc.Prune;

class GossipTest {

    private final LoneRouter lone = new LoneRouter().subscribed();
    private final Identity author = Peers.identity();
    private final PeerId a = lone.subscriber(false);
    private final PeerId b = lone.subscriber(false);

    private static List<MessageId> invented(int from, int count) {
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(MessageId.of(ByteBuffer.allocate(4).putInt(from + i).array()));
        }
        return ids;
    }

    private static MessageId id(Message message) {
        return message.id().orElseThrow();
    }

    // ---- offers of others

    @Test
    void whatIsOfferedAndMissingIsAskedFor() {
        Message known = LoneRouter.message(author, 1);
        lone.receive(a, known);
        MessageId missing = id(LoneRouter.message(author, 2));
        lone.offer(b, List.of(id(known), missing, missing));
        assertEquals(List.of(missing), lone.wants(b));
    }

    @Test
    void offersOfTopicsThatNobodyHearsAreNotHeeded() {
        lone.handle(new GossipsubInput.Unsubscribe(LoneRouter.TOPIC));
        lone.offer(a, invented(0, 3));
        assertTrue(lone.wants(a).isEmpty());
    }

    @Test
    void aPeerIsHeardWithTenOffersAHeartbeat() {
        for (int i = 0; i < 10; i++) {
            lone.offer(a, invented(i, 1));
            assertEquals(1, lone.wants(a).size());
        }
        lone.offer(a, invented(10, 1));
        assertTrue(lone.wants(a).isEmpty());
        lone.beat(1);
        lone.offer(a, invented(11, 1));
        assertEquals(1, lone.wants(a).size());
    }

    @Test
    void aPeerIsAskedForFiveThousandMessagesAHeartbeat() {
        lone.offer(a, invented(0, 4_000));
        assertEquals(4_000, lone.wants(a).size());
        lone.offer(a, invented(4_000, 4_000));
        assertEquals(1_000, lone.wants(a).size());
        lone.offer(a, invented(8_000, 1));
        assertTrue(lone.wants(a).isEmpty());
    }

    @Test
    void whoOffersAndDoesNotBringIsBlamedAfterThreeSeconds() {
        for (int i = 0; i < 8; i++) {
            lone.offer(a, invented(i, 1));
        }
        lone.beat(2);
        assertTrue(lone.score(a) >= 0, "score " + lone.score(a));
        lone.beat(1);
        assertTrue(lone.score(a) < 0, "score " + lone.score(a));
        assertEquals(0, lone.router.holdings().promises());
    }

    @Test
    void whoBringsInTimeIsNotBlamedNorIsWhomAnotherOneWasFasterThan() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            messages.add(LoneRouter.message(author, i));
            lone.offer(a, List.of(id(messages.get(i))));
            lone.offer(b, List.of(id(messages.get(i))));
        }
        messages.forEach(message -> lone.receive(a, message));
        assertEquals(0, lone.router.holdings().promises());
        lone.beat(5);
        assertTrue(lone.score(a) > 0);
        assertTrue(lone.score(b) >= 0);
    }

    @Test
    void eachPeerIsSpokenToAsItSpeaksAndUnderstood() {
        PeerId js = lone.join(false, Version.V1_2);
        lone.say(js, true, LoneRouter.TOPIC);
        lone.prune(js, 100);
        Message known = LoneRouter.message(author, 1, 2_000);
        Message missing = LoneRouter.message(author, 2, 2_000);
        lone.receive(a, known);
        lone.offer(js, List.of(known.id(Dialect.JS).orElseThrow(), missing.id(Dialect.JS).orElseThrow()));
        assertEquals(List.of(id(missing)), lone.wants(js));
        assertEquals(Dialect.JS, lone.wants(js).getFirst().dialect());
        lone.receive(js, missing);
        assertEquals(0, lone.router.holdings().promises(), "what it brought is what it promised");
        lone.ask(js, List.of(known.id(Dialect.JS).orElseThrow()));
        assertEquals(List.of(known), lone.messages(js));
        lone.beat(1);
        assertTrue(lone.offers(js).getFirst().ids().stream().allMatch(id -> id.dialect() == Dialect.JS));
    }

    @Test
    void aForgedMessageKeepsNoPromise() {
        Message genuine = LoneRouter.message(author, 1);
        lone.offer(a, List.of(id(genuine)));
        lone.receive(b, genuine.with(new byte[64], null));
        assertEquals(1, lone.router.holdings().promises());
    }

    @Test
    void offersOfPeersWithALowScoreAreNotHeeded() {
        lone.handle(new GossipsubInput.Rated(a, ScoreOptions.standard().thresholds().gossip() - 0.1));
        lone.offer(a, invented(0, 1));
        assertTrue(lone.wants(a).isEmpty());
    }

    // ---- own offers

    @Test
    void messagesAreOfferedToPeersOutsideTheMeshForThreeHeartbeats() {
        lone.graft(a);
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        // b may be taken in at the heartbeat; so here is somebody who cannot be
        PeerId outside = lone.subscriber(false);
        lone.prune(outside, 100);
        lone.beat(3);
        assertEquals(3, lone.offers(outside).size());
        assertEquals(List.of(id(message)), lone.offers(outside).getFirst().ids());
        assertTrue(lone.offers(a).isEmpty());
        lone.beat(1);
        assertTrue(lone.offers(outside).isEmpty());
    }

    @Test
    void aQuarterOfThoseOutsideHearOfAMessageAndAtLeastSix() {
        List<PeerId> few = lone.subscribers(18);
        few.forEach(peer -> lone.prune(peer, 100));
        lone.prune(a, 100);
        lone.prune(b, 100);
        lone.receive(a, LoneRouter.message(author, 1));
        lone.beat(1);
        assertEquals(6, lone.sent().filter(send -> !send.rpc().control().ihave().isEmpty()).count());
        lone.subscribers(20).forEach(peer -> lone.prune(peer, 100));
        lone.beat(1);
        assertEquals(10, lone.sent().filter(send -> !send.rpc().control().ihave().isEmpty()).count());
    }

    @Test
    void offersOfManyTopicsGoIntoRecordsThatEverybodyReads() {
        PeerId peer = lone.join(false, Version.V1_2);
        for (int topic = 0; topic < 3; topic++) {
            String name = "topic " + topic;
            lone.handle(new GossipsubInput.Subscribe(name));
            lone.say(peer, true, name);
            lone.receive(peer, Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(new Prune(name, List.of(), 100)),
                    List.of())));
            for (int i = 0; i < 2_000; i++) {
                lone.handle(new GossipsubInput.Publish(name, new byte[1]));
            }
        }
        lone.beat(1);
        List<Integer> sizes = lone.sent().filter(send -> send.to().equals(peer))
                .map(send -> send.rpc().control().ihave().stream().mapToInt(offer -> offer.ids().size()).sum()).toList();
        assertEquals(6_000, sizes.stream().mapToInt(i -> i).sum());
        assertTrue(sizes.stream().allMatch(size -> size <= 5_000), sizes::toString);
    }

    @Test
    void peersWithALowScoreAreOfferedNothing() {
        lone.handle(new GossipsubInput.Rated(b, ScoreOptions.standard().thresholds().gossip() - 0.1));
        lone.receive(a, LoneRouter.message(author, 1));
        lone.beat(1);
        assertTrue(lone.offers(b).isEmpty());
    }

    @Test
    void whatIsAskedForIsSentThreeTimesAndNoMore() {
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        for (int i = 0; i < 3; i++) {
            lone.ask(b, List.of(id(message), id(message)));
            assertEquals(List.of(message), lone.messages(b));
        }
        lone.ask(b, List.of(id(message)));
        assertTrue(lone.messages(b).isEmpty());
        lone.ask(a, List.of(id(message)));
        assertEquals(List.of(message), lone.messages(a), "others still get it");
    }

    @Test
    void whatIsTooOldIsNotThereAnyMore() {
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        lone.beat(4);
        lone.ask(b, List.of(id(message)));
        assertEquals(1, lone.messages(b).size());
        lone.beat(1);
        lone.ask(b, List.of(id(message)));
        assertTrue(lone.messages(b).isEmpty());
    }

    // ---- what need not be sent

    @Test
    void partnersAreToldThatALargeMessageNeedNotBeSent() {
        PeerId old = lone.join(false, Version.V1_1);
        lone.say(old, true, LoneRouter.TOPIC);
        List.of(a, b, old).forEach(lone::graft);
        Message large = LoneRouter.message(author, 1, 1_024);
        lone.receive(a, large);
        assertEquals(List.of(id(large)), lone.refusals(b));
        assertTrue(lone.refusals(a).isEmpty());
        assertTrue(lone.refusals(old).isEmpty());
        lone.receive(a, LoneRouter.message(author, 2, 1_023));
        assertTrue(lone.refusals(b).isEmpty());
    }

    @Test
    void whoDoesNotWantAMessageDoesNotGetItForThreeHeartbeats() {
        List.of(a, b).forEach(lone::graft);
        Message message = LoneRouter.message(author, 1);
        lone.refuse(b, List.of(id(message)));
        lone.receive(a, message);
        assertTrue(lone.messages(b).isEmpty());
        lone.ask(b, List.of(id(message)));
        assertTrue(lone.messages(b).isEmpty());
        lone.beat(4);
        lone.ask(b, List.of(id(message)));
        assertFalse(lone.messages(b).isEmpty());
    }

    @Test
    void aThousandRefusalsAHeartbeatAreNoted() {
        List.of(a, b).forEach(lone::graft);
        Message last = LoneRouter.message(author, 1);
        Message beyond = LoneRouter.message(author, 2);
        lone.refuse(b, invented(0, 999));
        lone.refuse(b, List.of(id(last)));
        lone.refuse(b, List.of(id(beyond)));
        lone.receive(a, last);
        assertTrue(lone.messages(b).isEmpty());
        lone.receive(a, beyond);
        assertEquals(List.of(beyond), lone.messages(b));
    }
}
