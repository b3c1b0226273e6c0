// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** What a number of holders or a network promises, in words. */
final class Durability {

    /** From here on a probability is told as a decimal fraction. */
    private static final double LARGE = 0.01;

    private Durability() {
    }

    static Optional<String> warning(int holders, PutOptions shards) {
        if (holders == 0 || holders >= shards.totalShards()) {
            return Optional.empty();
        }
        int spare = shards.survivable(holders);
        if (holders == 1) {
            return Optional.of("stored on one peer only: if that is lost, so is the file");
        }
        if (spare == 0) {
            return Optional.of("stored on " + holders + " peers: the loss of any one of them loses the file");
        }
        // Half of all peers may vanish in one instant: that is what is asked of a durable placement.
        return spare * 2 >= holders ? Optional.empty()
                : Optional.of("stored on " + holders + " peers: it survives the loss of " + spare + " of them");
    }

    static String promised(Promise promise) {
        String year = "lost with a probability of at most " + probability(promise.lossAYear()) + " a year";
        return promise.lossIfHalfVanish() == 0 ? "not lost if half of all peers vanish at once; " + year
                : year + ", and of " + probability(promise.lossIfHalfVanish()) + " if half of all peers vanish at once";
    }

    static Optional<String> broken(Promise promise) {
        if (promise.kept()) {
            return Optional.empty();
        }
        DurabilityTarget target = promise.target();
        String half = promise.keptIfHalfVanish() ? "" : probability(promise.lossIfHalfVanish())
                + " if half of all peers vanish at once (asked: " + probability(target.lossIfHalfVanish()) + ")";
        String year = promise.keptAYear() ? "" : probability(promise.lossAYear()) + " a year (asked: "
                + probability(target.lossAYear()) + ")";
        return Optional.of(network(promise.network()) + " cannot promise what was asked: the file may be lost with a "
                + "probability of " + half + (half.isEmpty() || year.isEmpty() ? "" : ", and ") + year);
    }

    private static String network(NetworkConditions network) {
        long hours = network.lifetime().toHours();
        String stay = hours >= 48 ? hours / 24 + " days" : hours >= 2 ? hours + " hours"
                : Math.max(1, network.lifetime().toMinutes()) + " minutes";
        return (network.peers() == 1 ? "one peer that stays" : network.peers() + " peers that stay") + " for about "
                + stay;
    }

    /** {@code 0}, {@code 4.8e-3}, {@code 0.37}, {@code 1}: two digits. */
    static String probability(double value) {
        BigDecimal two = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        if (two.signum() == 0 || value >= LARGE) {
            return two.toPlainString();
        }
        int exponent = two.precision() - two.scale() - 1;
        return two.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
