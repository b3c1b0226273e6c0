// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    private static String shown(String text) {
        return MessageText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        bytes[0] = (byte) 0xff;
        return bytes;
    }

    @Test
    void textOfAnyLanguageIsShownAsItIs() {
        assertEquals("Regen um zw\u00f6lf \u2013 \u6771\u4eac \ud83c\udf27", shown("Regen um zw\u00f6lf \u2013 \u6771\u4eac \ud83c\udf27"));
    }

    @Test
    void bytesThatAreNoTextAreShownInHexadecimal() {
        assertEquals("No text: ff 00 0a", MessageText.of(new byte[] {(byte) 0xff, 0, 10}));
        assertEquals("No text: c3", MessageText.of(new byte[] {(byte) 0xc3})); // the first half of a character
        assertEquals("No text: ed a0 80", MessageText.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})); // a surrogate
    }

    @Test
    void charactersThatDeceiveAreReplaced() {
        assertEquals("pay \ufffd001\ufffd", shown("pay \u202e001\u202c"));
        assertEquals("a\ufffd\ufffdb\ufffd", shown("a\u0000\u001bb\u2066"));
        assertEquals("x\ufffdy\ufffdz", shown("x\u200by\u200fz"));
    }

    @Test
    void itIsOneLine() {
        assertEquals("one two  three", shown("one\ntwo\r\nthree\n"));
        assertEquals("a b c d", shown("a\tb\u2028c\u2029d"));
    }

    @Test
    void nothingIsSaidToBeNothing() {
        assertEquals("(empty)", shown(""));
        assertEquals("(empty)", shown(" \n "));
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndAShortOneIsNot() {
        String most = "\ud83c\udf27".repeat(MessageText.MOST_CHARACTERS);
        assertEquals(most, shown(most));
        assertEquals(most + "\u2026", shown(most + "!"));
    }

    @Test
    void manyBytesAreCutAndFewAreNot() {
        assertEquals("No text: ff" + " 00".repeat(MessageText.MOST_BYTES - 1), MessageText.of(bytes(MessageText.MOST_BYTES)));
        assertEquals("No text: ff" + " 00".repeat(MessageText.MOST_BYTES - 1) + " \u2026", MessageText.of(bytes(MessageText.MOST_BYTES + 1)));
    }

    @Test
    void aTooltipIsBrokenIntoLinesWithoutLosingAWord() {
        String text = "a word \ud83c\udf27 ".repeat(60).strip();
        String wrapped = TopicsText.wrapped(text);
        assertEquals(text, wrapped.replace('\n', ' '));
        assertTrue(wrapped.lines().allMatch(line -> line.length() <= 91), wrapped);
        String solid = "\ud83c\udf27".repeat(100) + "x";
        assertEquals(solid, TopicsText.wrapped(solid).replace("\n", ""));
        assertTrue(TopicsText.wrapped("x" + solid).lines().noneMatch(line -> Character.isLowSurrogate(line.charAt(0))));
        assertEquals("", TopicsText.wrapped(""));
    }
}
