// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.NotEnoughShardsException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.QuotaExceededException;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StoredItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostPeersTest extends NodesTest {

    private static final PutOptions STANDARD = PutOptions.standard();

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2,3,4", "1,3,5,6,7", "0,2,4,6,7", "3,4,5,6,7"})
    void anyFiveOfEightMayVanish(String gone) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("kept", 3_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            for (String number : gone.split(",")) {
                there.kill(there.node(Integer.parseInt(number)));
            }
            survivorGets(there, item, file);
        }
    }

    private void survivorGets(Neighbourhood there, StoredItem item, Path file) throws IOException {
        Neighbourhood.Node survivor = there.nodes.stream().filter(n -> n.alive).findFirst().orElseThrow();
        survivor.storage.get(item.link(), target("got"), Progress.NONE);
        assertEquals(-1, Files.mismatch(file, target("got")));
    }

    @Test
    void theFiveThatHoldMostMayVanish() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("kept", 6_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            Map<PeerId, Integer> held = there.node(0).storage.health(item.link()).shardsByHolder();
            List<Neighbourhood.Node> fullest = there.nodes.stream()
                    .sorted(Comparator.comparing(n -> -held.get(n.id()))).limit(5).toList();
            for (Neighbourhood.Node node : fullest) {
                there.kill(node);
            }
            survivorGets(there, item, file);
        }
    }

    @Test
    void peersThatVanishUnnoticedAreReplacedWhileTheFileIsFetched() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("kept", 12_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            AtomicBoolean cut = new AtomicBoolean();
            Progress progress = (done, total, phase) -> {
                if (done > 0 && cut.compareAndSet(false, true)) {
                    List.of(1, 2, 3, 4).forEach(i -> Neighbourhood.cutOff(there.node(i)));
                }
            };
            there.node(6).storage.get(item.link(), target("got"), progress);
            assertTrue(cut.get());
            assertEquals(-1, Files.mismatch(file, target("got")));
        }
    }

    @Test
    void tooFewShardsAreToldWithTheirNumberAndWhoIsAway() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            StoredItem item = there.node(0).storage.put(file("kept", 1_000_000), STANDARD, Progress.NONE);
            for (int i = 0; i < 6; i++) {
                there.kill(there.node(i));
            }
            NotEnoughShardsException e = assertThrows(NotEnoughShardsException.class,
                    () -> there.node(7).storage.get(item.link(), target("got"), Progress.NONE));
            assertEquals(10, e.needed());
            assertTrue(e.found() >= 6 && e.found() < 10, e::getMessage);
            assertTrue(e.getMessage().contains("only " + e.found() + " of the 10 shards"), e::getMessage);
            assertTrue(e.getMessage().contains(there.node(2).id().brief()), e::getMessage);
            Health health = there.node(7).storage.health(item.link());
            assertTrue(!health.readable() && health.warning().isPresent());
            try (var left = Files.list(folder)) {
                assertEquals(8, left.filter(Files::isDirectory).count());
            }
        }
    }

    @Test
    void aPutSurvivesHoldersThatDieInTheMiddle() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("kept", 25_000_000);
            AtomicBoolean cut = new AtomicBoolean();
            Progress progress = (done, total, phase) -> {
                if (done > 4_000_000 && cut.compareAndSet(false, true)) {
                    Neighbourhood.cutOff(there.node(3));
                    Neighbourhood.cutOff(there.node(5));
                }
            };
            StoredItem item = there.node(0).storage.put(file, STANDARD, progress);
            assertTrue(cut.get());
            there.kill(there.node(3));
            there.kill(there.node(5));
            assertTrue(there.node(1).storage.health(item.link()).weakest() >= STANDARD.threshold());
            survivorGets(there, item, file);
        }
    }

    @Test
    void fullHoldersArePassedOver() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 5)) {
            there.node(1).storage.offer(0);
            there.node(2).storage.offer(500_000);
            StoredItem item = there.node(0).storage.put(file("kept", 3_000_000), STANDARD, Progress.NONE);
            Health health = there.node(4).storage.health(item.link());
            assertEquals(30, health.weakest());
            assertTrue(!health.shardsByHolder().containsKey(there.node(1).id()));
            assertTrue(there.node(2).storage.status().used() <= 500_000);
        }
    }

    @Test
    void whereAllAreFullThePutSaysSo() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            for (Neighbourhood.Node node : there.nodes) {
                node.storage.offer(1_000_000);
            }
            QuotaExceededException e = assertThrows(QuotaExceededException.class,
                    () -> there.node(0).storage.put(file("big", 5_000_000), STANDARD, Progress.NONE));
            assertTrue(e.getMessage().contains("no room"), e::getMessage);
            assertTrue(there.node(0).storage.items().isEmpty());
        }
    }

    @Test
    void repairBringsTheWeakestChunkBackToAllItsShards() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8,
                options -> options.withRepair(Duration.ofMillis(200), Duration.ofSeconds(2)))) {
            Path file = file("kept", 4_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            List<StorageEvent> events = new CopyOnWriteArrayList<>();
            there.nodes.forEach(n -> n.storage.listen(events::add));
            for (int i = 0; i < 3; i++) {
                there.kill(there.node(i));
            }
            StorageService survivor = there.node(7).storage;
            assertTrue(survivor.health(item.link()).weakest() < STANDARD.threshold());
            await().atMost(Duration.ofSeconds(60)).until(() -> survivor.health(item.link()).complete());
            await().until(() -> events.stream().anyMatch(e -> e instanceof StorageEvent.RepairFinished f &&
                    f.complete()));
            assertTrue(events.stream().anyMatch(StorageEvent.RepairStarted.class::isInstance));
            assertTrue(events.stream().anyMatch(StorageEvent.RepairProgress.class::isInstance));
            assertEquals(4, there.nodes.stream().mapToLong(n -> n.storage.status().chunksRepaired()).sum());
            assertTrue(there.nodes.stream().anyMatch(n -> n.storage.status().lastRepair() != null));
            // Five hold six shards each now: any three more may vanish.
            there.kill(there.node(3));
            there.kill(there.node(4));
            there.kill(there.node(5));
            survivorGets(there, item, file);
        }
    }

    @Test
    void aNewPeerThatNeverHeardOfTheFileTakesPartInItsRepair() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 3,
                options -> options.withRepair(Duration.ofMillis(200), Duration.ofSeconds(2)))) {
            StoredItem item = there.node(0).storage.put(file("kept", 1_500_000), new PutOptions(2, 6), Progress.NONE);
            there.kill(there.node(0));
            there.kill(there.node(1));
            Neighbourhood.Node fresh = there.add(options -> options);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                Health health = there.node(2).storage.health(item.link());
                return health.complete() && health.shardsByHolder().getOrDefault(fresh.id(), 0) > 0;
            });
            await().until(() -> fresh.storage.status().objects() == 1);
            there.kill(there.node(2));
            assertTrue(fresh.storage.health(item.link()).weakest() >= 2);
        }
    }

    @Test
    void everyPeerHoldsTheManifest() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            there.node(0).storage.put(file("kept", 1000), STANDARD, Progress.NONE);
            Set<Integer> objects = there.nodes.stream().map(n -> n.storage.status().objects())
                    .collect(Collectors.toSet());
            assertEquals(new HashSet<>(Arrays.asList(1)), objects);
        }
    }
}
