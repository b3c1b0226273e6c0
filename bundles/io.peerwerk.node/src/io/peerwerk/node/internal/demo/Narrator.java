// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.peerwerk.node.internal.text.Figures;
import io.peerwerk.node.internal.text.JsonLine;
import io.peerwerk.node.internal.text.Output;

/**
 * Tells the demonstration: numbered steps with their times for people, a line an event for scripts.
 *
 * <pre>
 *   2  store    modules, 133 MB, through node 1                                   4.1 s  32.5 MB/s
 * </pre>
 */
final class Narrator {
    private static final String STEP = "%2d  %-8s %-62s %8s  %s";
    private static final String INDENT = " ".repeat(13);

    private final Output output;
    private int steps;

    Narrator(Output output) {
        this.output = output;
    }

    /** Says what is going on until the step is told; only on a terminal. */
    void meanwhile(String what) {
        output.transientLine(INDENT + output.dim(what + " …"));
    }

    void step(String word, String what, Duration time, String remark) {
        steps++;
        String line = String.format(Locale.ROOT, STEP, steps, word, what, Figures.time(time), remark).stripTrailing();
        output.say(line);
    }

    void step(String word, String what) {
        steps++;
        output.say(String.format(Locale.ROOT, "%2d  %-8s %s", steps, word, what));
    }

    /** Lines that belong to the step before. */
    void detail(List<String> lines) {
        lines.forEach(line -> output.say(INDENT + line));
    }

    void event(JsonLine line) {
        output.json(line);
    }

    Output output() {
        return output;
    }
}
