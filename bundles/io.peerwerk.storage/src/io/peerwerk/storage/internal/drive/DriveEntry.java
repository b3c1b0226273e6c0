// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import io.peerwerk.core.multiformats.Multihash;
import io.peerwerk.storage.StorageLink;

/** What stands at a path of a drive. */
public sealed interface DriveEntry {

    /** When it was changed, by the clock of the machine where it was: milliseconds since 1970, shown and no more. */
    long modified();

    /**
     * A file.
     *
     * @param content where its bytes are stored
     * @param digest the SHA-256 of its bytes, which nobody sees but those who can read the drive
     * @param bytes how many
     * @param executable whether it is a program for its owner
     */
    record File(StorageLink content, Multihash digest, long bytes, boolean executable, long modified) implements DriveEntry {

        /** @throws IllegalArgumentException where the size is negative */
        public File {
            if (bytes < 0) {
                throw new IllegalArgumentException("a file of " + bytes + " bytes");
            }
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "File[" + content.redacted() + ", " + bytes + " bytes, " + modified + "]";
        }

        /** Whether a user would see no difference. */
        boolean isSame(File other) {
            return digest.equals(other.digest) && executable == other.executable;
        }
    }

    /** A folder, named so that it is there when nothing is in it. */
    record Folder(long modified) implements DriveEntry {
    }
}
