// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Reachability in frameworks: a node that nobody has told anything tells others whether they are reached. */
class NatModuleTest {

    private static final String LOOPBACK = "/ip4/127.0.0.1/tcp/0";

    private static final List<String> AUTONAT = List.of("/libp2p/autonat/1.0.0", "/libp2p/autonat/2/dial-request",
            "/libp2p/autonat/2/dial-back");

    private final BundleContext context = FrameworkUtil.getBundle(NatModuleTest.class).getBundleContext();

    @Test
    void aNodeServesAutoNatInBothVersions(@TempDir Path directory) throws Exception {
        try (var server = OtherNode.start(context, directory.resolve("server"), "--listen", LOOPBACK);
                var asker = OtherNode.start(context, directory.resolve("asker"), "--listen", LOOPBACK)) {
            var control = new Control(directory.resolve("asker/home"));
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
                String said = spoken(control, server.address());
                return AUTONAT.stream().allMatch(said::contains);
            });
        }
    }

    private static String spoken(Control asker, String address) throws IOException {
        var request = new JsonObject();
        request.addProperty("address", address);
        return asker.ask("identify", request).toString();
    }
}
