// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.bitswap;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The versions of the protocol, the newest first. */
public enum Version {

    /** Asks who has a block, and hears who has not. */
    V1_2_0("/ipfs/bitswap/1.2.0"),
    /** Blocks of any kind of hash. */
    V1_1_0("/ipfs/bitswap/1.1.0"),
    /** Blocks whose ids are of version 0. */
    V1_0_0("/ipfs/bitswap/1.0.0");

    private final String protocol;

    Version(String protocol) {
        this.protocol = protocol;
    }

    /** The name under which peers agree on it. */
    public String protocol() {
        return protocol;
    }

    /** Whether peers tell each other that they have a block without sending it. */
    public boolean hasPresences() {
        return this == V1_2_0;
    }

    /** The newest one that is among these protocols. */
    public static Optional<Version> newest(Collection<String> protocols) {
        return Arrays.stream(values()).filter(version -> protocols.contains(version.protocol)).findFirst();
    }

    /** All names, the newest first. */
    public static List<String> protocols() {
        return Arrays.stream(values()).map(Version::protocol).toList();
    }
}
