// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.peerwerk.storage.StoredItem;
import io.peerwerk.ui.internal.fakes.FakeStorage;
import io.peerwerk.ui.internal.storage.HealthReport.Grade;

class HealthReportTest {
    private static final StoredItem ITEM = FakeStorage.item("a", 1);

    private static HealthReport report(int weakest) {
        return new HealthReport.Known(FakeStorage.health(ITEM, weakest, 2));
    }

    @Test
    void theGradesChangeWhereTheCodeSaysSo() {
        assertEquals(Grade.WHOLE, report(30).grade());
        assertEquals(Grade.GOOD, report(29).grade());
        assertEquals(Grade.GOOD, report(20).grade());
        assertEquals(Grade.WEAK, report(19).grade());
        assertEquals(Grade.WEAK, report(10).grade());
        assertEquals(Grade.UNREADABLE, report(9).grade());
        assertEquals(Grade.UNREADABLE, report(0).grade());
    }

    @Test
    void everyGradeHasItsWords() {
        for (int weakest : new int[] {30, 25, 12, 4}) {
            assertEquals(weakest + " of 30", report(weakest).brief());
            assertTrue(report(weakest).sentence().contains("30"), report(weakest).sentence());
        }
        assertTrue(new HealthReport.Pending().sentence().length() > 10);
        assertEquals("gone", new HealthReport.Failed("gone").sentence());
    }

    @Test
    void theBarIsTheShareOfTheWeakestChunk() {
        assertEquals(0.5, report(15).share(), 1e-9);
        assertEquals(1.0 / 3, report(15).needed(), 1e-9);
        assertEquals(0, new HealthReport.Pending().share());
        assertEquals(0, new HealthReport.Failed("gone").needed());
    }
}
