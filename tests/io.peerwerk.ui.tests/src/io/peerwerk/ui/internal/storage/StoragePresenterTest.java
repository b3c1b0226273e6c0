// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.peerwerk.gossip.MemberState;
import io.peerwerk.node.NodeModule;
import io.peerwerk.storage.StorageStatus;
import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeStorage;
import io.peerwerk.ui.internal.fakes.PresenterTest;
import io.peerwerk.ui.internal.node.NodeState;
import io.peerwerk.ui.internal.storage.HealthReport.Grade;
import io.peerwerk.ui.internal.storage.StorageModel.Moving;
import io.peerwerk.ui.internal.storage.StorageModel.Stored;

class StoragePresenterTest extends PresenterTest<StorageModel> implements StoragePresenter.View {
    private static final StoredItem PHOTO = FakeStorage.item("photo.jpg", 4_000_000);
    private static final StoredItem LETTER = FakeStorage.item("letter.odt", 30_000);

    private final Transfers transfers = new Transfers();

    StoragePresenterTest() {
        visible = false;
    }

    private StoragePresenter present() {
        return begun(new StoragePresenter(source, transfers, this, ui.background(), ui));
    }

    private Stored row(int index) {
        return assertInstanceOf(Stored.class, shown.getLast().rows().get(index));
    }

    @Test
    void whatIsStoredIsListedNewestFirstWithItsHealth() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        present();
        node.storage.add(LETTER, FakeStorage.health(LETTER, 24, 3));
        ui.advance(HealthBook.PAUSE.plus(MOMENT));
        assertEquals(List.of("letter.odt", "photo.jpg"), shown.getLast().rows().stream().map(StorageModel.Row::name).toList());
        assertEquals(Grade.GOOD, row(0).health().grade());
        assertEquals(Grade.WHOLE, row(1).health().grade());
        assertEquals(3, row(1).holders().size());
    }

    @Test
    void theHealthIsAskedForAgainWhenAPeerDies() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        present();
        ui.advance(HealthBook.PAUSE.multipliedBy(3));
        int before = node.storage.asked.size();
        node.storage.health.put(PHOTO.link().root(), FakeStorage.health(PHOTO, 18, 2));
        node.put(FakeNode.peer(1, MemberState.DEAD, null));
        ui.advance(HealthBook.PAUSE.plus(MOMENT));
        assertEquals(Grade.WEAK, row(0).health().grade());
        assertEquals(before + 1, node.storage.asked.size());
    }

    @Test
    void gossipThatChangesNobodysStateAsksNobody() {
        node.put(FakeNode.peer(1, MemberState.ALIVE, null));
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        present();
        ui.advance(HealthBook.PAUSE.multipliedBy(3));
        int before = node.storage.asked.size();
        for (int i = 0; i < 100; i++) {
            node.gossip(10);
            ui.advance(Duration.ofMillis(50));
        }
        assertEquals(before, node.storage.asked.size());
    }

    @Test
    void aRepairThatRestoredShardsIsSeen() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 18, 2));
        present();
        ui.advance(HealthBook.PAUSE.multipliedBy(3));
        node.storage.health.put(PHOTO.link().root(), FakeStorage.health(PHOTO, 30, 2));
        node.storage.status = new StorageStatus(1, 1, 1, 1, 0, 1, 12, null);
        node.storage.tell(new io.peerwerk.storage.StorageEvent.RepairFinished(PHOTO.link().root(), 1, 12, true));
        ui.advance(HealthBook.PAUSE.plus(MOMENT));
        assertEquals(Grade.WHOLE, row(0).health().grade());
    }

    @Test
    void healthIsAskedForNowAndThenWhileSomebodyLooks() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 2));
        present();
        ui.advance(StoragePresenter.RECHECK.multipliedBy(3));
        int before = node.storage.asked.size();
        visible = true;
        ui.advance(StoragePresenter.RECHECK.plus(HealthBook.PAUSE));
        assertEquals(before + 1, node.storage.asked.size());
    }

    @Test
    void transfersUnderWayStandFirstUntilTheirEnd() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        present();
        Transfers.Running running = transfers.begin(new Transfer.Put(Path.of("film.mkv")));
        running.update(30, 100);
        ui.advance(MOMENT);
        Moving moving = assertInstanceOf(Moving.class, shown.getLast().rows().getFirst());
        assertEquals(new Transfers.State(30, 100, false), moving.state());
        assertEquals("film.mkv", moving.name());
        running.end();
        ui.advance(MOMENT);
        assertEquals(1, shown.getLast().rows().size());
    }

    @Test
    void aTransferThatReportsAThousandTimesASecondRedrawsAtMostTenTimes() {
        present();
        Transfers.Running running = transfers.begin(new Transfer.Put(Path.of("film.mkv")));
        int before = shown.size();
        for (int i = 0; i < 1000; i++) {
            running.update(i, 1000);
            ui.advance(Duration.ofMillis(1));
        }
        assertTrue(shown.size() - before <= 11, () -> shown.size() - before + " times in a second");
    }

    @Test
    void aModuleThatGoesIsSaidAndItsReturnListsAgain() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        present();
        node.module(NodeModule.STORAGE, false);
        ui.advance(MOMENT);
        assertEquals("The storage module is not loaded", shown.getLast().notice().title());
        assertEquals(List.of(), shown.getLast().rows());
        node.module(NodeModule.STORAGE, true);
        ui.advance(MOMENT);
        assertNull(shown.getLast().notice());
        node.storage.add(LETTER, null);
        ui.advance(MOMENT);
        assertEquals(2, shown.getLast().rows().size());
    }

    @Test
    void aNodeThatStopsDuringAnExaminationIsNoFault() {
        node.storage.add(PHOTO, FakeStorage.health(PHOTO, 30, 3));
        ui.holdBackground();
        present();
        source.become(new NodeState.Stopped());
        ui.releaseBackground();
        ui.advance(MOMENT);
        assertEquals("The node is not running", shown.getLast().notice().title());
    }

    @Test
    void nothingListensAfterTheEnd() {
        present().close();
        assertEquals(0, node.listening() + source.listening());
    }
}
