// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the two output streams are connected to.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param colours whether escape sequences for colours are welcome
 * @param columns width of the terminal
 */
public record Terminal(boolean out, boolean err, boolean colours, int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;

    /** Neither stream is a terminal: plain lines. */
    public static Terminal none() {
        return new Terminal(false, false, false, USUAL_COLUMNS);
    }

    /** Looks at this process's streams; {@code NO_COLOR} and {@code TERM=dumb} switch colours off. */
    public static Terminal detect(Map<String, String> environment) {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colours = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out && !dumb, err && !dumb, colours, columns(environment.get("COLUMNS")));
    }

    private static int columns(@Nullable String columns) {
        try {
            return columns == null ? USUAL_COLUMNS : Math.max(FEWEST_COLUMNS, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /** Java has no isatty: ask the kernel where it shows, and the console elsewhere. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return consoleIsTerminal();
        }
    }

    /** From Java 22 a console may exist without a terminal, and says so in a method that Java 21 has not got. */
    private static boolean consoleIsTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
