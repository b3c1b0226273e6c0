// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.peerwerk.ui.internal.fakes.VirtualUi;

class RefresherTest {
    private final VirtualUi ui = new VirtualUi();
    private final List<Integer> shown = new ArrayList<>();
    private int value;
    private final Refresher<Integer> refresher = new Refresher<>(() -> value, shown::add, ui.background(), ui);

    @Test
    void manyRequestsInOneMomentShowOnce() {
        value = 7;
        for (int i = 0; i < 1000; i++) {
            refresher.request();
        }
        ui.run();
        assertEquals(List.of(7), shown);
    }

    @Test
    void aStormOfEventsShowsAtMostTenTimesASecondAndEndsWithTheLastValue() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Duration end = Duration.ofSeconds(10);
        while (ui.now().compareTo(end) < 0) {
            value++;
            refresher.request();
            ui.advance(Duration.ofNanos(random.nextInt(5_000_000)));
        }
        ui.advance(Refresher.INTERVAL);
        assertTrue(shown.size() <= 102, () -> "shown " + shown.size() + " times in 10 s");
        assertTrue(shown.size() > 90, () -> "shown only " + shown.size() + " times in 10 s");
        assertEquals(value, shown.getLast());
    }

    @Test
    void aRequestDuringAReadIsNotLost() {
        ui.holdBackground();
        refresher.request();
        ui.advance(Duration.ofSeconds(5));
        refresher.request();
        assertEquals(1, ui.backgroundTasks());
        value = 2;
        ui.releaseBackground();
        ui.advance(Refresher.INTERVAL);
        assertEquals(List.of(2, 2), shown);
    }

    @Test
    void aReadThatBlocksIsNotReadASecondTimeMeanwhile() {
        ui.holdBackground();
        for (int i = 0; i < 50; i++) {
            refresher.request();
            ui.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, ui.backgroundTasks());
    }

    @Test
    void aReadThatFailsDoesNotEndTheRefreshing() {
        int[] reads = {0};
        Refresher<Integer> failing = new Refresher<>(() -> {
            if (reads[0]++ == 0) {
                throw new IllegalStateException("on purpose");
            }
            return 3;
        }, shown::add, ui.background(), ui);
        failing.request();
        ui.advance(Refresher.INTERVAL);
        failing.request();
        ui.run();
        assertEquals(List.of(3), shown);
    }

    @Test
    void nothingIsShownAfterTheEnd() {
        ui.holdBackground();
        refresher.request();
        ui.run();
        refresher.close();
        ui.releaseBackground();
        refresher.request();
        ui.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), shown);
    }
}
