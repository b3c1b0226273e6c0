// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.drive;

import java.util.HexFormat;

/**
 * One copy of a drive that is written to: a random number, drawn anew for each copy, and again when a copy turns out to
 * be older than what others have of it, as one that came back from a backup is. Its writes are numbered, and no number
 * may come twice.
 *
 * @param id any number
 */
public record Replica(long id) implements Comparable<Replica> {

    @Override
    public int compareTo(Replica other) {
        return Long.compareUnsigned(id, other.id);
    }

    /** Sixteen hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(id);
    }
}
