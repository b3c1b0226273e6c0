// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.util.List;

import io.peerwerk.core.identity.PeerId;

/**
 * A few random peers of the whole network, however large it is. The peers change from round to round. All methods may
 * be called on any thread and return at once.
 */
public interface PeerSampling {
    /** The present neighbours, in no particular order, without this peer. The list is a snapshot. */
    List<PeerId> view();

    /**
     * Some of the present neighbours, chosen at random, without repetition.
     *
     * @param count how many are wanted; fewer come back while the view is smaller
     * @throws IllegalArgumentException if it is negative
     */
    List<PeerId> sample(int count);
}
