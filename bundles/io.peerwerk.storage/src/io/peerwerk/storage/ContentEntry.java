// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Objects;

import io.peerwerk.core.multiformats.Cid;

/**
 * One name in a folder of public content.
 *
 * @param name as it stands in the folder; it may be one that this machine's file system does not take
 * @param cid what it names
 * @param kind what that is
 * @param bytes the size of a file, as the folder or the file's first block says; of a folder or link 0
 */
public record ContentEntry(String name, Cid cid, Kind kind, long bytes) {

    /** What a name stands for. */
    public enum Kind {
        /** Bytes. */
        FILE,
        /** More names. */
        FOLDER,
        /** The path of something else. */
        LINK
    }

    /** No part is missing. */
    public ContentEntry {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cid);
        Objects.requireNonNull(kind);
    }
}
