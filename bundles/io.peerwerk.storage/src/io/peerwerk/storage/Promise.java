// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage;

import java.util.Objects;
import java.util.Optional;

/**
 * What was asked for a file, and what the network of that moment can promise.
 *
 * @param target what was asked
 * @param network what it was computed for
 * @param lossIfHalfVanish the most likely the file is lost if half of all peers vanish, at any moment of its life
 * @param lossAYear the most likely it is lost in a year
 */
public record Promise(DurabilityTarget target, NetworkConditions network, double lossIfHalfVanish, double lossAYear) {

    /** Both must be probabilities. */
    public Promise {
        Objects.requireNonNull(target);
        Objects.requireNonNull(network);
        if (!(lossIfHalfVanish >= 0 && lossIfHalfVanish <= 1 && lossAYear >= 0 && lossAYear <= 1)) {
            throw new IllegalArgumentException("no probabilities: " + lossIfHalfVanish + ", " + lossAYear);
        }
    }

    /** What a file of so many bytes is promised with this code. */
    public static Promise of(DurabilityTarget target, NetworkConditions network, PutOptions shards, long bytes) {
        DurabilityModel model = new DurabilityModel(shards, network);
        return new Promise(target, network, model.ofFile(model.lossInLifeIfVanish(0.5), bytes),
                model.ofFile(model.lossAYear(), bytes));
    }

    /** Whether the file is as safe as was asked. */
    public boolean kept() {
        return keptIfHalfVanish() && keptAYear();
    }

    boolean keptIfHalfVanish() {
        return lossIfHalfVanish <= target.lossIfHalfVanish();
    }

    boolean keptAYear() {
        return lossAYear <= target.lossAYear();
    }

    /** A probability with two digits, as people read it: {@code 0}, {@code 4.8e-3}, {@code 0.37}. */
    public static String probability(double value) {
        return Durability.probability(value);
    }

    /** What is promised: a sentence for the user. */
    public String words() {
        return Durability.promised(this);
    }

    /** What was asked and cannot be promised: a sentence for the user. */
    public Optional<String> warning() {
        return Durability.broken(this);
    }
}
