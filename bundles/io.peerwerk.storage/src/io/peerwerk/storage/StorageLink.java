// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Objects;

import io.peerwerk.core.multiformats.Cid;
import io.peerwerk.core.wire.FormatException;

/**
 * The link to a stored file or folder, {@code peerwerk:<cid>.<key>}: where its manifest is found, and the key that
 * opens it. Whoever has it can read the file; the peers that hold the file do not have it.
 *
 * @param root the CID of the manifest
 * @param key the file's key, 32 bytes
 */
public record StorageLink(Cid root, Secret key) {

    /** What every link begins with. */
    public static final String SCHEME = "peerwerk:";
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;
    /** Characters of the longest link that is looked at. */
    private static final int MAX_LENGTH = 256;

    /** The key must have its length. */
    public StorageLink {
        Objects.requireNonNull(root);
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
    }

    /**
     * Reads a link as a person pasted it: white space around it is dropped.
     *
     * @throws FormatException says what is wrong with it; the message never repeats the key
     */
    public static StorageLink parse(String text) throws FormatException {
        String link = text.strip();
        if (link.length() > MAX_LENGTH) {
            throw new FormatException("this is not a Peerwerk link: it is too long");
        }
        if (!link.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new FormatException("this is not a Peerwerk link: it does not begin with peerwerk:");
        }
        int dot = link.indexOf('.');
        if (dot < 0) {
            throw new FormatException("the link is cut off: it has no key");
        }
        if (link.indexOf('.', dot + 1) >= 0) {
            throw new FormatException("the link has a part that this version does not know");
        }
        Cid root = root(link.substring(SCHEME.length(), dot));
        return new StorageLink(root, Secret.parse(link.substring(dot + 1), KEY_BYTES));
    }

    private static Cid root(String text) throws FormatException {
        try {
            return Cid.parse(text);
        } catch (FormatException e) {
            FormatException clear = new FormatException("the link is damaged: its first part is not a CID");
            clear.initCause(e);
            throw clear;
        }
    }

    /** The secret link itself. */
    @Override
    public String toString() {
        return SCHEME + root + "." + key.encoded();
    }

    /** The link without its key, for logs and messages. */
    public String redacted() {
        return SCHEME + root + ".…";
    }
}
