// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a transfer is: a moving bar with rate and remaining time on a terminal, a line now and then elsewhere,
 * nothing in JSON mode. Writes to standard error. Not thread-safe: updates come from one thread at a time.
 */
public final class ProgressBar implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE_EVERY = Duration.ofSeconds(3);
    private static final int BAR = 24;

    private final Output output;
    private final LongSupplier nanos;
    private final long start;
    private long drawn;

    /** A bar that measures time with {@code nanos}, as {@link System#nanoTime} does. */
    public ProgressBar(Output output, LongSupplier nanos) {
        this.output = output;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.drawn = start;
    }

    /** {@code done} of {@code total} bytes; a total of zero or less is not known yet. */
    public void update(long done, long total, String phase) {
        if (output.isJson()) {
            return;
        }
        long now = nanos.getAsLong();
        boolean moving = output.terminal().err();
        if (now - drawn < (moving ? REDRAW : LINE_EVERY).toNanos()) {
            return;
        }
        drawn = now;
        String line = line(done, total, phase, Duration.ofNanos(now - start));
        if (moving) {
            output.transientLine(line);
        } else {
            output.note(line);
        }
    }

    private String line(long done, long total, String phase, Duration elapsed) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-10s", phase));
        if (total > 0) {
            double part = Math.clamp((double) done / total, 0, 1);
            if (output.terminal().err()) {
                int full = (int) Math.round(part * BAR);
                line.append(" ").append("█".repeat(full)).append("░".repeat(BAR - full));
            }
            line.append(String.format(Locale.ROOT, " %3d %%", (int) (part * 100)));
        }
        line.append("  ").append(ByteSize.format(done)).append("  ").append(Figures.rate(done, elapsed));
        if (done > 0 && total > done) {
            line.append("  ").append(Figures.time(remaining(done, total, elapsed))).append(" left");
        }
        return line.toString();
    }

    private static Duration remaining(long done, long total, Duration elapsed) {
        double seconds = Figures.seconds(elapsed) * (total - done) / done;
        return Duration.ofSeconds(Math.max(1, Math.round(Math.min(seconds, 1e9))));
    }

    /** Wipes the bar off the terminal. */
    @Override
    public void close() {
        output.transientLine("");
    }
}
