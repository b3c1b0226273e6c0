// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

/**
 * Which epoch it is, whether this peer takes part in it, and how that follows what others say; see the package
 * description.
 */
final class Epochs {

    /** Cycles that a new peer waits for somebody who knows an epoch, before it begins the first one. */
    static final int PATIENCE = 6;

    /** Partners in a row that must agree on a later epoch, or on an earlier one, before a peer believes them. */
    static final int AHEAD = 5;
    static final int BEHIND = 15;

    private final AggregationOptions options;
    private long epoch;
    private boolean takesPart;
    /** Of the epoch, or of waiting. */
    private int cycle;
    /** Cycles until the awaited epoch; meaningless while this peer knows of none. */
    private int wait;

    /** Partners in a row that spoke of a far epoch, and the lowest and highest of those. */
    private int witnesses;
    private long lowest;
    private long highest;

    Epochs(AggregationOptions options) {
        this.options = options;
    }

    /** The present one, or the one before that which this peer waits for; 0 if it knows none. */
    long epoch() {
        return epoch;
    }

    boolean takesPart() {
        return takesPart;
    }

    int cycle() {
        return cycle;
    }

    /** Milliseconds until the next epoch. */
    long leftMillis() {
        int left = takesPart ? options.cycles() - cycle : wait - cycle;
        return epoch == 0 ? 0 : Math.clamp(left * options.periodMillis(), 0, AggregationMessage.MAX_LEFT);
    }

    /** One cycle more; says whether an epoch begins with it. */
    boolean tick() {
        cycle++;
        boolean over = takesPart ? cycle >= options.cycles() : cycle > (epoch == 0 ? PATIENCE : wait);
        if (over) {
            begin(epoch + 1);
        }
        return over;
    }

    /** What another peer says of its epoch; says whether one begins with it. */
    boolean hear(AggregationMessage message, boolean chosen) {
        long other = message.epoch();
        if (other == 0) {
            return false;
        }
        if (epoch == 0) {
            await(message);
            return false;
        }
        if (other == epoch + 1 && mayBegin(message)) {
            begin(other);
            return true;
        }
        if (other == epoch + 1 && !takesPart) {
            await(message); // too late for that one
        } else if (chosen) {
            witness(message);
        }
        return false;
    }

    /**
     * A peer that takes part in an epoch leaves it not before two thirds of it are over; one that waits takes part in the
     * next one if that has not been running for longer than a third.
     */
    private boolean mayBegin(AggregationMessage next) {
        return takesPart ? cycle >= options.cycles() * 2 / 3
                : next.leftMillis() >= options.periodMillis() * options.cycles() * 2 / 3;
    }

    private void witness(AggregationMessage message) {
        long other = message.epoch();
        boolean far = Math.abs(other - epoch) > 1 || other == epoch + 1;
        if (!far) {
            witnesses = 0;
            return;
        }
        boolean agrees = witnesses > 0 && (other > epoch) == (lowest > epoch)
                && Math.max(highest, other) - Math.min(lowest, other) <= 1;
        lowest = agrees ? Math.min(lowest, other) : other;
        highest = agrees ? Math.max(highest, other) : other;
        witnesses = agrees ? witnesses + 1 : 1;
        if (witnesses >= (other > epoch ? AHEAD : BEHIND)) {
            await(message);
        }
    }

    /** Joins, or joins again. */
    private void await(AggregationMessage message) {
        epoch = message.epoch();
        takesPart = false;
        cycle = 0;
        witnesses = 0;
        // Never longer than an epoch lasts, whatever it says.
        wait = (int) Math.min(options.cycles(), message.leftMillis() / options.periodMillis());
    }

    /** The epoch begins now, with this peer. */
    void begin(long next) {
        epoch = next > AggregationMessage.MAX_EPOCH ? 1 : next;
        takesPart = true;
        cycle = 0;
        witnesses = 0;
    }
}
