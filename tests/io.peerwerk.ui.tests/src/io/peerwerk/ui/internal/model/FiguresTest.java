// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private Locale before;

    @BeforeEach
    void inEnglish() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.UK);
    }

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    @Test
    void roundTripsAreShort() {
        assertEquals("\u2013", Figures.roundTrip(null));
        assertEquals("0.8\u00a0ms", Figures.roundTrip(Duration.ofNanos(812_000)));
        assertEquals("12\u00a0ms", Figures.roundTrip(Duration.ofMillis(12)));
        assertEquals("1.2\u00a0s", Figures.roundTrip(Duration.ofMillis(1234)));
    }

    @Test
    void aMomentAgoIsSaidInWordsAndLongAgoAsADate() {
        assertEquals("just now", ago(Duration.ofSeconds(59)));
        assertEquals("1 min ago", ago(Duration.ofSeconds(60)));
        assertEquals("59 min ago", ago(Duration.ofMinutes(59)));
        assertEquals("1 h ago", ago(Duration.ofMinutes(60)));
        assertEquals("1 d ago", ago(Duration.ofHours(24)));
        assertEquals("6 d ago", ago(Duration.ofDays(7).minusSeconds(1)));
        assertEquals("25 Feb 2026", ago(Duration.ofDays(7)));
    }

    private static String ago(Duration age) {
        return Figures.ago(NOW.minus(age), NOW, ZoneOffset.UTC);
    }

    @Test
    void aClockThatWentBackSaysJustNow() {
        assertEquals("just now", ago(Duration.ofSeconds(-500)));
    }

    @Test
    void charactersThatLieAboutANameAreReplaced() {
        assertEquals("a\uFFFDb", Figures.plain("a\nb"));
        assertEquals("invoice\uFFFDfdp.exe", Figures.plain("invoice\u202Efdp.exe"));
        assertEquals("\uFFFD[31mred", Figures.plain("\u001b[31mred"));
        assertEquals("gr\u00fcn \ud83c\udf33 \u6728", Figures.plain("gr\u00fcn \ud83c\udf33 \u6728"));
    }

    @Test
    void aPartOfNothingIsNoPercent() {
        assertEquals("0%", Figures.percent(0, 0));
        assertEquals("43%", Figures.percent(43, 100));
    }
}
