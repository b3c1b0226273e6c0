// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.aggregation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.peerwerk.core.identity.PeerId;
import io.peerwerk.gossip.Quantity;

/**
 * What the partners that this peer chose at random said about themselves: less exact than the aggregation, but nobody
 * counts for more than one in it. It bounds the means by their standard errors, and the size by how often the same
 * partner came twice: of n partners drawn out of N, n(n-1)/2N pairs are the same one (the birthday paradox; Ganesh,
 * Kermarrec, Le Merrer and Massoulié, <em>Peer counting and sampling in overlay networks based on random walks</em>,
 * Distributed Computing 20(4), 2007).
 */
final class Survey {

    /** Answers and partners that are remembered, at most. */
    static final int MAX_ANSWERS = 128;
    static final int MAX_PARTNERS = 512;

    /** In fewer a tenth that has most of all might be missing. */
    private static final int MIN_ANSWERS = 96;

    private static final double ERRORS = 4;
    private static final double LENIENCE = 1.25;
    /** So many times the mean of the survey is possible where a few that have much are not in it. */
    private static final double RARITY = 3;
    private static final double SIZE_LENIENCE = 1.5;

    private Values[] answers = new Values[8];
    private int answerCount;
    private PeerId[] partners = new PeerId[8];
    private int partnerCount;

    void add(PeerId partner, Values own) {
        answers = grown(answers, answerCount, MAX_ANSWERS);
        answers[answerCount++ % MAX_ANSWERS] = own;
        partners = grown(partners, partnerCount, MAX_PARTNERS);
        partners[partnerCount++ % MAX_PARTNERS] = partner;
    }

    private static <T> T[] grown(T[] array, int count, int limit) {
        return count < array.length || array.length == limit ? array : Arrays.copyOf(array, 2 * array.length);
    }

    /** From the lowest to the highest value that can be. */
    record Bounds(double low, double high) {

        static final Bounds NONE = new Bounds(0, Double.MAX_VALUE);

        boolean admits(double value) {
            return value >= low && value <= high;
        }

        /** The value if it can be, else the nearest one that can. */
        double nearest(double value) {
            return Math.clamp(value, low, high);
        }
    }

    /**
     * What the mean of a quantity can be.
     *
     * @param own this peer's own value, which is not in the survey
     * @param size how many peers there are, as far as known
     */
    Bounds mean(Quantity quantity, double own, double size) {
        int count = Math.min(answerCount, MAX_ANSWERS);
        if (count < MIN_ANSWERS) {
            return Bounds.NONE;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            sum += answers[i].get(quantity);
        }
        double others = sum / count;
        for (int i = 0; i < count; i++) {
            double difference = answers[i].get(quantity) - others;
            squares += difference * difference;
        }
        double error = ERRORS * Math.sqrt(squares / (count - 1) / count);
        double mean = others + (own - others) / Math.max(size, 2);
        return new Bounds(Math.max(0, Math.min((mean - error) / LENIENCE, mean / RARITY)),
                Math.min(quantity.max(), Math.max((mean + error) * LENIENCE, mean * RARITY)));
    }

    /** What the number of all peers can be, this one among them. */
    Bounds size() {
        int count = Math.min(partnerCount, MAX_PARTNERS);
        Map<PeerId, Integer> times = new HashMap<>();
        long same = 0;
        for (int i = 0; i < count; i++) {
            same += times.merge(partners[i], 1, Integer::sum) - 1;
        }
        double pairs = count * (count - 1) / 2.0;
        double slack = 3 * Math.sqrt(same + 1.0);
        double lowest = pairs / (same + slack + 3) / SIZE_LENIENCE;
        double highest = same > slack + 1 ? pairs / (same - slack) * SIZE_LENIENCE : Double.MAX_VALUE;
        return new Bounds(1 + lowest, 1 + highest);
    }
}
