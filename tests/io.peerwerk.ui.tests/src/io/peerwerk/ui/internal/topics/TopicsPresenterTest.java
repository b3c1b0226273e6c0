// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.pubsub.PubSubState;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakePubSub;
import io.peerwerk.ui.internal.fakes.PresenterTest;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.topics.TopicsModel.Bond;
import io.peerwerk.ui.internal.topics.TopicsModel.Neighbour;
import io.peerwerk.ui.internal.topics.TopicsModel.Topic;

class TopicsPresenterTest extends PresenterTest<TopicsModel> implements TopicsPresenter.View {
    private final FakePubSub module = new FakePubSub();
    private final Topics topics = new Topics(new TopicsTest.Memory(), InstantSource.fixed(FakeNode.THEN));
    private final List<String> said = new ArrayList<>();

    @Override
    public void published(String text, String outcome) {
        said.add(text + " -> " + outcome);
    }

    @Override
    public void refused(String reason) {
        said.add(reason);
    }

    private TopicsPresenter present() {
        return begun(new TopicsPresenter(source, topics, this, ui.background(), ui));
    }

    @Test
    void topicsAreShownWithWhoIsSubscribedAndHowManyMessagesWereHeard() {
        topics.bindModule(module);
        topics.subscribe("weather");
        topics.subscribe("news");
        module.topics = List.of(new PubSubState.Topic("chat", true, List.of(), 1), new PubSubState.Topic("clock", false, List.of(), 2),
                new PubSubState.Topic("weather", true, List.of(FakeNode.id(1)), 3));
        present();
        module.say(1, "weather", "rain");
        module.say(2, "weather", "sun");
        ui.advance(MOMENT);
        assertEquals(List.of(new Topic("chat", Bond.ELSEWHERE, 1, 0, 0), new Topic("clock", Bond.PUBLISHED, 2, 0, 0),
                new Topic("weather", Bond.SUBSCRIBED, 3, 1, 2), new Topic("news", Bond.SUBSCRIBED, 0, 0, 0)), shown.getLast().topics());
        assertEquals(List.of("sun", "rain"), shown.getLast().log().stream().map(Heard::text).toList());
        assertEquals(FakeNode.id(0), shown.getLast().self());
    }

    @Test
    void neighboursAreShownWithTheirScoresAndTheMeshesTheyAreIn() {
        topics.bindModule(module);
        module.topics = List.of(new PubSubState.Topic("news", true, List.of(FakeNode.id(1)), 2),
                new PubSubState.Topic("weather", true, List.of(FakeNode.id(1), FakeNode.id(2)), 2));
        module.peers = List.of(new PubSubState.Peer(FakeNode.id(1), "/meshsub/1.2.0", 12.346, 2, 2),
                new PubSubState.Peer(FakeNode.id(2), "/meshsub/1.1.0", -0.001, 2, 1),
                new PubSubState.Peer(FakeNode.id(3), "/floodsub/1.0.0", -100, 0, 0));
        present();
        List<Neighbour> neighbours = shown.getLast().neighbours();
        assertEquals(List.of(List.of("news", "weather"), List.of("weather"), List.of()), neighbours.stream().map(Neighbour::meshes).toList());
        assertEquals(List.of("12.35", "0.00", "-100.00"), neighbours.stream().map(TopicsText::score).toList());
        assertEquals(List.of("news, weather", "weather", "\u2013"), neighbours.stream().map(TopicsText::meshes).toList());
        assertTrue(TopicsText.tooltip(neighbours.getLast()).contains("no mesh"));
    }

    @Test
    void aStormOfMessagesRedrawsAtMostTenTimesASecond() {
        topics.bindModule(module);
        topics.subscribe("weather");
        present();
        int before = shown.size();
        for (int i = 0; i < 1000; i++) {
            for (int j = 0; j < 20; j++) {
                module.say(1, "weather", "rain");
            }
            ui.advance(Duration.ofMillis(1));
        }
        assertTrue(shown.size() - before <= 11, () -> shown.size() - before + " times in a second");
        ui.advance(MOMENT);
        assertEquals(20_000, shown.getLast().topics().getFirst().heard());
    }

    @Test
    void whatChangesWithoutAMessageIsFollowedOnlyWhileSomebodyLooks() {
        topics.bindModule(module);
        visible = false;
        present();
        int before = shown.size();
        module.peers = List.of(new PubSubState.Peer(FakeNode.id(1), "/meshsub/1.2.0", 0, 0, 0));
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
        visible = true;
        ui.advance(TopicsPresenter.PULSE);
        assertEquals(1, shown.getLast().neighbours().size());
    }

    @Test
    void aModuleThatIsAwayIsSaidInWordsAndItsReturnShowsEverythingAgain() {
        present();
        assertEquals("The pubsub module is not loaded", shown.getLast().notice().title());
        topics.bindModule(module);
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
        module.gone = true;
        ui.advance(TopicsPresenter.PULSE.plus(MOMENT));
        assertEquals("The pubsub module is not loaded", shown.getLast().notice().title());
        topics.unbindModule(module);
        source.become(new NodeState.Stopped());
        ui.advance(MOMENT);
        assertEquals("The node is not running", shown.getLast().notice().title());
    }

    @Test
    void publishingTellsWhatHasComeOfIt() {
        TopicsPresenter presenter = present();
        presenter.publish("weather", "rain");
        ui.advance(MOMENT);
        assertEquals("The pubsub module is not loaded", said.getLast());
        topics.bindModule(module);
        presenter.publish("weather", "rain");
        ui.advance(MOMENT);
        assertEquals("rain -> Sent to 1 peer of \u201cweather\u201d", said.getLast());
        module.reach = 1200;
        presenter.publish("weather", "rain");
        ui.advance(MOMENT);
        assertEquals("rain -> Sent to 1,200 peers of \u201cweather\u201d", said.getLast());
        module.reach = 0;
        presenter.publish("weather", "rain");
        ui.advance(MOMENT);
        assertTrue(said.getLast().startsWith("Nobody that this node"), said.getLast());
        presenter.publish("weather", "r".repeat(101));
        ui.advance(MOMENT);
        assertEquals("A message of 101 bytes is longer than 100", said.getLast());
        presenter.publish("a\nb", "rain");
        ui.advance(MOMENT);
        assertEquals(Topics.problem("a\nb"), said.getLast());
    }

    @Test
    void publishingNeverBlocksTheUserInterface() {
        topics.bindModule(module);
        TopicsPresenter presenter = present();
        ui.holdBackground();
        presenter.publish("weather", "rain");
        ui.run();
        assertEquals(List.of(), module.published);
        ui.releaseBackground();
        assertEquals(List.of("weather: rain"), module.published);
    }

    @Test
    void nothingListensAfterTheEnd() {
        topics.bindModule(module);
        topics.subscribe("weather");
        TopicsPresenter presenter = present();
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
        int before = shown.size();
        module.say(1, "weather", "rain");
        ui.advance(Duration.ofSeconds(5));
        assertEquals(before, shown.size());
    }
}
