// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.scenario;

import java.util.Map;

import io.peerwerk.simulator.Scenario.Mode;
import io.peerwerk.simulator.ScenarioException;

/** The words of one setting's value, read from left to right. */
final class Words {

    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Longer than anybody waits: ten years. */
    private static final double LONGEST = 3650.0 * 86_400_000;

    private final String file;
    private final int line;
    private final String[] words;
    private int next;

    Words(String file, int line, String value) {
        this.file = file;
        this.line = line;
        this.words = value.isBlank() ? new String[0] : value.strip().split("\\s+");
    }

    ScenarioException wrong(String why) {
        return new ScenarioException(file, line, why);
    }

    /** Reads from the first word on again. */
    void rewind() {
        next = 0;
    }

    String word(String what) throws ScenarioException {
        if (next == words.length) {
            throw wrong(what + " is missing");
        }
        return words[next++];
    }

    void expect(String word) throws ScenarioException {
        String found = word("'" + word + "'");
        if (!found.equals(word)) {
            throw wrong("'" + word + "' expected, not '" + found + "'");
        }
    }

    void end() throws ScenarioException {
        if (next < words.length) {
            throw wrong("'" + words[next] + "' is too much");
        }
    }

    long whole(String what, long least, long most) throws ScenarioException {
        String word = word(what);
        try {
            long value = Long.parseLong(word);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(what + " must be a whole number from " + least + " to " + most + ", not '" + word + "'");
    }

    double real(String what, double above, double most) throws ScenarioException {
        String word = word(what);
        double value = number(word, what);
        if (value <= above || value > most) {
            throw wrong(what + " must be above " + above + " and at most " + most + ", not " + word);
        }
        return value;
    }

    double share(String what) throws ScenarioException {
        String word = word(what);
        if (!word.endsWith("%")) {
            throw wrong(what + " is a share like 70%, not '" + word + "'");
        }
        double percent = number(word.substring(0, word.length() - 1), what);
        if (percent < 0 || percent > 100) {
            throw wrong(what + " must be 0% to 100%, not " + word);
        }
        return percent / 100;
    }

    /** Cycles, or a span of time in milliseconds. */
    long time(String what, Mode mode) throws ScenarioException {
        return mode == Mode.CYCLES ? whole(what + " (cycles)", 0, Integer.MAX_VALUE) : Math.round(millis(what));
    }

    double fineTime(String what, Mode mode) throws ScenarioException {
        return mode == Mode.CYCLES ? real(what + " (cycles)", 0, Integer.MAX_VALUE) : millis(what);
    }

    /** {@code 90 s} or {@code 90s}. */
    double millis(String what) throws ScenarioException {
        String word = word(what);
        int digits = 0;
        while (digits < word.length() && (Character.isDigit(word.charAt(digits)) || word.charAt(digits) == '.')) {
            digits++;
        }
        double number = number(word.substring(0, digits), what);
        String unit = digits < word.length() ? word.substring(digits) : word("the unit of " + what);
        Long factor = MILLIS.get(unit);
        if (factor == null) {
            throw wrong("'" + unit + "' is no unit of time: ms, s, min, h, d");
        }
        if (number * factor > LONGEST) {
            throw wrong(what + " is longer than ten years");
        }
        return number * factor;
    }

    private double number(String word, String what) throws ScenarioException {
        if (!word.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            throw wrong(what + ": '" + word + "' is no number");
        }
        return Double.parseDouble(word);
    }
}
