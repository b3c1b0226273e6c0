// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import com.google.gson.JsonElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Relays in frameworks: the transport through relays needs the host, and the host takes up that transport. One node
 * relays without being told to, one is told to be reached through it, one is told of that way and joins.
 */
class RelayModuleTest {

    private static final String LOOPBACK = "/ip4/127.0.0.1/tcp/0";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final BundleContext context = FrameworkUtil.getBundle(RelayModuleTest.class).getBundleContext();

    @Test
    void aNodeIsFoundThroughTheRelayThatItListensThrough(@TempDir Path directory) throws Exception {
        try (var relay = OtherNode.start(context, directory.resolve("relay"), "--listen", LOOPBACK);
                var hidden = OtherNode.start(context, directory.resolve("hidden"), "--listen", LOOPBACK, "--listen",
                        relay.address() + "/p2p-circuit")) {
            var control = new Control(directory.resolve("hidden/home"));
            await().atMost(LIMIT).ignoreExceptions().until(() -> relayed(control) != null);
            try (var finder = OtherNode.start(context, directory.resolve("finder"), "--listen", LOOPBACK,
                    "--bootstrap", relayed(control))) {
                var found = new Control(directory.resolve("finder/home"));
                await().atMost(LIMIT).ignoreExceptions().until(() -> found.alive() >= 1 && control.alive() >= 1);
            }
        }
    }

    /** The address of a node that leads through a relay; null while there is none. */
    private static String relayed(Control node) throws IOException {
        for (JsonElement address : node.ask("status").getAsJsonObject().getAsJsonArray("addresses")) {
            if (address.getAsString().contains("/p2p-circuit")) {
                return address.getAsString();
            }
        }
        return null;
    }
}
