// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.runtime;

import java.time.Duration;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.storage.DurabilityTarget;
import io.peerwerk.storage.NetworkConditions;
import io.peerwerk.storage.Promise;

/** A promise in the catalogue: four probabilities as doubles, and the network it was made in. */
final class PromiseRecord {

    static final int MAX_BYTES = 256;

    private PromiseRecord() {
    }

    static ProtoWriter write(Promise promise) {
        NetworkConditions network = promise.network();
        return new ProtoWriter().fixed64(1, Double.doubleToLongBits(promise.target().lossIfHalfVanish()))
                .fixed64(2, Double.doubleToLongBits(promise.target().lossAYear()))
                .fixed64(3, Double.doubleToLongBits(promise.lossIfHalfVanish()))
                .fixed64(4, Double.doubleToLongBits(promise.lossAYear())).uint(5, network.peers())
                .uint(6, network.lifetime().toMillis()).uint(7, network.repairTime().toMillis());
    }

    static Promise read(ProtoReader in) throws FormatException {
        double[] losses = new double[5];
        long[] numbers = new long[8];
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1, 2, 3, 4 -> losses[field] = Double.longBitsToDouble(in.fixed64());
                case 5, 6, 7 -> numbers[field] = in.uint();
                default -> in.skip();
            }
        }
        try {
            return new Promise(new DurabilityTarget(losses[1], losses[2]),
                    new NetworkConditions(Math.toIntExact(numbers[5]), Duration.ofMillis(numbers[6]),
                            Duration.ofMillis(numbers[7])),
                    losses[3], losses[4]);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("not a promise: " + e.getMessage(), e);
        }
    }
}
