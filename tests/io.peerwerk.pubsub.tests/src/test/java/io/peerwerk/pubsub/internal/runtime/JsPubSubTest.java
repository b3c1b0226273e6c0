// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.fixtures.ForeignPeer;
import io.peerwerk.pubsub.PubSubMessage;
import io.peerwerk.pubsub.internal.gossipsub.GossipsubOptions;
import io.peerwerk.pubsub.internal.wire.Dialect;
import io.peerwerk.pubsub.internal.wire.Message;
import io.peerwerk.pubsub.internal.wire.Rpc;
import io.peerwerk.pubsub.internal.wire.Rpc.Control;

/** Peerwerk and js-libp2p in one mesh. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsPubSubTest {

    private static final String TOPIC = "weather";

    private final RunningPubSub peers = new RunningPubSub();

    @AfterEach
    void stop() {
        peers.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitSubscriber(ForeignPeer js, String topic, String peer) {
        await().atMost(RunningPubSub.PATIENCE).pollInterval(200, TimeUnit.MILLISECONDS)
                .until(() -> js.ask("gstate", topic).replaceAll(".*\"subscribers\":\\[([^]]*)].*", "$1").contains(peer));
    }

    @Test
    void whatWePublishJsHears() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC)) {
            us.host.connect(js.address());
            us.awaitPeer(TOPIC, js.id());
            us.pubsub.publish(TOPIC, bytes("rain"));
            String heard = js.await("message");
            assertEquals("rain", ForeignPeer.text(heard, "data"));
            assertEquals("signed", ForeignPeer.text(heard, "type"));
            assertEquals(us.id().toString(), ForeignPeer.text(heard, "from"));
            assertEquals("rain", us.hear().text());
        }
    }

    /** It gets what passes here though it is nobody's partner, and what it says is passed on. */
    @Test
    void aJsPeerThatSpeaksFloodsubAloneHearsAndIsHeard() throws Exception {
        RunningPubSub.Peer us = peers.start(GossipsubOptions.standard().withFloodPublish(false));
        RunningPubSub.Peer behind = peers.start();
        us.subscribe(TOPIC);
        behind.subscribe(TOPIC);
        behind.host.connect(us.address());
        behind.awaitMesh(TOPIC, us.id());
        try (var js = ForeignPeer.listen("--flood", TOPIC)) {
            us.host.connect(js.address());
            us.awaitPeer(TOPIC, js.id());
            awaitSubscriber(js, TOPIC, us.id().toString());
            behind.pubsub.publish(TOPIC, bytes("rain"));
            String heard = js.await("message");
            assertEquals("rain", ForeignPeer.text(heard, "data"));
            assertEquals(behind.id().toString(), ForeignPeer.text(heard, "from"));
            assertEquals("rain", us.hear().text());
            assertEquals("rain", behind.hear().text());
            js.ask("pub", TOPIC, "sun");
            assertEquals("sun", us.hear().text());
            assertEquals("sun", behind.hear().text());
            assertEquals(List.of(behind.id()), us.pubsub.state().topics().getFirst().mesh());
        }
    }

    @Test
    void whatJsPublishesWeHear() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.run("listen", "--gossip", TOPIC, "--bootstrap", us.address().toString())) {
            js.await("ready");
            js.result();
            awaitSubscriber(js, TOPIC, us.id().toString());
            js.ask("pub", TOPIC, "sun");
            PubSubMessage heard = us.hear();
            assertEquals("sun", heard.text());
            assertEquals(heard.author(), heard.via());
        }
    }

    @Test
    void bothSpeakTheNewestVersionAndBecomePartners() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC)) {
            us.host.connect(js.address());
            us.awaitMesh(TOPIC, js.id());
            assertEquals("/meshsub/1.2.0", us.pubsub.state().peers().getFirst().protocol());
            await().atMost(RunningPubSub.PATIENCE).pollInterval(200, TimeUnit.MILLISECONDS).until(() -> {
                String state = js.ask("gstate", TOPIC);
                return state.replaceAll(".*\"mesh\":\\[([^]]*)].*", "$1").contains(us.id().toString())
                        && state.contains("/meshsub/1.2.0");
            });
        }
    }

    @Test
    void jsPassesOnOurMessagesAndWePassOnThoseOfJs() throws Exception {
        RunningPubSub.Peer left = peers.start();
        RunningPubSub.Peer right = peers.start();
        left.subscribe(TOPIC);
        right.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC); var far = ForeignPeer.listen("--gossip", TOPIC)) {
            left.host.connect(js.address()); // left – js – right – far
            right.host.connect(js.address());
            right.host.connect(far.address());
            left.awaitMesh(TOPIC, js.id());
            right.awaitMesh(TOPIC, js.id());
            right.awaitMesh(TOPIC, far.id());
            awaitSubscriber(js, TOPIC, left.id().toString());
            awaitSubscriber(js, TOPIC, right.id().toString());
            awaitSubscriber(far, TOPIC, right.id().toString());

            String large = "l".repeat(20_000);
            left.pubsub.publish(TOPIC, bytes(large));
            assertEquals(large, ForeignPeer.text(js.await("message"), "data"));
            PubSubMessage passed = right.hear();
            assertEquals(large, passed.text());
            assertEquals(left.id(), passed.author());
            assertEquals(js.id(), passed.via());
            assertEquals(large, ForeignPeer.text(far.await("message"), "data"));

            far.ask("pub", TOPIC, "from afar");
            PubSubMessage back = right.hear();
            assertEquals("from afar", back.text());
            assertEquals("from afar", ForeignPeer.text(js.await("message"), "data"));
            assertEquals(large, left.hear().text());
            PubSubMessage end = left.hear();
            assertEquals("from afar", end.text());
            assertEquals(far.id(), end.author());
            assertEquals(js.id(), end.via());
            assertTrue(right.hasHeardNothingElse(), "a message came twice");
        }
    }

    @Test
    void jsSaysThatItDoesNotWantALargeMessageAndHeedsIt() throws Exception {
        try (var js = ForeignPeer.listen("--gossip", TOPIC); var left = new ScriptedPeer(js.address());
                var right = new ScriptedPeer(js.address())) {
            left.say(ScriptedPeer.grafting(TOPIC));
            right.say(ScriptedPeer.grafting(TOPIC));
            awaitPartner(js, left.id().toString());
            awaitPartner(js, right.id().toString());

            Message large = left.message(TOPIC, 1, 5_000);
            left.say(Rpc.of(large));
            right.hear(rpc -> rpc.control().idontwant().equals(List.of(large.id().orElseThrow())));

            Message unwanted = left.message(TOPIC, 2, 5_000);
            right.say(Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(),
                    List.of(unwanted.id(Dialect.JS).orElseThrow()))));
            right.ping(); // so that js has it before what comes
            left.say(Rpc.of(unwanted));
            Message wanted = left.message(TOPIC, 3, 100);
            left.say(Rpc.of(wanted));
            right.hear(rpc -> rpc.messages().contains(wanted));
            assertTrue(right.heard().stream().noneMatch(rpc -> rpc.messages().contains(unwanted)), "js sent it anyway");
        }
    }

    @Test
    void jsOffersWhatWeMissedAndBringsItAndAsksForWhatWeOffer() throws Exception {
        try (var js = ForeignPeer.listen("--gossip", TOPIC); var left = new ScriptedPeer(js.address());
                var right = new ScriptedPeer(js.address())) {
            left.say(ScriptedPeer.grafting(TOPIC));
            awaitPartner(js, left.id().toString());
            right.say(new Rpc(List.of(new Rpc.Subscription(TOPIC, true)), List.of(), Control.NONE));
            right.hear(rpc -> rpc.control().graft().contains(TOPIC));
            right.say(Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(new Rpc.Prune(TOPIC, List.of(), 600)),
                    List.of()))); // so that js does not send everything
            right.ping();

            Message missed = left.message(TOPIC, 1, 100);
            left.say(Rpc.of(missed));
            Rpc offer = right.hear(rpc -> !rpc.control().ihave().isEmpty());
            assertEquals(missed.id().orElseThrow(), offer.control().ihave().getFirst().ids().getFirst());
            right.say(Rpc.of(new Control(List.of(), offer.control().ihave().getFirst().ids(), List.of(), List.of(),
                    List.of())));
            right.hear(rpc -> rpc.messages().contains(missed));

            Message ours = right.message(TOPIC, 1, 100);
            right.say(Rpc.of(new Control(List.of(new Rpc.IHave(TOPIC, List.of(ours.id(Dialect.JS).orElseThrow()))),
                    List.of(), List.of(), List.of(), List.of())));
            right.hear(rpc -> rpc.control().iwant().equals(List.of(ours.id().orElseThrow())));
        }
    }

    private static void awaitPartner(ForeignPeer js, String peer) {
        await().atMost(RunningPubSub.PATIENCE).pollInterval(200, TimeUnit.MILLISECONDS)
                .until(() -> js.ask("gstate", TOPIC).replaceAll(".*\"mesh\":\\[([^]]*)].*", "$1").contains(peer));
    }

    @Test
    void peersWithRsaKeysSignWithTheKeyInTheMessage() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC, "--key-type", "RSA")) {
            us.host.connect(js.address());
            us.awaitPeer(TOPIC, js.id());
            awaitSubscriber(js, TOPIC, us.id().toString());
            js.ask("pub", TOPIC, "by RSA");
            PubSubMessage heard = us.hear();
            assertEquals("by RSA", heard.text());
            assertEquals(js.id(), heard.author());
        }
    }

    @Test
    void unsignedMessagesOfJsAreNotHeardAndCountAgainstIt() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC, "--gossip-nosign")) {
            us.host.connect(js.address());
            us.awaitPeer(TOPIC, js.id());
            awaitSubscriber(js, TOPIC, us.id().toString());
            js.ask("pub", TOPIC, "by nobody");
            PeerId unsigned = js.id();
            await().atMost(RunningPubSub.PATIENCE).until(() -> us.pubsub.state().peers().stream()
                    .anyMatch(peer -> peer.id().equals(unsigned) && peer.score() < 0));
            assertTrue(us.hasHeardNothingElse());
        }
    }

    @Test
    void aPeerThatLeavesATopicIsNoLongerSentTo() throws Exception {
        RunningPubSub.Peer us = peers.start();
        try (var subscription = us.subscribe(TOPIC); var js = ForeignPeer.listen("--gossip", TOPIC)) {
            us.host.connect(js.address());
            us.awaitMesh(TOPIC, js.id());
            awaitSubscriber(js, TOPIC, us.id().toString());
            subscription.close();
            await().atMost(RunningPubSub.PATIENCE).pollInterval(200, TimeUnit.MILLISECONDS).until(() ->
                    js.ask("gstate", TOPIC).contains("\"subscribers\":[]"));
            assertEquals(1, us.pubsub.publish(TOPIC, bytes("still here")));
            assertEquals("still here", ForeignPeer.text(js.await("message"), "data"));
            assertTrue(us.hasHeardNothingElse());
        }
    }

    @Test
    void aPeerThatComesPublishesAndGoesIsHeardAndForgotten() throws Exception {
        RunningPubSub.Peer us = peers.start();
        us.subscribe(TOPIC);
        try (var js = ForeignPeer.listen("--gossip", TOPIC)) {
            us.host.connect(js.address());
            awaitSubscriber(js, TOPIC, us.id().toString());
            js.ask("pub", TOPIC, "one shot");
            assertEquals("one shot", us.hear().text());
            js.send("quit");
            await().atMost(RunningPubSub.PATIENCE).until(() -> us.pubsub.state().peers().isEmpty());
        }
    }
}
