// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.storage.StorageLink;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.fakes.FakeStorage;
import io.peerwerk.ui.internal.fakes.VirtualUi;
import io.peerwerk.ui.internal.storage.HealthReport.Grade;

class HealthBookTest {
    private static final StoredItem A = FakeStorage.item("a", 1);
    private static final StoredItem B = FakeStorage.item("bb", 1);
    private static final StoredItem C = FakeStorage.item("ccc", 1);

    private final VirtualUi ui = new VirtualUi();
    private final FakeStorage storage = new FakeStorage();
    private int changes;
    private final HealthBook book = new HealthBook(storage::health, () -> changes++, ui.background(), ui);

    private List<StorageLink> links(StoredItem... items) {
        return List.of(items).stream().map(StoredItem::link).toList();
    }

    @Test
    void newItemsAreExaminedInOrderAndOnce() {
        storage.add(A, FakeStorage.health(A, 30, 3));
        book.follow(List.of(A, B));
        assertInstanceOf(HealthReport.Pending.class, book.report(A));
        ui.run();
        book.follow(List.of(A, B));
        ui.advance(HealthBook.PAUSE);
        assertEquals(links(A, B), storage.asked);
        assertEquals(Grade.WHOLE, book.report(A).grade());
        assertEquals(Grade.UNREADABLE, book.report(B).grade());
        assertEquals("the manifest is not found", book.report(B).sentence());
        assertEquals(2, changes);
    }

    @Test
    void whatIsStaleIsExaminedAgainAfterAPause() {
        storage.add(A, FakeStorage.health(A, 30, 3));
        book.follow(List.of(A));
        ui.run();
        storage.health.put(A.link().root(), FakeStorage.health(A, 12, 2));
        for (int i = 0; i < 100; i++) {
            book.stale();
        }
        ui.advance(HealthBook.PAUSE.minusMillis(1));
        assertEquals(Grade.WHOLE, book.report(A).grade());
        assertEquals(1, storage.asked.size());
        ui.advance(HealthBook.PAUSE);
        assertEquals(Grade.WEAK, book.report(A).grade());
        assertEquals(2, storage.asked.size());
    }

    @Test
    void anItemThatComesDuringARoundIsExaminedInIt() {
        List<StorageLink> asked = new ArrayList<>();
        HealthBook[] self = new HealthBook[1];
        self[0] = new HealthBook(link -> {
            asked.add(link);
            if (link.equals(A.link())) {
                self[0].follow(List.of(C, A, B));
            }
            throw new IOException("nobody knows");
        }, () -> { }, ui.background(), ui);
        self[0].follow(List.of(A, B));
        ui.run();
        assertEquals(links(A, B, C), asked);
    }

    @Test
    void anItemThatIsGoneIsForgotten() {
        storage.add(A, FakeStorage.health(A, 30, 3));
        book.follow(List.of(A));
        ui.run();
        book.follow(List.of());
        assertInstanceOf(HealthReport.Pending.class, book.report(A));
    }

    @Test
    void afterTheEndNothingIsAsked() {
        book.close();
        book.follow(List.of(A));
        book.stale();
        ui.advance(HealthBook.PAUSE);
        assertEquals(List.of(), storage.asked);
    }

    @Test
    void aFaultOfOursDoesNotEndTheExaminations() {
        HealthBook broken = new HealthBook(link -> {
            storage.asked.add(link);
            throw new IllegalStateException("on purpose");
        }, () -> { }, ui.background(), ui);
        broken.follow(List.of(A, B));
        ui.run();
        assertEquals(links(A, B), storage.asked);
        assertEquals(Grade.UNREADABLE, broken.report(B).grade());
    }
}
