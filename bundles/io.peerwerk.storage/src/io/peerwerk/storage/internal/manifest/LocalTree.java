// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.manifest;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.peerwerk.storage.StorageException;

/**
 * A folder of this machine that is filled with content which came from someone else: where a checked path lies in it,
 * and where a link in it may lead.
 *
 * @param root the folder, absolute and normalized
 */
public record LocalTree(Path root) {

    private static final String LOCALE = " in the locale in which Java was started (on Linux: set LC_ALL to one with"
            + " UTF-8, as C.UTF-8)";
    private static final String NO_TEXT = "cannot store \"%s\": this name cannot be read as text" + LOCALE;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    /**
     * The place of a checked path, as this system can have it; the root for an empty one.
     *
     * @throws StorageException if this system cannot have it
     */
    public Path place(String path) throws StorageException {
        if (path.isEmpty()) {
            return root;
        }
        Path place = root;
        for (String name : path.split("/")) {
            place = resolve(place, name);
        }
        if (!place.normalize().startsWith(root)) {
            throw new StorageException("\"" + path + "\" leads out of its folder");
        }
        return place;
    }

    /**
     * A checked name in a folder, as this system can have it.
     *
     * @throws StorageException if this system cannot have it
     */
    public static Path resolve(Path folder, String name) throws StorageException {
        try {
            return folder.resolve(SafePath.local(name, WINDOWS));
        } catch (InvalidPathException e) {
            throw new StorageException("there can be no file of the name \"" + name + '"' + LOCALE, e);
        }
    }

    /**
     * A name or target that this system gave, as text. In a locale without the characters of a name Java gives others
     * in their place, without a word, and would not find the file again.
     *
     * @throws StorageException if the text is not that path
     */
    public static String text(Path path) throws StorageException {
        String text = path.toString();
        try {
            if (path.getFileSystem().getPath(text).equals(path)) {
                return text;
            }
        } catch (InvalidPathException e) {
            throw new StorageException(NO_TEXT.formatted(text), e);
        }
        throw new StorageException(NO_TEXT.formatted(text));
    }

    /**
     * Where a symbolic link leads, if it stays inside. It leads up first, as far as its own folder is deep, then down,
     * and never up again: whatever other links it passes through on the way down lead inside in the same way.
     *
     * @param path of the link, checked
     * @param to what it says, with {@code /} between names
     * @throws StorageException if it leads out of the root, or is none that this system can have
     */
    public static Path link(String path, String to) throws StorageException {
        int depth = path.split("/").length - 1;
        int up = 0;
        boolean down = false;
        for (String part : to.split("/", -1)) {
            if (part.equals("..")) {
                up++;
                if (down || up > depth) {
                    throw leadsOut(path, to);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                down = true;
            }
        }
        Path link = toPath(path, to.isEmpty() ? "." : to);
        if (to.startsWith("/") || to.indexOf('\\') >= 0 && WINDOWS || link.isAbsolute() || link.getRoot() != null) {
            throw leadsOut(path, to);
        }
        return link;
    }

    private static Path toPath(String path, String to) throws StorageException {
        if (to.chars().anyMatch(Character::isISOControl)) {
            throw new StorageException("the symbolic link \"" + path + "\" is refused: it has a control character");
        }
        try {
            return Path.of(to);
        } catch (InvalidPathException e) {
            throw new StorageException(
                    "the symbolic link \"" + path + "\" is refused: this machine cannot have one to \"" + to + '"', e);
        }
    }

    private static StorageException leadsOut(String path, String to) {
        return new StorageException("the symbolic link \"" + path + "\" leads out of the folder, to \""
                + to.replaceAll("\\p{Cntrl}", "?") + '"');
    }
}
