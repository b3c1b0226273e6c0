// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.modules;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Modules that are stopped and updated, one after the other, under a running node, with a second node in another
 * process as the network. The file is coded so that each node has too few shards to read it alone: fetching it here
 * proves that the other was found and asked, fetching it there that this one serves again what it holds.
 *
 * <p>An update is what the framework makes of it: the bundle is replaced, and the bundles that use its packages are
 * stopped and started with it. This test uses none of them, or it would be stopped as well.
 */
@TestInstance(Lifecycle.PER_CLASS)
class UpdateTest {
    private static final String BOTH_ARE_NEEDED = "20/30";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final BundleContext context = FrameworkUtil.getBundle(UpdateTest.class).getBundleContext();
    private Path directory;
    private OtherNode other;
    private Object running;
    private Control here;
    private Control there;
    private Path source;
    private String link;
    private String sha256;

    @BeforeAll
    void startTwoNodesAndStoreAFile(@TempDir Path temporary) throws Exception {
        directory = temporary;
        other = OtherNode.start(context, directory.resolve("other"));
        there = new Control(directory.resolve("other/home"));
        running = startNode(directory.resolve("home"), other.address());
        here = new Control(directory.resolve("home"));
        awaitEachOther();

        source = directory.resolve("source");
        byte[] content = new byte[3_000_000];
        new Random(11).nextBytes(content);
        Files.write(source, content);
        sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        link = here.put(source, BOTH_ARE_NEEDED);
    }

    @AfterAll
    void stopBoth() throws Exception {
        if (other != null) {
            other.close();
        }
        if (running instanceof AutoCloseable node) {
            node.close();
        }
    }

    /** Starts a node through the launcher's service, by name: its classes must not tie this bundle to the modules. */
    private Object startNode(Path home, String bootstrap) throws Exception {
        var tracker = new ServiceTracker<Object, Object>(context, "io.peerwerk.node.NodeLauncher", null);
        tracker.open(true);
        Object launcher = Objects.requireNonNull(tracker.waitForService(LIMIT.toMillis()), "no launcher");
        Class<?> settingsType = bundle("io.peerwerk.node").loadClass("io.peerwerk.node.NodeSettings");
        Object settings = settingsType.getMethod("of", Path.class).invoke(null, home);
        settings = settingsType.getMethod("withListen", List.class).invoke(settings,
                List.of(address("/ip4/127.0.0.1/tcp/0"), address("/unix" + socket())));
        settings = settingsType.getMethod("withBootstrap", List.class).invoke(settings, List.of(address(bootstrap)));
        Object node = launcher.getClass().getMethod("start", settingsType).invoke(launcher, settings);
        tracker.close();
        return node;
    }

    /** Listened on as soon as somebody can. */
    private Path socket() {
        return directory.resolve("here.sock");
    }

    private Object address(String text) throws Exception {
        return bundle("io.peerwerk.core").loadClass("io.peerwerk.core.multiformats.Multiaddr")
                .getMethod("of", String.class).invoke(null, text);
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).findAny()
                .orElseThrow();
    }

    private void awaitEachOther() {
        await().atMost(LIMIT).ignoreExceptions().until(() -> here.alive() == 1 && there.alive() == 1
                && here.modules().equals("[\"transport\",\"gossip\",\"storage\"]"));
    }

    private void findsItsPeersAndServesItsData(String when) throws IOException {
        awaitEachOther();
        await(when).atMost(LIMIT).ignoreExceptions().until(() -> fetched(here, "here").equals(sha256));
        await(when).atMost(LIMIT).ignoreExceptions().until(() -> fetched(there, "there").equals(sha256));
    }

    private String fetched(Control node, String name) throws IOException {
        Path copy = directory.resolve("copy " + name);
        try {
            return node.get(link, copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Stops a bundle, looks, replaces it with the same file and starts it again. */
    private void stopAndUpdate(String name, Check whileStopped) throws Exception {
        Bundle bundle = bundle(name);
        long revisions = bundle.getLastModified();
        File file = bundle.adapt(File.class);
        bundle.stop();
        try {
            whileStopped.check();
            try (InputStream jar = Files.newInputStream(file.toPath())) {
                bundle.update(jar);
            }
            refresh(bundle);
        } finally {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
        assertTrue(bundle.getLastModified() > revisions, "it was replaced");
        findsItsPeersAndServesItsData("after the update of " + name);
    }

    /** What may go wrong while a module is away. */
    @FunctionalInterface
    private interface Check {
        void check() throws Exception;
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        var done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        assertTrue(done.await(LIMIT.toMinutes(), TimeUnit.MINUTES));
    }

    @Test
    void theNodeWorksBeforeAnythingIsTouched() throws Exception {
        findsItsPeersAndServesItsData("at the start");
        assertFalse(fetched(here, "here").isEmpty());
    }

    @Test
    void theStorageIsUpdated() throws Exception {
        stopAndUpdate("io.peerwerk.storage", () -> {
            assertEquals("the storage module is not loaded",
                    assertThrows(IOException.class, () -> fetched(here, "here")).getMessage());
            assertEquals(1, here.alive(), "the others are still known");
        });
    }

    @Test
    void gossipIsUpdated() throws Exception {
        stopAndUpdate("io.peerwerk.gossip", () -> {
            assertEquals("the gossip module is not loaded",
                    assertThrows(IOException.class, () -> here.ask("peers")).getMessage());
            assertEquals("[\"transport\"]", here.modules(), "the storage waits for the membership");
        });
    }

    @Test
    void theTcpTransportIsUpdated() throws Exception {
        stopAndUpdate("io.peerwerk.transport.tcp", () -> await().atMost(LIMIT).until(
                () -> here.addresses().equals("[]")));
    }

    @Test
    void theTransportIsUpdated() throws Exception {
        stopAndUpdate("io.peerwerk.transport", () -> assertEquals("[]", here.modules()));
    }

    @Test
    void aTransportOfAThirdPartyIsUsedAsSoonAsItsBundleIsInstalled() throws Exception {
        String address = "/unix" + socket();
        assertFalse(here.addresses().contains(address), "nobody can listen on it yet");
        Bundle bundle = context.installBundle(Path.of(System.getProperty("peerwerk.unixsocket")).toUri().toString());
        bundle.start();
        await().atMost(LIMIT).until(() -> here.addresses().contains(address));
        try (OtherNode third = OtherNode.start(context, directory.resolve("third"), "--listen",
                "/unix" + directory.resolve("third.sock"), "--bootstrap", address)) {
            assertTrue(third.address().startsWith("/unix/"), third::address);
            await().atMost(LIMIT).ignoreExceptions().until(() -> here.alive() == 2);
            await().atMost(LIMIT).ignoreExceptions().until(() -> here.ask("peers").toString().contains("/unix/"));
        } finally {
            bundle.uninstall();
        }
        await().atMost(LIMIT).until(() -> !here.addresses().contains(address));
        await().atMost(LIMIT).ignoreExceptions().until(() -> here.alive() == 1);
    }

    @Test
    void theNodesOwnBundleIsUpdated() throws Exception {
        stopAndUpdate("io.peerwerk.node", () -> assertThrows(IOException.class, () -> here.ask("status")));
    }
}
