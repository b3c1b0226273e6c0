// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** QUIC in a framework: the native code is found, the service comes with the identity, and nodes meet over it alone. */
class QuicModuleTest {

    private static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";

    private final BundleContext context = FrameworkUtil.getBundle(QuicModuleTest.class).getBundleContext();

    @Test
    void twoNodesThatListenOnQuicAloneFindEachOther(@TempDir Path directory) throws Exception {
        try (var first = OtherNode.start(context, directory.resolve("first"), "--listen", QUIC)) {
            assertTrue(first.address().contains("/quic-v1"), first::address);
            try (var second = OtherNode.start(context, directory.resolve("second"), "--listen", QUIC, "--bootstrap",
                    first.address())) {
                assertTrue(second.address().contains("/quic-v1"), second::address);
                var control = new Control(directory.resolve("second/home"));
                await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> control.alive() == 1);
            }
        }
    }
}
