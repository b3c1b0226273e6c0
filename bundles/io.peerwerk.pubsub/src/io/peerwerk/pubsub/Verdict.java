// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.pubsub;

/** What is to become of a message, the best first. */
public enum Verdict {

    /** It is heard here and passed on. */
    ACCEPT,

    /** It is dropped, and nobody is to blame: it may be outdated, or there is no time for it. */
    IGNORE,

    /** It is dropped, and whoever passed it on should have known: it counts against them. */
    REJECT;

    /** The worse of two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
