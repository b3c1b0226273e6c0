// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

/** Hears that there are new estimates. */
@FunctionalInterface
public interface AggregatesListener {

    /**
     * An epoch is over. Called on a thread of the gossip service; it must return soon and not block.
     *
     * @param epoch the number of the epoch whose estimates are now to be had
     */
    void estimated(long epoch);
}
