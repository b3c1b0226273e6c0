// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.spi;

import java.util.random.RandomGenerator;

/**
 * What one thread does with the peers of a protocol. No call should allocate: there are millions a second.
 *
 * @since 0.1
 */
public interface CycleSteps {

    /** What {@link #tick} gives for a peer that has nobody to turn to. */
    int NOBODY = -1;

    /** Partners that a peer can turn to in one cycle, one after the other, until one answers. */
    int ATTEMPTS = 8;

    /** The peer starts; it knows the first {@code count} of the contacts, which are all different and not itself. */
    void start(int peer, int[] contacts, int count);

    /**
     * A cycle begins for this peer.
     *
     * @param random to be used in this call only
     * @return the peer that it exchanges with in this cycle, not itself, or {@link #NOBODY}
     */
    int tick(int peer, RandomGenerator random);

    /** The two exchange what they have. */
    void exchange(int peer, int partner);

    /**
     * The partner did not answer.
     *
     * @param random to be used in this call only
     * @return another one to turn to in this cycle, or {@link #NOBODY}; after {@value #ATTEMPTS} that do not answer the
     *         cycle is over for the peer
     */
    int unanswered(int peer, int partner, RandomGenerator random);

    /**
     * Reads the state of a peer that an exchange is coming for, so that it is in the cache by then: the simulator calls
     * it for many peers in a row, whose memory then comes at the same time instead of one after the other.
     *
     * @return anything that depends on what was read, or the read would be optimised away
     */
    default int touch(int peer) {
        return 0;
    }
}
