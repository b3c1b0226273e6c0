// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.peerwerk.node.internal.FakeNode;
import io.peerwerk.node.internal.FakePubSub;
import io.peerwerk.node.internal.control.Messages.MessageReport;
import io.peerwerk.node.internal.control.Messages.SubscribedReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publish and subscribe over the control socket, while the module comes and goes. */
class PubSubControlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final AtomicReference<Object> service = new AtomicReference<>();
    private final BlockingQueue<SubscribedReport> stands = new LinkedBlockingQueue<>();
    private final BlockingQueue<MessageReport> heard = new LinkedBlockingQueue<>();
    private FakeNode fake;
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeNode(home);
        server = ControlServer.open(home, fake.node(), service::get);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Thread subscribe(ControlClient client, AtomicReference<IOException> end) {
        return Thread.ofVirtual().start(() -> {
            try {
                client.subscribe("weather", stands::add, heard::add);
            } catch (IOException e) {
                end.set(e);
            }
        });
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(next != null, "nothing came");
        return next;
    }

    @Test
    void whoSubscribesHearsUntilItIsInterrupted() throws Exception {
        var pubsub = new FakePubSub(fake.self);
        service.set(pubsub);
        var end = new AtomicReference<IOException>();
        try (ControlClient client = ControlClient.connect(home); ControlClient other = ControlClient.connect(home)) {
            Thread subscriber = subscribe(client, end);
            assertEquals(new SubscribedReport("weather", 2), next(stands));
            byte[] rain = "rain".getBytes(StandardCharsets.UTF_8);
            assertEquals(2, other.publish("weather", rain).peers());
            MessageReport message = next(heard);
            assertArrayEquals(rain, Base64.getDecoder().decode(message.data()));
            assertEquals(fake.self.toString(), message.from());
            subscriber.interrupt();
            subscriber.join();
            assertInstanceOf(InterruptedIOException.class, end.get());
            await().atMost(PATIENCE).until(() -> pubsub.topics().isEmpty());
        }
    }

    @Test
    void whoSubscribesAndGoesIsForgotten() throws Exception {
        var pubsub = new FakePubSub(fake.self);
        service.set(pubsub);
        try (ControlClient client = ControlClient.connect(home)) {
            subscribe(client, new AtomicReference<>());
            next(stands);
        }
        await().atMost(PATIENCE).until(() -> pubsub.topics().isEmpty());
    }

    @Test
    void aSubscriptionGoesOnWithTheNextModule() throws Exception {
        service.set(new FakePubSub(fake.self));
        try (ControlClient client = ControlClient.connect(home)) {
            subscribe(client, new AtomicReference<>());
            next(stands);
            service.set(null);
            var successor = new FakePubSub(fake.self);
            service.set(successor);
            next(stands);
            successor.publish("weather", new byte[] {1});
            assertEquals(1, next(heard).bytes());
        }
    }

    @Test
    void aSubscriptionGoesOnWithTheNextModuleAlsoWhereTheOneBeforeWasAboutToGo() throws Exception {
        var going = new FakePubSub(fake.self);
        going.refuses("gone", () -> service.set(null));
        service.set(going);
        try (ControlClient client = ControlClient.connect(home)) {
            subscribe(client, new AtomicReference<>());
            await().atMost(PATIENCE).until(() -> service.get() == null);
            service.set(new FakePubSub(fake.self));
            assertEquals(2, next(stands).peers());
        }
    }

    @Test
    void whyTheModuleTakesNoSubscriptionIsSaid() throws Exception {
        var full = new FakePubSub(fake.self);
        full.refuses("more than 1000 topics", () -> { });
        service.set(full);
        try (ControlClient client = ControlClient.connect(home)) {
            assertEquals("more than 1000 topics", assertThrows(IOException.class,
                    () -> client.subscribe("weather", stands::add, heard::add)).getMessage());
        }
    }

    @Test
    void withoutTheModuleItIsSaidToBeAway() throws Exception {
        try (ControlClient client = ControlClient.connect(home)) {
            for (var asked : new org.junit.jupiter.api.function.Executable[] {
                () -> client.publish("weather", new byte[1]),
                () -> client.subscribe("weather", stands::add, heard::add)}) {
                assertEquals("the pubsub module is not loaded", assertThrows(IOException.class, asked).getMessage());
            }
            assertEquals(fake.self.toString(), client.status().peer());
        }
    }

    @Test
    void whatIsTooLongForThisSocketIsAnnouncedWithoutItsData() throws Exception {
        var pubsub = new FakePubSub(fake.self);
        service.set(pubsub);
        try (ControlClient client = ControlClient.connect(home)) {
            subscribe(client, new AtomicReference<>());
            next(stands);
            pubsub.publish("weather", new byte[Messages.MAX_PUBLISHED]);
            assertEquals(Messages.MAX_PUBLISHED, Base64.getDecoder().decode(next(heard).data()).length);
            pubsub.publish("weather", new byte[Messages.MAX_PUBLISHED + 1]);
            MessageReport large = next(heard);
            assertNull(large.data());
            assertEquals(Messages.MAX_PUBLISHED + 1, large.bytes());
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() throws Exception {
        service.set(new FakePubSub(fake.self));
        try (ControlClient client = ControlClient.connect(home)) {
            assertThrows(IOException.class, () -> client.publish("t".repeat(257), new byte[1]));
        }
    }
}
