// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

/** What this peer believes about another one. */
public enum MemberState {
    /** It answered lately, to us or to someone who told us. */
    ALIVE,
    /** It did not answer, and has a few seconds to contradict. It still counts as reachable. */
    SUSPECT,
    /** It did not answer and did not contradict. It is remembered for a while and tried now and then. */
    DEAD,
    /** It said good-bye. */
    LEFT;

    /** Whether it is worth sending something to a peer in this state: true for {@link #ALIVE} and {@link #SUSPECT}. */
    public boolean isReachable() {
        return this == ALIVE || this == SUSPECT;
    }
}
