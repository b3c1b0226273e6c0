// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.peerwerk.core.Registration;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakePubSub;

class TopicsTest {
    /** What the preferences would remember. */
    static final class Memory implements TopicMemory {
        List<String> kept = List.of();

        @Override
        public List<String> read() {
            return kept;
        }

        @Override
        public void write(Collection<String> topics) {
            kept = List.copyOf(topics);
        }
    }

    private final Memory memory = new Memory();
    private final FakePubSub module = new FakePubSub();

    private Topics topics() {
        return new Topics(memory, InstantSource.fixed(FakeNode.THEN));
    }

    @Test
    void aSubscriptionIsKeptAndRenewedWheneverTheModuleComes() {
        Topics topics = topics();
        topics.subscribe("weather");
        assertEquals(List.of("weather"), memory.kept);
        topics.bindModule(module);
        assertEquals(Set.of("weather"), module.handlers.keySet());
        FakePubSub successor = new FakePubSub();
        topics.bindModule(successor);
        topics.unbindModule(module);
        assertTrue(module.handlers.isEmpty());
        assertEquals(Set.of("weather"), successor.handlers.keySet());
        assertEquals(successor, topics.module().orElseThrow());
        topics.unbindModule(successor);
        assertTrue(successor.handlers.isEmpty() && topics.module().isEmpty());
        Topics nextDay = topics();
        nextDay.bindModule(module);
        assertEquals(Set.of("weather"), module.handlers.keySet());
        nextDay.close();
        assertTrue(module.handlers.isEmpty());
        assertEquals(List.of("weather"), memory.kept);
    }

    @Test
    void unsubscribingEndsItForGoodAndKeepsWhatWasHeard() {
        Topics topics = topics();
        topics.bindModule(module);
        topics.subscribe("weather");
        topics.subscribe("weather");
        assertEquals(1, module.handlers.get("weather").size());
        module.say(1, "weather", "rain");
        topics.unsubscribe("weather");
        topics.unsubscribe("weather");
        assertTrue(module.handlers.isEmpty());
        assertEquals(List.of(), memory.kept);
        module.say(1, "weather", "sun");
        assertEquals(List.of("rain"), topics.log().stream().map(Heard::text).toList());
    }

    @Test
    void theLogKeepsTheLastMessagesAndTheCountKeepsCounting() {
        Topics topics = topics();
        topics.bindModule(module);
        topics.subscribe("weather");
        for (int i = 0; i < Topics.LOG; i++) {
            module.say(1, "weather", "message " + i);
        }
        assertEquals(Topics.LOG, topics.log().size());
        assertEquals("message 0", topics.log().getLast().text());
        module.say(2, "weather", "one more");
        assertEquals(Topics.LOG, topics.log().size());
        assertEquals("message 1", topics.log().getLast().text());
        assertEquals(new Heard(Topics.LOG, FakeNode.THEN, "weather", FakeNode.id(2), FakeNode.id(2), "one more", 8), topics.log().getFirst());
        assertEquals(Topics.LOG + 1L, topics.counts().get("weather"));
    }

    @Test
    void everyChangeIsToldUntilNobodyListens() {
        Topics topics = topics();
        AtomicInteger told = new AtomicInteger();
        Registration listening = topics.listen(told::incrementAndGet);
        topics.bindModule(module);
        topics.subscribe("weather");
        module.say(1, "weather", "rain");
        topics.unsubscribe("weather");
        topics.unbindModule(module);
        assertEquals(5, told.get());
        listening.close();
        topics.subscribe("news");
        assertEquals(5, told.get());
    }

    @Test
    void namesThatCannotBeShownOrSentAreRefusedWithASentence() {
        assertNull(Topics.problem("weather/\u00d6stersund \u6771\u4eac"));
        assertNull(Topics.problem("x".repeat(256)));
        assertNotNull(Topics.problem("x".repeat(257)));
        assertNotNull(Topics.problem("\u6771".repeat(86))); // 258 bytes
        for (String bad : List.of("", "a\nb", "pay\u202elap", "a\u200bb", " weather", "\ud800")) {
            assertNotNull(Topics.problem(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> topics().subscribe(bad), bad);
        }
        memory.kept = List.of("good", "bad\u202e");
        assertEquals(Set.of("good"), topics().wanted());
    }

    @Test
    void oneTopicTooManyIsRefusedAndTheOthersStayWhenTheModuleComesBackWithLessRoom() {
        Topics topics = topics();
        module.room = 2;
        topics.bindModule(module);
        topics.subscribe("news");
        topics.subscribe("weather");
        assertThrows(IllegalArgumentException.class, () -> topics.subscribe("one more"));
        assertEquals(Set.of("news", "weather"), topics.wanted());
        FakePubSub smaller = new FakePubSub();
        smaller.room = 1;
        topics.bindModule(smaller);
        assertEquals(Set.of("news"), smaller.handlers.keySet());
        assertEquals(Set.of("news", "weather"), topics.wanted());
    }

    @Test
    void publishingNeedsTheModule() throws IOException {
        Topics topics = topics();
        assertEquals("The pubsub module is not loaded", assertThrows(IOException.class, () -> topics.publish("weather", "rain")).getMessage());
        topics.bindModule(module);
        assertEquals(1, topics.publish("weather", "rain"));
        assertEquals(List.of("weather: rain"), module.published);
        module.gone = true;
        assertThrows(IOException.class, () -> topics.publish("weather", "rain"));
    }
}
