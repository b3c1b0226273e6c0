// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Publish and subscribe in frameworks: it is there by itself, and a node without its bundle is a node all the same. */
class PubSubModuleTest {

    private static final String BUNDLE = "io.peerwerk.pubsub";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final BundleContext context = FrameworkUtil.getBundle(PubSubModuleTest.class).getBundleContext();

    private static JsonObject topic() {
        var parameters = new JsonObject();
        parameters.addProperty("topic", "weather");
        return parameters;
    }

    /** To how many peers it went. */
    private static int publish(Control node) throws IOException {
        JsonObject parameters = topic();
        parameters.addProperty("data", Base64.getEncoder().encodeToString("rain".getBytes(StandardCharsets.UTF_8)));
        return node.ask("pubsub/publish", parameters).getAsJsonObject().get("peers").getAsInt();
    }

    @Test
    void aNodePublishesToOneThatIsSubscribed(@TempDir Path directory) throws Exception {
        try (var listener = OtherNode.start(context, directory.resolve("listener"));
                var speaker = OtherNode.start(context, directory.resolve("speaker"), "--listen", "/ip4/127.0.0.1/tcp/0",
                        "--bootstrap", listener.address())) {
            var hearing = new Control(directory.resolve("listener/home"));
            var speaking = new Control(directory.resolve("speaker/home"));
            Thread subscription = Thread.ofVirtual().start(() ->
                    assertThrows(IOException.class, () -> hearing.ask("pubsub/subscribe", topic())));
            await().atMost(LIMIT).until(() -> publish(speaking) == 1);
            subscription.interrupt();
            subscription.join();
            await().atMost(LIMIT).until(() -> publish(speaking) == 0);
        }
    }

    @Test
    void aNodeWithoutTheBundleRunsAndSaysThatItIsAway(@TempDir Path directory) throws Exception {
        try (var node = OtherNode.startWithout(BUNDLE, context, directory)) {
            var control = new Control(directory.resolve("home"));
            assertEquals("[\"transport\",\"gossip\",\"storage\"]", control.modules());
            assertEquals("the pubsub module is not loaded",
                    assertThrows(IOException.class, () -> publish(control)).getMessage());
        }
    }
}
