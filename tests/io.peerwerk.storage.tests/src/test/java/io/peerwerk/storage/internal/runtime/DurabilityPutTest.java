// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.peerwerk.storage.DurabilityPlan;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.Promise;
import io.peerwerk.storage.StoredItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts with a target instead of a code, on real hosts. */
class DurabilityPutTest {

    @TempDir
    Path folder;

    private Path file(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void aTargetIsStoredWithItsPlanAndItsPromiseOutlivesARestart() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 4)) {
            Path file = file("kept", 1_500_000);
            Neighbourhood.Node first = there.node(0);
            DurabilityPlan plan = first.storage.plan(DurabilityTarget.standard(), 1_500_000);
            StoredItem item = first.storage.put(file, DurabilityTarget.standard(), Progress.NONE);
            assertEquals(plan.shards(), item.shards());
            Promise promise = item.promise();
            assertNotNull(promise);
            assertEquals(4, promise.network().peers());
            assertEquals(plan.promise().lossIfHalfVanish(), promise.lossIfHalfVanish());
            assertEquals(promise.warning(), item.warning());
            assertEquals(-1, Files.mismatch(file,
                    there.node(3).storage.get(item.link(), folder.resolve("got"), Progress.NONE).path()));

            first.storage.close();
            first.start(options -> options);
            assertEquals(List.of(item), first.storage.items());
        }
    }

    @Test
    void peersThatOfferNothingAreNotCountedOn() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 4)) {
            there.node(2).storage.offer(0);
            Neighbourhood.Node first = there.node(0);
            await().atMost(Duration.ofMinutes(1)).until(() ->
                    first.storage.plan(DurabilityTarget.standard(), 1).promise().network().peers() == 3);
            StoredItem item = first.storage.put(file("kept", 100_000), DurabilityTarget.standard(), Progress.NONE);
            assertEquals(3, item.promise().network().peers());
        }
    }

    @Test
    void aNodeThatIsAloneSaysWhatThatMeansForItsFiles() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 1)) {
            StoredItem item = there.node(0).storage.put(file("alone", 10_000), DurabilityTarget.standard(), Progress.NONE);
            assertTrue(item.warning().orElseThrow().contains("one peer only"));
            Promise promise = item.promise();
            assertNotNull(promise);
            assertFalse(promise.kept());
            assertEquals(1, promise.lossIfHalfVanish());
        }
    }

    @Test
    void aFolderCountsWithAllThatIsInIt() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many/deep"));
        Files.write(many.resolve("a"), new byte[300]);
        Files.write(many.resolveSibling("b"), new byte[20]);
        Files.createSymbolicLink(many.resolve("link"), many.resolve("a"));
        assertEquals(320, Sizes.of(folder.resolve("many")));
        assertEquals(300, Sizes.of(many.resolve("a")));
        assertEquals(0, Sizes.of(folder.resolve("missing")));
    }

    @Test
    void lifetimesAreReadAgainAndDamagedOnesMeasuredAnew() throws IOException {
        Duration prior;
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            Neighbourhood.Node first = there.node(0);
            prior = first.storage.plan(DurabilityTarget.standard(), 1).promise().network().lifetime();
            first.storage.close();
            Path record = first.directory.resolve("lifetimes");
            assertTrue(Files.size(record) > 0);
            Files.write(record, new byte[] {1, 2, 3});
            first.start(options -> options);
            assertEquals(30, first.storage.plan(DurabilityTarget.standard(), 1).promise().network().lifetime().toDays());
        }
        assertEquals(30, prior.toDays());
    }
}
