// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;

/**
 * Names public content: a root, and a way down through its folders.
 *
 * @param root the CID of a file or folder
 * @param names the folders and at last the file below it; empty for the root itself
 * @see <a href="https://specs.ipfs.tech/http-gateways/path-gateway/">IPFS paths</a>
 */
public record ContentPath(Cid root, List<String> names) {

    private static final Pattern START = Pattern.compile("^(/ipfs/|ipfs://)");
    /** Characters of a path, at most. */
    private static final int MAX_LENGTH = 1 << 13;

    /** The list is copied. */
    public ContentPath {
        Objects.requireNonNull(root);
        names = List.copyOf(names);
    }

    /** The root itself. */
    public static ContentPath of(Cid root) {
        return new ContentPath(root, List.of());
    }

    /**
     * Reads {@code /ipfs/CID/folder/file}, {@code ipfs://CID/folder/file} or {@code CID/folder/file}. Several slashes
     * count as one.
     *
     * @throws FormatException says what is wrong
     */
    public static ContentPath parse(String text) throws FormatException {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException("a path of " + text.length() + " characters is too long");
        }
        String[] parts = START.matcher(text).replaceFirst("").split("/+");
        List<String> names = List.of(parts).subList(Math.min(1, parts.length), parts.length);
        if (names.contains("..") || names.contains(".")) {
            throw new FormatException("a path of content has no \".\" and no \"..\"");
        }
        return new ContentPath(Cid.parse(parts.length == 0 ? "" : parts[0]), names);
    }

    /** {@code /ipfs/CID/folder/file}. */
    @Override
    public String toString() {
        return names.isEmpty() ? "/ipfs/" + root : "/ipfs/" + root + "/" + String.join("/", names);
    }
}
