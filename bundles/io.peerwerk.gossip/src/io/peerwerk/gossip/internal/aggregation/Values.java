// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import io.peerwerk.gossip.Quantity;

/** One value of each {@link Quantity}, within its range. */
public record Values(double offer, double free, double load) {

    public static final Values ZERO = new Values(0, 0, 0);

    public Values {
        check(Quantity.OFFER, offer);
        check(Quantity.FREE, free);
        check(Quantity.LOAD, load);
    }

    private static void check(Quantity quantity, double value) {
        if (!quantity.admits(value)) {
            throw new IllegalArgumentException(quantity + " of " + value);
        }
    }

    public double get(Quantity quantity) {
        return switch (quantity) {
            case OFFER -> offer;
            case FREE -> free;
            case LOAD -> load;
        };
    }

    /** These with another one of one quantity. */
    public Values with(Quantity quantity, double value) {
        return switch (quantity) {
            case OFFER -> new Values(value, free, load);
            case FREE -> new Values(offer, value, load);
            case LOAD -> new Values(offer, free, value);
        };
    }

    /** The mean of these and others. */
    public Values mean(Values other) {
        return new Values((offer + other.offer) / 2, (free + other.free) / 2, (load + other.load) / 2);
    }
}
