// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

/** Some of the strongest peers of a network. */
public sealed interface Slice {

    /**
     * A share of all peers.
     *
     * @param share above 0, at most 1: with 0.1 the strongest tenth
     */
    record Share(double share) implements Slice {
        public Share {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("a share of " + share);
            }
        }
    }

    /**
     * So many peers, however many there are.
     *
     * @param peers at least 1
     */
    record Count(long peers) implements Slice {
        public Count {
            if (peers < 1) {
                throw new IllegalArgumentException("a slice of " + peers + " peers");
            }
        }
    }

    /** The strongest share of all peers, such as 0.1. */
    static Slice strongest(double share) {
        return new Share(share);
    }

    /** The strongest peers, so many. */
    static Slice of(long peers) {
        return new Count(peers);
    }
}
