// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a command's words go. In JSON mode only {@link #json} writes to standard output and people's words are dropped;
 * otherwise {@link #say} does and JSON is dropped, so that a command states both and need not ask which is wanted.
 * Thread-safe.
 */
public final class Output {
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final boolean json;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean dirty;

    public Output(PrintStream out, PrintStream err, Terminal terminal, boolean json) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.json = json;
    }

    /** A stranger's words, without the characters that rule a terminal or turn the direction of writing. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }

    public boolean isJson() {
        return json;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** A result for scripts: one line on standard output, only in JSON mode. */
    public void json(JsonLine line) {
        if (json) {
            print(out, line.toString());
        }
    }

    /** A result for people: one line on standard output, not in JSON mode. */
    public void say(String line) {
        if (!json) {
            print(out, line);
        }
    }

    /** A table for people, its heading dimmed. */
    public void say(TextTable table) {
        List<String> lines = table.lines();
        say(dim(lines.getFirst()));
        lines.subList(1, lines.size()).forEach(this::say);
    }

    /** A result for people behind its label, in a column with the others. */
    public void line(String label, String value) {
        say(dim(String.format("%-12s", label)) + (value.isEmpty() ? "–" : value));
    }

    /** Results for people, one below the other behind one label. */
    public void lines(String label, List<String> values) {
        String shown = label;
        for (String value : values) {
            line(shown, value);
            shown = "";
        }
    }

    /** A remark for people that is no result: standard error, not in JSON mode. */
    public void note(String line) {
        if (!json) {
            print(err, line);
        }
    }

    /** One line about what went wrong: standard error, in every mode. */
    public void error(String line) {
        print(err, line);
    }

    /**
     * Shows a line on standard error that the next line of any kind takes the place of; nothing without a terminal. An
     * empty one wipes the line.
     */
    public void transientLine(String line) {
        if (json || !terminal.err()) {
            return;
        }
        lock.lock();
        try {
            err.print("\r" + line + "\u001b[K");
            err.flush();
            dirty = !line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void print(PrintStream stream, String line) {
        lock.lock();
        try {
            if (dirty) {
                err.print("\r\u001b[K");
                err.flush();
                dirty = false;
            }
            stream.println(line);
            stream.flush();
        } finally {
            lock.unlock();
        }
    }

    public String dim(String text) {
        return coloured(text, "2");
    }

    public String bold(String text) {
        return coloured(text, "1");
    }

    public String good(String text) {
        return coloured(text, "32");
    }

    public String bad(String text) {
        return coloured(text, "31");
    }

    private String coloured(String text, String code) {
        return terminal.out() && terminal.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
