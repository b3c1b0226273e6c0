// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.contribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.peerwerk.node.NodeModule;
import io.peerwerk.ui.internal.contribution.ContributionModel.Given;
import io.peerwerk.ui.internal.contribution.ContributionModel.Taken;
import io.peerwerk.ui.internal.fakes.FakeNode;
import io.peerwerk.ui.internal.fakes.FakeSource;
import io.peerwerk.ui.internal.fakes.FakeStorage;
import io.peerwerk.ui.internal.fakes.VirtualUi;

class ContributionPresenterTest {
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final VirtualUi ui = new VirtualUi();
    private final List<ContributionModel> shown = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private FakeNode node;
    private FakeSource source;
    private ContributionPresenter presenter;

    @BeforeEach
    void present(@TempDir Path home) {
        node = new FakeNode(home);
        source = FakeSource.running(node);
        presenter = new ContributionPresenter(source, new ContributionPresenter.View() {
            @Override
            public void show(ContributionModel model) {
                shown.add(model);
            }

            @Override
            public void refused(String reason) {
                refusals.add(reason);
            }

            @Override
            public boolean visible() {
                return true;
            }
        }, ui.background(), ui);
        ui.advance(MOMENT);
    }

    private Given given() {
        return shown.getLast().given();
    }

    @Test
    void theFiguresAreThoseOfTheStorageAndTheDisk() {
        assertEquals(10_000_000_000L, given().offered());
        assertEquals(2_500_000_000L, given().used());
        assertEquals(7_500_000_000L, given().left());
        assertTrue(given().diskSize() > 0 && given().diskFree() > 0, given().toString());
    }

    @Test
    void ofAllTheValuesASliderPassesOnlyTheLastIsOffered() {
        for (int i = 1; i <= 50; i++) {
            presenter.offer(i * 1_000_000_000L);
            ui.advance(Duration.ofMillis(20));
        }
        assertEquals(OptionalLong.of(50_000_000_000L), presenter.wish());
        assertEquals(List.of(), node.storage.offers);
        ui.advance(ContributionPresenter.REST.plus(MOMENT));
        assertEquals(List.of(50_000_000_000L), node.storage.offers);
        assertEquals(OptionalLong.empty(), presenter.wish());
        assertEquals(50_000_000_000L, given().offered());
    }

    @Test
    void movingBackToTheSameValueOffersItOnce() {
        presenter.offer(5);
        ui.advance(Duration.ofMillis(100));
        presenter.offer(6);
        ui.advance(Duration.ofMillis(100));
        presenter.offer(5);
        ui.advance(Duration.ofSeconds(1));
        assertEquals(List.of(5L), node.storage.offers);
    }

    @Test
    void anOfferThatCannotBeWrittenIsSaidAndTheFiguresStay() {
        node.storage.refusal = new IOException("the disk is read-only");
        presenter.offer(1);
        ui.advance(Duration.ofSeconds(1));
        assertEquals(List.of("the disk is read-only"), refusals);
        assertEquals(10_000_000_000L, given().offered());
    }

    @Test
    void anOfferWhileTheModuleIsAwayIsSaid() {
        node.module(NodeModule.STORAGE, false);
        presenter.offer(1);
        ui.advance(Duration.ofSeconds(1));
        assertEquals(List.of("the storage module is not loaded"), refusals);
        assertNull(given());
        node.module(NodeModule.STORAGE, true);
        ui.advance(MOMENT);
        assertEquals(10_000_000_000L, given().offered());
    }

    @Test
    void whatTheUserTakesIsCountedWithItsShards() {
        node.storage.add(FakeStorage.item("a", 1_000_000), null);
        node.storage.add(FakeStorage.item("bb", 500_000), null);
        ui.advance(MOMENT);
        assertEquals(new Taken(2, 1_500_000, 4_500_000), shown.getLast().taken());
    }

    @Test
    void moreUsedThanOfferedIsToldApart() {
        presenter.offer(1_000_000_000);
        ui.advance(Duration.ofSeconds(1));
        assertTrue(given().overdrawn());
        assertEquals(0, given().left());
        assertFalse(new Given(5, 5, 10, 20, 0, 0, 0, 0, 0, null).overdrawn());
    }

    @Test
    void anOfferBeyondTheDiskIsToldApart() {
        assertTrue(new Given(100, 10, 89, 1000, 0, 0, 0, 0, 0, null).beyondDisk());
        assertFalse(new Given(100, 10, 90, 1000, 0, 0, 0, 0, 0, null).beyondDisk());
        assertFalse(new Given(100, 10, -1, -1, 0, 0, 0, 0, 0, null).beyondDisk());
    }

    @Test
    void nothingListensAfterTheEnd() {
        presenter.close();
        assertEquals(0, node.listening() + source.listening());
    }
}
