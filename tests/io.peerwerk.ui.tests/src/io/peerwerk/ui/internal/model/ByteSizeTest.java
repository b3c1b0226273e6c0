// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ByteSizeTest {
    private Locale before;

    @BeforeEach
    void inEnglish() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    @Test
    void itIsWrittenWithThreeDigitsAndItsUnit() {
        assertEquals("0\u00a0B", text(0));
        assertEquals("999\u00a0B", text(999));
        assertEquals("1\u00a0kB", text(1000));
        assertEquals("823\u00a0MB", text(823_456_789));
        assertEquals("1.23\u00a0GB", text(1_234_567_890));
        assertEquals("10\u00a0GB", text(10_000_000_000L));
        assertEquals("99.9\u00a0GB", text(99_999_999_999L));
        assertEquals("9223372\u00a0TB", text(Long.MAX_VALUE));
    }

    private static String text(long bytes) {
        return new ByteSize(bytes).toString();
    }

    @Test
    void whatPeopleWriteIsRead() {
        assertEquals(10_000_000_000L, ByteSize.parse("10 GB").bytes());
        assertEquals(10_000_000_000L, ByteSize.parse(" 10g ").bytes());
        assertEquals(1_500_000_000_000L, ByteSize.parse("1.5TB").bytes());
        assertEquals(1_500_000L, ByteSize.parse("1,5 mb").bytes());
        assertEquals(12_345, ByteSize.parse("12345").bytes());
        assertEquals(12_345, ByteSize.parse("12345 B").bytes());
    }

    @Test
    void whatIsNoSizeIsRefusedWithASentence() {
        for (String wrong : new String[] {"", "GB", "-1 GB", "10 XB", "1e9", "10 GB more", "1..5 GB", "1,000 GB"}) {
            var e = assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(wrong), wrong);
            assertTrue(e.getMessage().contains(wrong), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse("999999999999 TB"));
        assertThrows(IllegalArgumentException.class, () -> new ByteSize(-1));
    }

    @Test
    void whatIsWrittenIsReadAgainAsNearlyTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long bytes = random.nextLong() >>> 1 + random.nextInt(60);
            long again = ByteSize.parse(text(bytes).replace('\u00a0', ' ')).bytes();
            assertTrue(Math.abs(again - bytes) <= bytes / 90, () -> bytes + " became " + again);
        }
    }
}
