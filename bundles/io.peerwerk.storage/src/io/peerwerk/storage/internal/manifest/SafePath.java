// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import io.peerwerk.core.wire.FormatException;

/**
 * Names that came from someone else: checked so that no file lands outside its folder and no name deceives the reader,
 * and changed where this system has names that mean something else.
 */
public final class SafePath {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4096;
    private static final int MAX_DEPTH = 128;
    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)(\\..*)?");
    private static final String WINDOWS_RESERVED = "<>:\"|?*\\/";

    private SafePath() {
    }

    /**
     * Checks a relative path with {@code /} between its names.
     *
     * @throws FormatException says what is wrong with it
     */
    public static String check(String path) throws FormatException {
        if (bytes(path) > MAX_PATH_BYTES) {
            throw new FormatException("a path of over " + MAX_PATH_BYTES + " bytes");
        }
        String[] names = path.split("/", -1);
        if (names.length > MAX_DEPTH) {
            throw new FormatException("a path with over " + MAX_DEPTH + " folders");
        }
        for (String name : names) {
            checkName(name);
        }
        return path;
    }

    /** Checks one name of a path. */
    public static String checkName(String name) throws FormatException {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new FormatException("\"" + shown(name) + "\" is no name of a file");
        }
        if (bytes(name) > MAX_NAME_BYTES) {
            throw new FormatException("a name of over " + MAX_NAME_BYTES + " bytes");
        }
        if (name.codePoints().anyMatch(SafePath::deceives)) {
            throw new FormatException("the name \"" + shown(name) + "\" has a control character");
        }
        return name;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Control characters, and those that turn the direction of writing or break lines, which hide a name's true end.
     */
    private static boolean deceives(int c) {
        return Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E
                || c == 0x200F || c == 0x2028 || c == 0x2029 || c == 0xFEFF
                || Character.getType(c) == Character.SURROGATE;
    }

    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(80).forEach(c -> shown.appendCodePoint(deceives(c) ? '?' : c));
        return shown.toString();
    }

    /**
     * The checked name as this system can have it. Windows takes some names for devices, drops dots and spaces at the
     * end and gives some characters a meaning: there an underscore goes in front, at the end, or in their place.
     */
    public static String local(String name, boolean windows) {
        if (!windows) {
            return name;
        }
        StringBuilder safe = new StringBuilder();
        for (char c : name.toCharArray()) {
            safe.append(WINDOWS_RESERVED.indexOf(c) >= 0 ? '_' : c);
        }
        char last = safe.charAt(safe.length() - 1);
        if (last == '.' || last == ' ') {
            safe.append('_');
        }
        boolean device = WINDOWS_DEVICE.matcher(safe.toString().toLowerCase(Locale.ROOT)).matches();
        return device ? "_" + safe : safe.toString();
    }
}
