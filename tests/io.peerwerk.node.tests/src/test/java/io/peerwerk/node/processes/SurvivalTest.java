// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.processes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.peerwerk.node.internal.control.ControlClient;
import io.peerwerk.node.internal.control.Messages.HealthReport;
import io.peerwerk.node.internal.control.Messages.ItemReport;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageLink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stored file survives, and what nobody can read off the disks. */
@Tag("processes")
class SurvivalTest {
    private static final int BIG = 100_000_000;
    private static final int SEARCHED = 16_000_000;

    @TempDir
    Path directory;

    private static ItemReport put(TestNode node, Path source) throws IOException {
        try (ControlClient control = node.control()) {
            return control.put(source, "10/30");
        }
    }

    private static String get(TestNode node, String uri, Path target) throws IOException {
        try (ControlClient control = node.control()) {
            return control.get(uri, target).sha256();
        }
    }

    private static HealthReport health(TestNode node, ItemReport item) throws IOException {
        try (ControlClient control = node.control()) {
            return control.health(item.uri());
        }
    }

    @Test
    void afterAnyFiveOfEightNodesDieAHundredMegabytesComeBackWhole() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Path source = RandomFiles.write(directory.resolve("source"), BIG, seed);
        String sha256 = RandomFiles.sha256(source);
        try (Cluster cluster = Cluster.start(directory, 8)) {
            ItemReport item = put(cluster.node(1), source);
            assertEquals(30, health(cluster.node(2), item).weakest());
            var order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
            Collections.shuffle(order, new Random(seed));
            for (int victim : order.subList(0, 5)) {
                cluster.node(victim).kill();
            }
            for (int survivor : order.subList(5, 8)) {
                Path copy = directory.resolve("copy" + survivor);
                assertEquals(sha256, get(cluster.node(survivor), item.uri(), copy), survivor + " of " + order);
                assertEquals(sha256, RandomFiles.sha256(copy));
                Files.delete(copy);
            }
        }
    }

    @Test
    void noNodeHasARunOfSixteenBytesOfThePlaintextAndNoneCanReadItWithoutTheLink() throws Exception {
        Path source = RandomFiles.write(directory.resolve("source"), SEARCHED, 42);
        Path homes = Files.createDirectory(directory.resolve("homes"));
        try (Cluster cluster = Cluster.start(homes, 3)) {
            ItemReport item = put(cluster.node(1), source);
            StorageLink link = StorageLink.parse(item.uri());
            String otherKey = new StorageLink(link.root(), Secret.of(new byte[StorageLink.KEY_BYTES])).toString();
            Path target = directory.resolve("stolen");
            for (TestNode node : cluster.nodes()) {
                assertThrows(IOException.class, () -> get(node, otherKey, target));
            }
            assertFalse(Files.exists(target));
            assertEquals(List.of(), new PlaintextSearch(Files.readAllBytes(source)).below(homes));
            for (TestNode node : cluster.nodes().subList(1, 3)) {
                byte[] key = link.key().bytes();
                assertEquals(List.of(), new PlaintextSearch(key).below(node.home()), "no other node has the key");
                assertEquals(List.of(), new PlaintextSearch(link.key().encoded().getBytes()).below(node.home()));
            }
        }
    }

    @Test
    void aHolderKilledInTheMiddleOfAPutHasEveryBlockItAcknowledged() throws Exception {
        Path small = RandomFiles.write(directory.resolve("small"), 5_000_000, 1);
        Path big = RandomFiles.write(directory.resolve("big"), BIG, 2);
        try (Cluster cluster = Cluster.start(directory, 3)) {
            ItemReport before = put(cluster.node(1), small);
            int held = health(cluster.node(1), before).shardsByHolder().get(cluster.node(3).peer());
            assertTrue(held > 0);

            var halfWay = new CountDownLatch(1);
            Thread putting = Thread.ofVirtual().start(() -> putTelling(cluster.node(1), big, halfWay));
            assertTrue(halfWay.await(2, TimeUnit.MINUTES));
            cluster.node(3).kill();
            assertTrue(putting.join(Duration.ofMinutes(3)), "the put ends, one way or the other");

            TestNode again = cluster.restart(3);
            Cluster.awaitAlive(again, 2);
            await().atMost(Duration.ofMinutes(1)).until(
                    () -> health(cluster.node(1), before).shardsByHolder().getOrDefault(again.peer(), 0) == held);
            assertEquals(RandomFiles.sha256(small), get(again, before.uri(), directory.resolve("copy")));
        }
    }

    private static void putTelling(TestNode node, Path source, CountDownLatch halfWay) {
        try (ControlClient control = node.control()) {
            control.onProgress(update -> {
                if (update.done() > update.total() / 3) {
                    halfWay.countDown();
                }
            });
            control.put(source, "10/30");
        } catch (IOException e) {
            System.out.println("the put that lost a node: " + e.getMessage());
        }
    }

    @Test
    void aPutterKilledInTheMiddleOfAPutKeepsWhatItHadStoredBefore() throws Exception {
        Path small = RandomFiles.write(directory.resolve("small"), 5_000_000, 3);
        Path big = RandomFiles.write(directory.resolve("big"), BIG, 4);
        try (Cluster cluster = Cluster.start(directory, 3)) {
            ItemReport before = put(cluster.node(1), small);
            HealthReport health = health(cluster.node(2), before);
            var halfWay = new CountDownLatch(1);
            Thread putting = Thread.ofVirtual().start(() -> putTelling(cluster.node(1), big, halfWay));
            assertTrue(halfWay.await(2, TimeUnit.MINUTES));
            cluster.node(1).kill();
            assertTrue(putting.join(Duration.ofMinutes(1)));

            TestNode again = cluster.restart(1);
            Cluster.awaitAlive(again, 2);
            await().atMost(Duration.ofMinutes(1)).until(
                    () -> health(cluster.node(2), before).shardsByHolder().equals(health.shardsByHolder()));
            try (ControlClient control = again.control()) {
                assertEquals(List.of(before.uri()), control.items().stream().map(ItemReport::uri).toList());
            }
            assertEquals(RandomFiles.sha256(small), get(again, before.uri(), directory.resolve("copy")));
        }
    }
}
