// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.Block;
import io.peerwerk.storage.Convergence;
import io.peerwerk.storage.Health;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.WrongKeyException;
import io.peerwerk.storage.internal.exchange.BlockClient;
import io.peerwerk.storage.internal.manifest.Manifest;
import io.peerwerk.storage.internal.transfer.Peers;
import io.peerwerk.storage.internal.transfer.TransferContext.Timing;
import io.peerwerk.transport.Connection;
import org.junit.jupiter.api.Test;

class PrivateContentTest extends NodesTest {

    private static final PutOptions STANDARD = PutOptions.standard();
    private static final int SHARD = (1 << 20) / 10 + 1;
    /** What peers have is asked for until they answer, however busy the machine is. */
    private static final Timing PATIENT = new Timing(Duration.ofMillis(300), Duration.ofMinutes(2), Duration.ZERO);

    private Neighbourhood neighbourhood(int count) throws IOException {
        return new Neighbourhood(folder.resolve("nodes"), count, options -> options.withTiming(PATIENT));
    }

    /** Bytes that the node sent on the wire since it is there. */
    private static long sent(Neighbourhood.Node node) {
        return node.host.connections().stream().mapToLong(Connection::bytesOut).sum();
    }

    private static long blocks(Neighbourhood there) {
        return there.nodes.stream().mapToLong(node -> node.storage.status().blocks()).sum();
    }

    private Path twentyMegabytes() throws IOException {
        Path source = Files.createDirectory(folder.resolve("album"));
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("picture" + i), content("picture" + i, 1_000_000));
        }
        return source;
    }

    @Test
    void aFolderThatIsStoredAgainAfterAChangeOfOneByteSendsTheChunksThatChanged() throws IOException {
        Path source = twentyMegabytes();
        try (Neighbourhood there = neighbourhood(8)) {
            Neighbourhood.Node node = there.node(0);
            node.storage.put(source, STANDARD, Progress.NONE);
            long first = sent(node);
            node.storage.put(source, STANDARD, Progress.NONE);
            long again = sent(node) - first;

            Path picture = source.resolve("picture7");
            byte[] changed = Files.readAllBytes(picture);
            changed[500_000] ^= 1;
            Files.write(picture, changed);
            Files.setLastModifiedTime(picture, FileTime.fromMillis(1_700_000_000_000L));
            List<Long> told = new ArrayList<>();
            StoredItem item = node.storage.put(source, STANDARD, (done, total, phase) -> told.add(done));
            long afterChange = sent(node) - first - again;
            System.out.printf("sent: %,d bytes at first, %,d unchanged, %,d after a change of one byte%n", first, again,
                    afterChange);

            // 20 chunks of 30 shards, an eighth of which stays here.
            assertTrue(first > 19 * 26L * SHARD, () -> first + " bytes sent at first");
            assertTrue(again < 6L * SHARD, () -> again + " bytes sent although nothing changed");
            // The chunk with the byte, and that with the directory, in which the time changed.
            assertTrue(afterChange > 26L * SHARD && afterChange < 60L * SHARD, () -> afterChange + " bytes sent");
            assertEquals(20_000_000, told.getLast());
            there.node(5).storage.get(item.link(), target("back"), Progress.NONE);
            assertArrayEquals(changed, Files.readAllBytes(target("back/picture7")));
        }
    }

    @Test
    void usersWithSecretsOfTheirOwnHaveNoShardInCommon() throws IOException {
        Path file = file("known.bin", 2_500_000);
        try (Neighbourhood there = neighbourhood(4)) {
            there.node(0).storage.put(file, STANDARD, Progress.NONE);
            long one = blocks(there);
            there.node(1).storage.put(file, STANDARD, Progress.NONE);
            assertEquals(2 * one, blocks(there));
            there.node(1).storage.put(file, STANDARD, Convergence.none(), Progress.NONE);
            assertEquals(3 * one, blocks(there));
        }
    }

    @Test
    void usersWhoShareASecretKeepCommonContentOnce() throws IOException {
        Path file = file("shared.bin", 2_500_000);
        Convergence group = Convergence.shared("three random words");
        try (Neighbourhood there = neighbourhood(4)) {
            StoredItem ours = there.node(0).storage.put(file, STANDARD, group, Progress.NONE);
            long one = blocks(there);
            StoredItem theirs = there.node(1).storage.put(file, STANDARD, group, Progress.NONE);
            // A table and a manifest on each of the four.
            assertEquals(one + 8, blocks(there));
            assertNotEquals(ours.link(), theirs.link());
            assertEquals(4, theirs.holders());
            there.node(2).storage.get(theirs.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, target("got")));
        }
    }

    @Test
    void contentThatLiesOnOnePeerIsSpreadWhenItIsStoredAgainAmongMore() throws IOException {
        Path file = file("early.bin", 2_000_000);
        try (Neighbourhood there = neighbourhood(1)) {
            there.node(0).storage.put(file, STANDARD, Progress.NONE);
            for (int i = 0; i < 5; i++) {
                there.add(options -> options.withTiming(PATIENT));
            }
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            assertEquals(6, item.holders());
            Neighbourhood.Node first = there.node(0);
            there.kill(first);
            Health health = there.node(1).storage.health(item.link());
            assertEquals(25, health.weakest());
        }
    }

    private byte[] manifest(Neighbourhood there, StorageLink link) throws IOException {
        Neighbourhood.Node from = there.node(0);
        byte[][] found = new byte[1][];
        new BlockClient(new Peers(from.host, from.membership)::open, Duration.ofSeconds(10)).get(there.node(1).id(),
                List.of(link.root()), (number, data) -> {
                    found[0] = new byte[data.remaining()];
                    data.get(found[0]);
                });
        return found[0];
    }

    @Test
    void whatHoldersSeeOfTwoFilesOfAboutTheSameSizeIsEqual() throws IOException {
        Path small = file("a", 2_500_000);
        Path large = file("a much longer name", 2_540_000);
        try (Neighbourhood there = neighbourhood(2)) {
            byte[] one = manifest(there, there.node(0).storage.put(small, STANDARD, Progress.NONE).link());
            byte[] two = manifest(there, there.node(0).storage.put(large, STANDARD, Progress.NONE).link());
            assertEquals(one.length, two.length);
            Manifest first = Manifest.parse(one);
            Manifest second = Manifest.parse(two);
            assertEquals(first.chunks(), second.chunks());
            assertEquals(first.lastBytes(), second.lastBytes());
            assertEquals(first.sealed().length, second.sealed().length);
            assertFalse(Arrays.equals(first.sealed(), second.sealed()));
        }
    }

    @Test
    void aRotatedFileHasANewLinkAndNothingInCommonWithTheOldOne() throws IOException {
        Path source = Files.createDirectory(folder.resolve("secrets"));
        Files.write(source.resolve("one"), content("one", 2_500_000));
        Files.writeString(source.resolve("two"), "hello");
        try (Neighbourhood there = neighbourhood(4)) {
            StoredItem other = there.node(0).storage.put(file("other", 10), STANDARD, Progress.NONE);
            long before = blocks(there);
            StoredItem old = there.node(0).storage.put(source, new PutOptions(3, 8), Progress.NONE);
            long one = blocks(there) - before;
            List<Long> told = new ArrayList<>();
            StoredItem rotated = there.node(0).storage.rotate(old.link(), (done, total, phase) -> told.add(done));

            assertEquals(List.of(rotated, other), there.node(0).storage.items());
            assertEquals("secrets", rotated.name());
            assertEquals(old.shards(), rotated.shards());
            assertEquals(old.bytes(), rotated.bytes());
            assertTrue(rotated.folder());
            assertNotEquals(old.link().key(), rotated.link().key());
            assertEquals(before + 2 * one, blocks(there));
            assertEquals(told.stream().sorted().toList(), told);
            there.node(1).storage.get(rotated.link(), target("back"), Progress.NONE);
            assertEquals(-1, Files.mismatch(source.resolve("one"), target("back/one")));
            StorageLink oldKey = new StorageLink(rotated.link().root(), old.link().key());
            assertThrows(WrongKeyException.class,
                    () -> there.node(1).storage.get(oldKey, target("no"), Progress.NONE));
        }
    }

    @Test
    void aFileIsNotRotatedWithAWrongKey() throws IOException {
        try (Neighbourhood there = neighbourhood(2)) {
            StoredItem item = there.node(0).storage.put(file("kept", 10), STANDARD, Progress.NONE);
            StorageLink wrong = new StorageLink(item.link().root(), Secret.of(new byte[32]));
            assertThrows(WrongKeyException.class, () -> there.node(0).storage.rotate(wrong, Progress.NONE));
            assertEquals(List.of(item), there.node(0).storage.items());
        }
    }

    @Test
    void theConvergenceSecretIsMadeOnceAndIsItsOwnersOnly() throws IOException {
        Path file = file("mine", 1_000_000);
        try (Neighbourhood there = neighbourhood(3)) {
            Neighbourhood.Node node = there.node(0);
            Path secret = node.directory.resolve("convergence");
            byte[] made = Files.readAllBytes(secret);
            assertEquals(32, made.length);
            assertEquals("rw-------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(secret)));
            node.storage.put(file, STANDARD, Progress.NONE);
            long one = blocks(there);
            node.storage.close();
            // As a crash in the middle of writing would leave it.
            Files.write(node.directory.resolve("convergence.new"), new byte[7]);
            node.start(options -> options.withTiming(PATIENT));
            assertArrayEquals(made, Files.readAllBytes(secret));
            node.storage.put(file, STANDARD, Progress.NONE);
            assertEquals(one + 2 * 3, blocks(there));
        }
    }

    @Test
    void aConvergenceSecretThatIsDamagedIsPutAsideAndFilesAreReadAllTheSame() throws IOException {
        try (Neighbourhood there = neighbourhood(2)) {
            Neighbourhood.Node node = there.node(0);
            Path file = file("mine", 100_000);
            StoredItem item = node.storage.put(file, STANDARD, Progress.NONE);
            node.storage.close();
            Files.write(node.directory.resolve("convergence"), new byte[31]);
            node.start(options -> options.withTiming(PATIENT));
            assertEquals(32, Files.size(node.directory.resolve("convergence")));
            try (var all = Files.list(node.directory)) {
                assertEquals(1, all.filter(p -> p.getFileName().toString().startsWith("convergence.damaged")).count());
            }
            node.storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, target("got")));
        }
    }

    @Test
    void aManifestOfTheFirstVersionIsNamedAsSuch() throws IOException {
        try (Neighbourhood there = neighbourhood(2)) {
            byte[] bytes = new ProtoWriter().uint(1, 1).uint(2, 10).uint(3, 30).toBytes();
            var block = new Block(Cid.v1(
                    Cid.PEERWERK,
                    Multihash.sha256(bytes)), ByteBuffer.wrap(bytes));
            Neighbourhood.Node from = there.node(0);
            new BlockClient(new Peers(from.host, from.membership)::open, Duration.ofSeconds(10))
                    .put(there.node(1).id(), List.of(block));
            StorageLink link = new StorageLink(block.cid(), Secret.of(new byte[32]));
            StorageException e = assertThrows(StorageException.class,
                    () -> from.storage.get(link, target("no"), Progress.NONE));
            assertTrue(e.getMessage().contains("version 1"), e::getMessage);
        }
    }
}
