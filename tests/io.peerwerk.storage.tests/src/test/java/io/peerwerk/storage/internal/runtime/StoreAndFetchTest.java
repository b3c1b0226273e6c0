// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Protocol;
import io.peerwerk.storage.Fetched;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.NotEnoughShardsException;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.WrongKeyException;
import io.peerwerk.transport.Connection;
import io.peerwerk.transport.internal.SwitchHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAndFetchTest extends NodesTest {

    private static final int CHUNK = (1 << 20) - 16;
    private static final PutOptions STANDARD = PutOptions.standard();

    @Test
    void whatWasPutOnOneOfEightNodesIsGotOnAnother() throws Exception {
        try (Neighbourhood there = new Neighbourhood(folder, 8)) {
            Path file = file("some.bin", 3_500_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            assertEquals("some.bin", item.name());
            assertEquals(8, item.holders());
            assertTrue(item.warning().isEmpty());
            assertEquals(List.of(item), there.node(0).storage.items());
            Health health = there.node(3).storage.health(item.link());
            assertEquals(30, health.weakest());
            assertTrue(health.complete());
            health.shardsByHolder().values().forEach(count -> assertTrue(count >= 4 * 3 && count <= 4 * 4));
            Fetched fetched = there.node(5).storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, fetched.path()));
            assertEquals(3_500_000, fetched.bytes());
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertEquals(HexFormat.of().formatHex(sha256), fetched.sha256());
        }
    }

    @Test
    void whereNodesAreConnectedOverQuicTheirBlocksMayTakeTcp() throws Exception {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            there.node(0).listenOnQuic();
            there.node(1).listenOnQuic();
            SwitchHost host = there.node(0).host;
            await().until(() -> {
                host.connections().forEach(Connection::close); // from when there was TCP alone
                return host.connect(there.node(1).id(), there.node(1).host.addresses()).remoteAddress()
                        .has(Protocol.QUIC_V1);
            });
            StoredItem item = there.node(0).storage.put(file("some.bin", 12_000_000), new PutOptions(1, 2),
                    Progress.NONE);
            await().until(() -> host.connections().stream().anyMatch(c -> !c.remoteAddress().has(Protocol.UDP)));
            there.node(1).storage.get(item.link(), target("got"), Progress.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 60, 2 * CHUNK})
    void aFileOfAnySizeComesBack(int bytes) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            Path file = file("sized", bytes);
            StoredItem item = there.node(0).storage.put(file, new PutOptions(3, 7), Progress.NONE);
            assertEquals(bytes, item.bytes());
            Fetched fetched = there.node(1).storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, fetched.path()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "5,5", "64,255", "255,255"})
    void anyCodeWorks(int k, int n) throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            Path file = file("coded", 1_200_000);
            StoredItem item = there.node(0).storage.put(file, new PutOptions(k, n), Progress.NONE);
            Fetched fetched = there.node(2).storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, fetched.path()));
        }
    }

    @Test
    void aNodeThatIsAloneKeepsAllShardsAndSaysSo() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 1)) {
            Path file = file("alone", 2_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            assertEquals(1, item.holders());
            assertTrue(item.warning().orElseThrow().contains("one peer only"));
            assertTrue(there.node(0).storage.health(item.link()).warning().isPresent());
            there.node(0).storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, target("got")));
        }
    }

    @Test
    void aFolderComesBackWithAllThatIsInIt() throws IOException {
        Path source = Files.createDirectories(folder.resolve("photos"));
        Files.createDirectories(source.resolve("empty"));
        Files.createDirectories(source.resolve("a/b"));
        Files.write(source.resolve("a/b/one.bin"), content("one", 1_500_000));
        Files.write(source.resolve("nothing.txt"), new byte[0]);
        Files.writeString(source.resolve("grüße 日本.txt"), "hello");
        Files.createSymbolicLink(source.resolve("a/link"), Path.of("b/one.bin"));
        Files.setLastModifiedTime(source.resolve("nothing.txt"), FileTime.fromMillis(1_000_000_000_000L));
        assertTrue(source.resolve("nothing.txt").toFile().setExecutable(true, true));
        try (Neighbourhood there = new Neighbourhood(folder.resolve("nodes"), 3)) {
            StoredItem item = there.node(0).storage.put(source, STANDARD, Progress.NONE);
            assertTrue(item.folder());
            assertEquals(1_500_005, item.bytes());
            Fetched fetched = there.node(1).storage.get(item.link(), target("back"), Progress.NONE);
            assertEquals(tree(source), tree(fetched.path()));
            assertEquals(-1, Files.mismatch(source.resolve("a/b/one.bin"), target("back/a/b/one.bin")));
            assertEquals(-1, Files.mismatch(source.resolve("a/b/one.bin"), target("back/a/link")));
            assertTrue(Files.isExecutable(target("back/nothing.txt")));
            assertEquals(1_000_000_000_000L, Files.getLastModifiedTime(target("back/nothing.txt")).toMillis());
            assertNoTemporaryFiles();
        }
    }

    private static List<String> tree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(p -> root.relativize(p) + (Files.isSymbolicLink(p) ? "@" : Files.isDirectory(p) ? "/" : ""))
                    .sorted().toList();
        }
    }

    private void assertNoTemporaryFiles() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(), all.filter(p -> p.getFileName().toString().startsWith(".peerwerk")).toList());
        }
    }

    @Test
    void noStoreHoldsSixteenBytesOfThePlaintextInARow() throws IOException {
        byte[] content = content("secret", 2_000_000);
        Path file = Files.write(folder.resolve("secret"), content);
        Set<Long> runs = new HashSet<>();
        for (int at = 0; at + 16 <= content.length; at += 16) {
            runs.add(first(content, at) * 31 + first(content, at + 8));
        }
        Path nodes = folder.resolve("nodes");
        try (Neighbourhood there = new Neighbourhood(nodes, 3)) {
            there.node(0).storage.put(file, STANDARD, Progress.NONE);
        }
        long looked = 0;
        try (Stream<Path> all = Files.walk(nodes)) {
            for (Path stored : all.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(stored);
                looked += bytes.length;
                // Every run of 31 bytes holds an aligned one of 16.
                for (int at = 0; at + 16 <= bytes.length; at++) {
                    assertFalse(runs.contains(first(bytes, at) * 31 + first(bytes, at + 8)),
                            stored + " shows plaintext");
                }
            }
        }
        assertTrue(looked > 6_000_000);
    }

    private static long first(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, 8).getLong();
    }

    @Test
    void withoutTheRightKeyNothingIsWritten() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            StoredItem item = there.node(0).storage.put(file("locked", 100_000), STANDARD, Progress.NONE);
            StorageLink wrong = new StorageLink(item.link().root(), Secret.of(new byte[32]));
            WrongKeyException e = assertThrows(WrongKeyException.class,
                    () -> there.node(1).storage.get(wrong, target("got"), Progress.NONE));
            assertTrue(e.getMessage().contains("key does not open"), e::getMessage);
            assertFalse(Files.exists(target("got")));
            assertNoTemporaryFiles();
        }
    }

    @Test
    void aLinkToSomethingThatNobodyHasIsToldSo() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder,
                2); Neighbourhood elsewhere = new Neighbourhood(folder.resolve("x"), 1)) {
            StoredItem item = elsewhere.node(0).storage.put(file("far", 1000), STANDARD, Progress.NONE);
            NotEnoughShardsException e = assertThrows(NotEnoughShardsException.class,
                    () -> there.node(1).storage.get(item.link(), target("got"), Progress.NONE));
            assertTrue(e.getMessage().contains("manifest"), e::getMessage);
        }
    }

    @Test
    void whatIsThereAlreadyIsNotOverwritten() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 1)) {
            StorageService storage = there.node(0).storage;
            StoredItem item = storage.put(file("new", 1000), STANDARD, Progress.NONE);
            Path old = file("old", 10);
            assertThrows(FileAlreadyExistsException.class, () -> storage.get(item.link(), old, Progress.NONE));
            assertArrayEquals(content("old", 10), Files.readAllBytes(old));
            Path empty = Files.createFile(target("empty"));
            storage.get(item.link(), empty, Progress.NONE);
            assertEquals(1000, Files.size(empty));
            Path into = Files.createDirectory(target("into"));
            assertEquals(into.resolve("new"), storage.get(item.link(), into, Progress.NONE).path());
            assertThrows(FileAlreadyExistsException.class, () -> storage.get(item.link(), into, Progress.NONE));
            StorageException e = assertThrows(StorageException.class,
                    () -> storage.get(item.link(), target("no/such/folder"), Progress.NONE));
            assertTrue(e.getMessage().contains("no folder"), e::getMessage);
        }
    }

    @Test
    void aFileThatDoesNotExistIsToldSo() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 1)) {
            StorageException e = assertThrows(StorageException.class,
                    () -> there.node(0).storage.put(target("missing"), STANDARD, Progress.NONE));
            assertTrue(e.getMessage().contains("there is no file"), e::getMessage);
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("bad\nname"), "x");
        try (Neighbourhood there = new Neighbourhood(folder.resolve("nodes"), 1)) {
            StorageException e = assertThrows(StorageException.class,
                    () -> there.node(0).storage.put(source, STANDARD, Progress.NONE));
            assertTrue(e.getMessage().contains("control character"), e::getMessage);
        }
    }

    @Test
    void severalTransfersAtOnceDoNotGetInEachOthersWay() throws Exception {
        try (Neighbourhood there = new Neighbourhood(folder, 3);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> puts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Path file = file("file" + i, 1_500_000);
                Path target = target("got" + i);
                puts.add(() -> {
                    StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
                    there.node(1).storage.get(item.link(), target, Progress.NONE);
                    return Files.mismatch(file, target);
                });
            }
            for (Future<Long> put : callers.invokeAll(puts)) {
                assertEquals(-1, put.get());
            }
        }
    }

    @Test
    void progressIsToldAndOnlyGrows() throws IOException {
        List<Long> told = new ArrayList<>();
        Progress progress = (done, total, phase) -> {
            told.add(done);
            assertTrue(done <= total);
        };
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            StoredItem item = there.node(0).storage.put(file("big", 20_000_000), new PutOptions(4, 6), progress);
            assertEquals(told.stream().sorted().toList(), told);
            assertEquals(20_000_000, told.getLast());
            told.clear();
            there.node(1).storage.get(item.link(), target("got"), progress);
            assertEquals(told.stream().sorted().toList(), told);
            assertEquals(20_000_000, told.getLast());
            assertTrue(told.size() > 5);
        }
    }
}
