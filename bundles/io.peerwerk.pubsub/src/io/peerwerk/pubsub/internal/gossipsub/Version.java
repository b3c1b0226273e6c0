// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub.internal.gossipsub;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The versions that are spoken; each takes in the one before it. */
public enum Version {

    /** Every message to every subscriber, and nothing else. */
    FLOODSUB("/floodsub/1.0.0"),

    /** Mesh and gossip. */
    V1_0("/meshsub/1.0.0"),

    /** Scores, back-off and peer exchange. */
    V1_1("/meshsub/1.1.0"),

    /** IDONTWANT. */
    V1_2("/meshsub/1.2.0");

    private final String protocol;

    Version(String protocol) {
        this.protocol = protocol;
    }

    /** The protocol's name on streams. */
    public String protocol() {
        return protocol;
    }

    /** Whether peers can be partners, and control records mean anything. */
    boolean hasMesh() {
        return this != FLOODSUB;
    }

    /** Whether a PRUNE says how long it holds, and names other peers. */
    boolean hasBackoff() {
        return compareTo(V1_1) >= 0;
    }

    /** Whether IDONTWANT is understood. */
    boolean hasDontWant() {
        return this == V1_2;
    }

    /** The newest of the protocols that is one of these. */
    public static Optional<Version> newest(Collection<String> protocols) {
        return Arrays.stream(values()).filter(v -> protocols.contains(v.protocol)).max(Comparator.naturalOrder());
    }

    /** All names, the newest first. */
    public static List<String> protocols() {
        return Arrays.stream(values()).sorted(Comparator.reverseOrder()).map(Version::protocol).toList();
    }
}
