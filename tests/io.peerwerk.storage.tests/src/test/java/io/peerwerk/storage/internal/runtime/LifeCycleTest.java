// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.core.wire.FormatException;
import io.peerwerk.fixtures.Untrusted;
import io.peerwerk.storage.Progress;
import io.peerwerk.storage.PutOptions;
import io.peerwerk.storage.Secret;
import io.peerwerk.storage.StorageEvent;
import io.peerwerk.storage.StorageException;
import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.storage.TransferCancelledException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LifeCycleTest extends NodesTest {

    private static final PutOptions STANDARD = PutOptions.standard();

    @Test
    void afterTheModuleWasUpdatedEverythingIsServedAgain() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 4)) {
            Path file = file("kept", 3_000_000);
            StoredItem item = there.node(0).storage.put(file, STANDARD, Progress.NONE);
            there.node(0).storage.offer(77_000_000);
            for (Neighbourhood.Node node : there.nodes) {
                node.storage.close();
                node.start(options -> options);
            }
            assertEquals(List.of(item), there.node(0).storage.items());
            assertEquals(77_000_000, there.node(0).storage.status().offered());
            assertEquals(77_000_000, there.node(0).membership.advertised);
            assertEquals(1, there.node(1).storage.status().objects());
            there.node(3).storage.get(item.link(), target("got"), Progress.NONE);
            assertEquals(-1, Files.mismatch(file, target("got")));
        }
    }

    @Test
    void aPutThatIsCancelledEndsAtOnceAndIsNotListed() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            assertThrows(TransferCancelledException.class,
                    () -> there.node(0).storage.put(file("big", 30_000_000), STANDARD, cancelledAfter(2_000_000)));
            assertTrue(there.node(0).storage.items().isEmpty());
        }
    }

    private static Progress cancelledAfter(long bytes) {
        AtomicBoolean cancelled = new AtomicBoolean();
        return new Progress() {

            @Override
            public void update(long done, long total, String phase) {
                cancelled.set(done >= bytes);
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
    }

    @Test
    void aGetThatIsCancelledLeavesNoFileBehind() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder.resolve("nodes"), 3)) {
            StoredItem item = there.node(0).storage.put(file("big", 15_000_000), STANDARD, Progress.NONE);
            Path here = Files.createDirectory(target("here"));
            assertThrows(TransferCancelledException.class,
                    () -> there.node(1).storage.get(item.link(), here.resolve("got"), cancelledAfter(2_000_000)));
            try (Stream<Path> left = Files.list(here)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void anInterruptCancelsToo() throws Exception {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            Path file = file("big", 30_000_000);
            Thread[] caller = new Thread[1];
            CompletableFuture<StoredItem> put = new CompletableFuture<>();
            caller[0] = Thread.ofVirtual().start(() -> {
                try {
                    put.complete(there.node(0).storage.put(file, STANDARD, (done, total, phase) -> {
                        if (done > 1_000_000) {
                            caller[0].interrupt();
                        }
                    }));
                } catch (IOException e) {
                    put.completeExceptionally(e);
                }
            });
            ExecutionException e = assertThrows(ExecutionException.class, put::get);
            assertTrue(e.getCause() instanceof TransferCancelledException, () -> String.valueOf(e.getCause()));
            // The store took no harm from the interrupt.
            there.node(0).storage.put(file("small", 1000), STANDARD, Progress.NONE);
        }
    }

    @Test
    void aTransferEndsWithAClearErrorWhenTheModuleStops() throws Exception {
        try (Neighbourhood there = new Neighbourhood(folder, 3)) {
            Path file = file("big", 60_000_000);
            CompletableFuture<Void> begun = new CompletableFuture<>();
            CompletableFuture<StoredItem> put = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    put.complete(there.node(0).storage.put(file, STANDARD, (done, total, phase) -> {
                        if (done > 1_000_000) {
                            begun.complete(null);
                        }
                    }));
                } catch (IOException | RuntimeException e) {
                    put.completeExceptionally(e);
                }
            });
            begun.get();
            there.node(0).storage.close();
            ExecutionException e = assertThrows(ExecutionException.class, put::get);
            assertTrue(e.getCause().getMessage().contains("stopped"), () -> String.valueOf(e.getCause()));
            StorageException closed = assertThrows(StorageException.class,
                    () -> there.node(0).storage.put(file, STANDARD, Progress.NONE));
            assertTrue(closed.getMessage().contains("not running"), closed::getMessage);
            there.node(0).start(options -> options);
            there.node(0).storage.put(file("small", 1000), STANDARD, Progress.NONE);
        }
    }

    @Test
    void listenersHearWhatWasStoredAndHowMuchIsUsed() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 2)) {
            List<StorageEvent> events = new CopyOnWriteArrayList<>();
            var registration = there.node(0).storage.listen(events::add);
            StoredItem item = there.node(0).storage.put(file("f", 100_000), STANDARD, Progress.NONE);
            await().until(() -> events.contains(new StorageEvent.ItemStored(item)));
            long used = there.node(0).storage.status().used();
            await().until(() -> events.contains(new StorageEvent.UsageChanged(used, 2_000_000_000L)));
            there.node(0).storage.offer(5);
            await().until(() -> events.contains(new StorageEvent.UsageChanged(used, 5)));
            registration.close();
            registration.close();
        }
    }

    @Test
    void theCatalogueCanBeReadByItsOwnerOnly() throws IOException {
        try (Neighbourhood there = new Neighbourhood(folder, 1)) {
            there.node(0).storage.put(file("f", 100), STANDARD, Progress.NONE);
            Path catalogue = there.node(0).directory.resolve("catalogue");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(catalogue)));
            assertFalse(Files.exists(there.node(0).directory.resolve("catalogue.new")));
        }
    }

    @Test
    void aDamagedCatalogueIsPutAsideAndNotOverwritten() throws IOException {
        Path path = Files.write(folder.resolve("catalogue"), new byte[] {10, 3, 1, 2, 3});
        Catalogue catalogue = new Catalogue(path);
        assertTrue(catalogue.items().isEmpty());
        catalogue.add(item("a"));
        try (Stream<Path> files = Files.list(folder)) {
            Path aside = files.filter(f -> f.getFileName().toString().startsWith("catalogue.damaged")).findFirst()
                    .orElseThrow();
            assertEquals(5, Files.size(aside));
        }
        assertEquals(List.of(item("a")), new Catalogue(path).items());
    }

    private static StoredItem item(String name) {
        Cid root = Cid.v1(Cid.PEERWERK, Multihash.sha256(new byte[] {1}));
        return new StoredItem(name, new StorageLink(root, Secret.of(new byte[32])), 5, Instant.EPOCH, STANDARD, false,
                3);
    }

    @Property
    void aCatalogueIsReadAsItWasWritten(@ForAll List<@StringLength(max = 100) String> names) throws FormatException {
        List<StoredItem> items = names.stream().filter(n -> n.equals(new String(n.getBytes(UTF_8),
                UTF_8))).map(LifeCycleTest::item).toList();
        assertEquals(items, Catalogue.parse(Catalogue.toBytes(items)));
    }

    @Property
    void anyBytesAreACatalogueOrAreRefused(@ForAll byte[] bytes) {
        Untrusted.read(() -> Catalogue.parse(bytes));
    }

    @Test
    void theUsersLastWordOnTheOfferCounts() throws IOException {
        Path path = folder.resolve("offer");
        assertEquals(StorageOptions.DEFAULT_OFFER, new Offer(path, null).bytes());
        Offer configured = new Offer(path, 100L);
        assertEquals(100, configured.bytes());
        configured.set(200);
        assertEquals(200, new Offer(path, 100L).bytes());
        assertEquals(200, new Offer(path, null).bytes());
        assertEquals(300, new Offer(path, 300L).bytes());
        assertThrows(IllegalArgumentException.class, () -> configured.set(-1));
        Files.writeString(path, "nonsense here");
        assertEquals(StorageOptions.DEFAULT_OFFER, new Offer(path, null).bytes());
    }
}
