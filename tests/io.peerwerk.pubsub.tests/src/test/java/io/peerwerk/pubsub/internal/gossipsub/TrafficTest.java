// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.pubsub.Verdict;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions.Limits;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.MessageId;
import io.peerwerk.pubsub.internal.wire.MessageSignature;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;
import io.peerwerk.pubsub.internal.wire.RpcCodec;

class TrafficTest {

    private final LoneRouter lone = new LoneRouter().subscribed();
    private final Identity author = Peers.identity();
    private final PeerId a = lone.subscriber(false);
    private final PeerId b = lone.subscriber(false);
    private final PeerId c = lone.subscriber(false);

    private static MessageId id(Message message) {
        return message.id().orElseThrow();
    }

    private static Limits limits(int maxData, int seen, long cacheBytes, int judging) {
        Limits l = GossipsubOptions.standard().limits();
        return new Limits(maxData, seen, cacheBytes, l.subscriptions(), l.ihaves(), l.asked(), l.resent(),
                l.dontWantSize(), l.dontWants(), l.backoffs(), judging);
    }

    @Test
    void aMessageIsHeardAndPassedOnToPartnersOnceAndNeverBack() {
        lone.graft(a);
        lone.graft(b);
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        assertEquals(1, lone.delivered().size());
        assertEquals(author.id(), lone.delivered().getFirst().author());
        assertEquals(a, lone.delivered().getFirst().via());
        assertEquals(List.of(message), lone.messages(b));
        assertTrue(lone.messages(a).isEmpty());
        assertTrue(lone.messages(c).isEmpty());
        lone.receive(b, message);
        assertTrue(lone.actions.isEmpty());
    }

    @Test
    void aMessageIsNotSentToItsAuthor() {
        lone.graft(a);
        PeerId there = author.id();
        lone.handle(new GossipsubInput.Joined(there, Version.V1_2, false, null));
        lone.say(there, true, LoneRouter.TOPIC);
        lone.graft(there);
        lone.receive(a, LoneRouter.message(author, 1));
        assertTrue(lone.messages(there).isEmpty());
    }

    @Test
    void messagesOfTopicsThatNobodyHearsAreDropped() {
        lone.receive(a, MessageSignature.seal(author, 1, "other", new byte[1]));
        assertTrue(lone.actions.isEmpty());
        assertEquals(0, lone.router.holdings().seen());
        assertEquals(0, lone.score(a));
    }

    @Test
    void aForgedMessageCountsAgainstWhoBroughtItAndDoesNotKeepTheTrueOneOut() {
        lone.graft(b);
        Message genuine = LoneRouter.message(author, 1);
        Message forged = MessageSignature.seal(Peers.identity(), 1, LoneRouter.TOPIC, new byte[3]);
        lone.receive(a, Message.unsigned(author.id().toBytes(), 1, LoneRouter.TOPIC, new byte[] {9}).with(new byte[64], null));
        assertTrue(lone.delivered().isEmpty());
        assertTrue(lone.score(a) < 0);
        assertEquals(0, lone.router.holdings().seen());
        lone.receive(b, genuine);
        assertEquals(1, lone.delivered().size());
        lone.receive(b, forged); // signed by somebody, as somebody: that is a message of its own
        assertEquals(1, lone.delivered().size());
    }

    @Test
    void threeForgedMessagesAreEnoughToBeHeardNoMore() {
        for (int i = 0; i < 3; i++) {
            lone.receive(a, LoneRouter.message(author, i).with(new byte[64], null));
        }
        assertTrue(lone.score(a) < ScoreOptions.standard().thresholds().graylist());
        lone.receive(a, LoneRouter.message(author, 1));
        assertTrue(lone.actions.isEmpty());
    }

    @Test
    void aSequenceNumberThatComesAgainIsTheSameMessageWhateverItSays() {
        lone.receive(a, LoneRouter.message(author, 5, 10));
        assertEquals(1, lone.delivered().size());
        lone.receive(b, LoneRouter.message(author, 5, 11));
        assertTrue(lone.delivered().isEmpty());
        lone.pass(119_000);
        lone.beat(1);
        lone.receive(c, LoneRouter.message(author, 5, 12));
        assertEquals(1, lone.delivered().size(), "after two minutes nobody knows any more");
    }

    @Test
    void ownMessagesThatComeBackAreNotHeardAgain() {
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[1]));
        Message own = lone.delivered().getFirst().message();
        lone.receive(a, own);
        assertTrue(lone.actions.isEmpty());
        lone.pass(200_000);
        lone.beat(1);
        lone.receive(a, own); // seen too long ago: still this peer's own
        assertTrue(lone.actions.isEmpty());
        assertTrue(lone.score(a) >= 0);
    }

    @Test
    void aMessageIsAsLongAsTheLimitAndNoLonger() {
        var small = new LoneRouter(GossipsubOptions.standard().withLimits(limits(100, 10, 1_000_000, 10))).subscribed();
        PeerId peer = small.subscriber(false);
        small.receive(peer, LoneRouter.message(author, 1, 100));
        assertEquals(1, small.delivered().size());
        double before = small.score(peer);
        small.receive(peer, LoneRouter.message(author, 2, 101));
        assertTrue(small.delivered().isEmpty());
        assertEquals(before, small.score(peer), "other makes take longer ones and pass them on");
        small.offer(peer, List.of(id(LoneRouter.message(author, 2, 101))));
        assertEquals(List.of(), small.wants(peer), "it need not come again");
        small.receive(peer, LoneRouter.message(author, 3, 101).with(new byte[64], null));
        assertTrue(small.score(peer) < before, "a forged one is a forged one");
        small.receive(peer, LoneRouter.message(author, 3, 100));
        assertEquals(1, small.delivered().size(), "and keeps no true one out");
    }

    private Message numbered(byte[] number, byte[] signature) throws FormatException {
        return RpcCodec.decode(new ProtoWriter().message(2, new ProtoWriter().bytes(1, author.id().toBytes())
                .bytes(2, new byte[1]).bytes(3, number).string(4, LoneRouter.TOPIC).bytes(5, signature)).toBytes())
                .messages().getFirst();
    }

    @Test
    void aMessageWithPartsOfAnotherSizeIsNotHeardAndNobodyIsToBlame() throws FormatException {
        lone.graft(a);
        for (int length : new int[] {0, 7, 9, 64, 65, 10_000}) {
            lone.receive(b, numbered(new byte[length], new byte[64]));
            assertTrue(lone.actions.isEmpty(), "a number of " + length + " bytes");
        }
        lone.receive(b, numbered(new byte[8], new byte[1_025]));
        assertTrue(lone.actions.isEmpty());
        assertEquals(0, lone.score(b));
        lone.receive(b, numbered(new byte[8], new byte[64]));
        assertTrue(lone.score(b) < 0);
    }

    @Test
    void ofManyForgedMessagesInOneRecordThreeAreLookedAt() {
        List<Message> forged = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            forged.add(LoneRouter.message(author, i).with(new byte[64], null));
        }
        forged.forEach(message -> lone.receive(b, message));
        for (int i = 3; i < 100; i++) {
            forged.add(LoneRouter.message(author, i).with(new byte[64], null));
        }
        forged.add(LoneRouter.message(author, 1_000));
        lone.receive(a, new Rpc(List.of(), forged, Control.NONE));
        assertEquals(lone.score(b), lone.score(a));
        assertTrue(lone.delivered().isEmpty());
    }

    @Test
    void whatIsRememberedAndKeptIsBounded() {
        var small = new LoneRouter(GossipsubOptions.standard().withLimits(limits(1_000, 10, 4_000, 10))).subscribed();
        PeerId peer = small.subscriber(false);
        for (int i = 0; i < 100; i++) {
            small.receive(peer, LoneRouter.message(author, i, 500));
            assertTrue(small.router.holdings().seen() <= 10);
            assertTrue(small.router.holdings().cachedBytes() <= 4_000);
        }
        assertTrue(small.router.holdings().cached() > 0);
        small.beat(6);
        assertEquals(0, small.router.holdings().cached());
        assertEquals(0, small.router.holdings().cachedBytes());
    }

    // ---- verdicts

    @Test
    void aMessageWaitsForItsVerdictAndIsPassedOnAfterIt() {
        lone.graft(b);
        lone.handle(new GossipsubInput.Guard(LoneRouter.TOPIC, true));
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        assertEquals(List.of(new GossipsubAction.Judge(id(message), message, author.id(), a)), lone.actions);
        lone.receive(c, message);
        assertTrue(lone.actions.isEmpty());
        lone.handle(new GossipsubInput.Judged(id(message), Verdict.ACCEPT));
        assertEquals(1, lone.delivered().size());
        assertEquals(List.of(message), lone.messages(b));
        lone.handle(new GossipsubInput.Judged(id(message), Verdict.REJECT));
        assertTrue(lone.actions.isEmpty());
        assertTrue(lone.score(a) > 0);
    }

    @Test
    void aRejectedMessageCountsAgainstAllWhoBringIt() {
        lone.handle(new GossipsubInput.Guard(LoneRouter.TOPIC, true));
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        lone.receive(b, message);
        lone.handle(new GossipsubInput.Judged(id(message), Verdict.REJECT));
        lone.receive(c, message);
        assertTrue(lone.score(a) < 0 && lone.score(b) < 0 && lone.score(c) < 0);
        assertTrue(lone.delivered().isEmpty());
    }

    @Test
    void anIgnoredMessageCountsAgainstNobody() {
        lone.handle(new GossipsubInput.Guard(LoneRouter.TOPIC, true));
        Message message = LoneRouter.message(author, 1);
        lone.receive(a, message);
        lone.handle(new GossipsubInput.Judged(id(message), Verdict.IGNORE));
        lone.receive(b, message);
        assertTrue(lone.delivered().isEmpty());
        assertEquals(0, lone.score(a));
        assertEquals(0, lone.score(b));
    }

    @Test
    void whatWouldWaitBesideTooManyIsIgnored() {
        var small = new LoneRouter(GossipsubOptions.standard().withLimits(limits(1_000, 100, 4_000, 2))).subscribed();
        PeerId peer = small.subscriber(false);
        small.handle(new GossipsubInput.Guard(LoneRouter.TOPIC, true));
        for (int i = 0; i < 3; i++) {
            small.receive(peer, LoneRouter.message(author, i));
        }
        assertTrue(small.actions.isEmpty());
        assertEquals(0, small.score(peer));
    }

    @Test
    void soIsWhatWouldTakeTooMuchRoomWhileItWaits() {
        var small = new LoneRouter(GossipsubOptions.standard().withLimits(limits(1_000, 100, 2_000, 10))).subscribed();
        PeerId peer = small.subscriber(false);
        small.handle(new GossipsubInput.Guard(LoneRouter.TOPIC, true));
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            messages.add(LoneRouter.message(author, i, 900));
            small.receive(peer, messages.get(i));
        }
        assertTrue(small.actions.isEmpty());
        small.handle(new GossipsubInput.Judged(id(messages.getFirst()), Verdict.IGNORE));
        small.receive(peer, LoneRouter.message(author, 9, 900));
        assertEquals(1, small.actions.size(), "there is room again");
    }

    // ---- own messages

    @Test
    void ownMessagesGoToAllPeersOfTheTopicAndAreHeardHere() {
        PeerId elsewhere = lone.join(false, Version.V1_2);
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        for (PeerId peer : List.of(a, b, c)) {
            assertEquals(1, lone.messages(peer).size());
        }
        assertTrue(lone.messages(elsewhere).isEmpty());
        assertEquals(lone.self.id(), lone.delivered().getFirst().via());
    }

    @Test
    void ownMessagesHaveRisingNumbers() {
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        long first = lone.messages(a).getFirst().sequence();
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        assertTrue(lone.messages(a).getFirst().sequence() > first);
    }

    @Test
    void ownMessagesAreNotSentToPeersWithAVeryLowScore() {
        lone.handle(new GossipsubInput.Rated(a, ScoreOptions.standard().thresholds().publish()));
        lone.handle(new GossipsubInput.Rated(b, ScoreOptions.standard().thresholds().publish() - 0.1));
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        assertEquals(1, lone.messages(a).size());
        assertTrue(lone.messages(b).isEmpty());
    }

    @Test
    void withoutASubscriptionMessagesGoToAFewPeersThatStayTheSameForAMinute() {
        var guest = new LoneRouter(GossipsubOptions.standard().withFloodPublish(false));
        List<PeerId> peers = guest.subscribers(20);
        guest.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        List<PeerId> first = peers.stream().filter(peer -> !guest.messages(peer).isEmpty()).toList();
        assertEquals(6, first.size());
        assertTrue(guest.delivered().isEmpty());
        guest.beat(30);
        guest.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {2}));
        assertEquals(first, peers.stream().filter(peer -> !guest.messages(peer).isEmpty()).toList());
        guest.beat(59);
        assertEquals(1, guest.router.state().topics().size());
        guest.beat(2);
        assertTrue(guest.router.state().topics().isEmpty());
    }

    @Test
    void whoSubscribesAfterPublishingKeepsThosePeers() {
        var guest = new LoneRouter(GossipsubOptions.standard().withFloodPublish(false));
        List<PeerId> peers = guest.subscribers(20);
        guest.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[] {1}));
        List<PeerId> audience = peers.stream().filter(peer -> !guest.messages(peer).isEmpty()).toList();
        guest.subscribed();
        assertTrue(guest.mesh().containsAll(audience));
    }

    @Test
    void topicsHaveANameOfReasonableLength() {
        lone.handle(new GossipsubInput.Subscribe("t".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> lone.handle(new GossipsubInput.Subscribe("t".repeat(257))));
        assertThrows(IllegalArgumentException.class, () -> lone.handle(new GossipsubInput.Publish("", new byte[1])));
    }

    @Test
    void aPeerIsNotedWithSoManyTopicsAndWhoSaysMoreIsBlamed() {
        int most = GossipsubOptions.standard().limits().subscriptions();
        PeerId flood = lone.join(false, Version.V1_2);
        for (int i = 0; i < most; i++) {
            lone.say(flood, true, "topic " + i);
        }
        assertEquals(0, lone.score(flood));
        assertEquals(List.of(flood), lone.router.peers("topic " + (most - 1)));
        for (int i = 0; i < 10; i++) {
            lone.say(flood, true, "one more " + i);
        }
        assertEquals(List.of(), lone.router.peers("one more 0"));
        assertTrue(lone.score(flood) < 0);
        lone.handle(new GossipsubInput.Left(flood));
        assertFalse(lone.router.peers("topic 0").contains(flood));
    }
}
