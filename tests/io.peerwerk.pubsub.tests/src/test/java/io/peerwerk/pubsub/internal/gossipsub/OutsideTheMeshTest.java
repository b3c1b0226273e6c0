// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.identity.Identity;
import io.peerwerk.core.identity.PeerId;
import io.peerwerk.pubsub.internal.Peers;
import io.peerwerk.pubsub.internal.wire.Message;

/** Peers that get every message and are never partners: those that speak floodsub, and those that the user trusts. */
class OutsideTheMeshTest {

    private static final GossipsubOptions FRUGAL = GossipsubOptions.standard().withFloodPublish(false);

    private final Identity author = Peers.identity();

    private static PeerId floodsub(LoneRouter lone) {
        PeerId peer = lone.join(true, Version.FLOODSUB);
        lone.say(peer, true, LoneRouter.TOPIC);
        return peer;
    }

    private static PeerId join(LoneRouter lone, PeerId peer) {
        lone.handle(new GossipsubInput.Joined(peer, Version.V1_2, true, null));
        lone.say(peer, true, LoneRouter.TOPIC);
        return peer;
    }

    @Test
    void neitherKindIsEverGraftedOrToldWhatThereIs() {
        PeerId friend = Peers.id();
        var lone = new LoneRouter(FRUGAL.withDirect(Set.of(friend)));
        PeerId old = floodsub(lone);
        join(lone, friend);
        lone.subscribed();
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[1]));
        assertEquals(1, lone.messages(old).size());
        assertEquals(1, lone.messages(friend).size());
        lone.beat(3);
        for (PeerId peer : List.of(old, friend)) {
            assertTrue(lone.grafts(peer).isEmpty() && lone.offers(peer).isEmpty());
        }
        assertTrue(lone.mesh().isEmpty());
    }

    @Test
    void bothKindsGetWhatOthersSay() {
        PeerId friend = Peers.id();
        var lone = new LoneRouter(FRUGAL.withDirect(Set.of(friend))).subscribed();
        PeerId old = floodsub(lone);
        join(lone, friend);
        PeerId other = lone.subscriber(false);
        Message message = LoneRouter.message(author, 1);
        lone.receive(other, message);
        assertEquals(List.of(message), lone.messages(old));
        assertEquals(List.of(message), lone.messages(friend));
        Message second = LoneRouter.message(author, 2);
        lone.receive(old, second);
        assertEquals(List.of(second), lone.messages(friend));
        assertTrue(lone.messages(old).isEmpty());
    }

    @Test
    void whoPublishesWithoutASubscriptionReachesBothKinds() {
        PeerId friend = Peers.id();
        var lone = new LoneRouter(FRUGAL.withDirect(Set.of(friend)));
        PeerId old = floodsub(lone);
        join(lone, friend);
        lone.handle(new GossipsubInput.Publish(LoneRouter.TOPIC, new byte[1]));
        assertEquals(1, lone.messages(old).size());
        assertEquals(1, lone.messages(friend).size());
        assertTrue(lone.router.mesh(LoneRouter.TOPIC).isEmpty());
    }

    @Test
    void aTrustedPeerThatGraftsIsPutOutWithoutBlame() {
        PeerId friend = Peers.id();
        var lone = new LoneRouter(FRUGAL.withDirect(Set.of(friend))).subscribed();
        join(lone, friend);
        lone.graft(friend);
        assertEquals(1, lone.prunes(friend).size());
        lone.graft(friend);
        assertEquals(0, lone.score(friend));
        assertTrue(lone.mesh().isEmpty());
    }

    @Test
    void aTrustedPeerIsHeardWhateverItsScoreAndAFloodsubPeerIsNot() {
        PeerId friend = Peers.id();
        var lone = new LoneRouter(FRUGAL.withDirect(Set.of(friend))).subscribed();
        PeerId old = floodsub(lone);
        join(lone, friend);
        lone.handle(new GossipsubInput.Rated(friend, -1_000));
        lone.handle(new GossipsubInput.Rated(old, -1_000));
        lone.receive(old, LoneRouter.message(author, 1));
        assertTrue(lone.delivered().isEmpty());
        lone.receive(friend, LoneRouter.message(author, 2));
        assertEquals(1, lone.delivered().size());
        assertTrue(lone.messages(old).isEmpty());
    }

    @Test
    void controlRecordsOfAFloodsubPeerMeanNothing() {
        var lone = new LoneRouter(FRUGAL).subscribed();
        PeerId old = floodsub(lone);
        Message message = LoneRouter.message(author, 1);
        lone.graft(old);
        lone.offer(old, List.of(message.id().orElseThrow()));
        assertTrue(lone.actions.isEmpty());
        assertTrue(lone.mesh().isEmpty());
        assertEquals(0, lone.score(old));
    }
}
