// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip;

import java.util.Optional;

import io.peerwerk.core.Registration;

/**
 * Numbers of the whole network, which every peer finds with a few messages to random others: how many peers there are,
 * and the mean and the total of each {@link Quantity}. They are found anew in each epoch, of five minutes by default;
 * before a peer has been through its first whole epoch there are none. All methods may be called on any thread and
 * return at once.
 *
 * <p>They tell what peers say. A peer that lies about itself counts like any other; one that tampers with the
 * computation is kept within what the peers that were asked directly say about themselves.
 */
public interface Aggregates {

    /** How far the present epoch is; nothing while this peer waits for one to begin. */
    default Optional<Convergence> running() {
        return Optional.empty();
    }

    /** The number of peers, this one among them. */
    Optional<Estimate> size();

    /** The mean over all peers. */
    Optional<Estimate> mean(Quantity quantity);

    /** The sum over all peers: the mean times the size. */
    Optional<Estimate> total(Quantity quantity);

    /**
     * Sets this peer's own value, which counts from the next epoch on. The offer follows
     * {@link Membership#advertise}, the load is that of the machine, and what is free is the offer, until they are set
     * here for the first time.
     *
     * @throws IllegalArgumentException if it lies outside the range of the quantity
     */
    void report(Quantity quantity, double value);

    /** Hears of the end of each epoch until the registration is closed, when there are new estimates. */
    Registration listen(AggregatesListener listener);
}
