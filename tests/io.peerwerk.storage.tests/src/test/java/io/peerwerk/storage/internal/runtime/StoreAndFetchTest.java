// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.StoredItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAndFetchTest {

    @TempDir
    Path folder;

    @Test
    void whatWasPutOnOneOfEightNodesIsGotOnAnother() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("some.bin", 5_000_000);
            long t = System.nanoTime();
            StoredItem item = there.node(0).storage.put(file, PutOptions.standard(), Progress.NONE);
            System.out.printf("put %.0f ms%n", (System.nanoTime() - t) / 1e6);
            Health health = there.node(3).storage.health(item.link());
            System.out.println(health);
            assertEquals(30, health.weakest());
            t = System.nanoTime();
            Fetched fetched = there.node(5).storage.get(item.link(), folder.resolve("got"), Progress.NONE);
            System.out.printf("get %.0f ms%n", (System.nanoTime() - t) / 1e6);
            assertEquals(-1, Files.mismatch(file, fetched.path()));
        }
    }

    private Path file(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }
}
