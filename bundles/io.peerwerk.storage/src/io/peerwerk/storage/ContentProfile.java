// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.List;
import java.util.Locale;

import io.peerwerk.core.wire.FormatException;

/**
 * How public content is cut into blocks. The same files have the same CID in the same profile only.
 *
 * @see <a href="https://specs.ipfs.tech/ipips/ipip-0499/">IPIP-499: CID profiles</a>
 */
public enum ContentProfile {

    /** IPFS's first ten years, and what Kubo does unless told otherwise: chunks of 256 KiB, CIDs of version 0. */
    UNIXFS_V0_2015,

    /** Kubo with {@code --cid-version=1}: chunks of 256 KiB, raw leaves. */
    CID_V1_256K,

    /** What Helia does unless told otherwise: chunks of 1 MiB, raw leaves. */
    HELIA,

    /** What implementations have agreed on: chunks of 1 MiB, raw leaves, folders measured by their block. */
    UNIXFS_V1_2025;

    /**
     * Reads what {@link #toString} writes, in letters of any case.
     *
     * @throws FormatException names those that there are
     */
    public static ContentProfile parse(String text) throws FormatException {
        for (ContentProfile profile : values()) {
            if (profile.toString().equalsIgnoreCase(text)) {
                return profile;
            }
        }
        throw new FormatException("there is no profile \"" + text + "\", but " + List.of(values()));
    }

    /** As others write it: {@code unixfs-v1-2025}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
