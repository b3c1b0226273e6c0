// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.routing.internal.kad;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How many peers the network has, from how close the closest ones were in the last lookups: of N peers at random places
 * the i-th closest to a place is on average i/(N+1) of the space away. Each lookup gives a figure by least squares, and
 * the median of them is taken, since an attacker may crowd a few places. Not thread-safe.
 */
public final class NetworkSize {

    /** Lookups that are remembered. */
    static final int MAX_LOOKUPS = 50;
    /** Fewer say nothing. */
    static final int MIN_LOOKUPS = 5;

    private final Deque<Double> figures = new ArrayDeque<>();

    /** A lookup has ended with these peers, closest first; it counts if they are as many as were looked for. */
    public void observe(KadKey target, List<Contact> closest) {
        if (closest.size() < RoutingTable.BUCKET_SIZE) {
            return;
        }
        double products = 0;
        double squares = 0;
        for (int i = 1; i <= RoutingTable.BUCKET_SIZE; i++) {
            products += i * closest.get(i - 1).key().distance(target).fraction();
            squares += (double) i * i;
        }
        if (products > 0) {
            figures.addLast(squares / products - 1);
        }
        if (figures.size() > MAX_LOOKUPS) {
            figures.removeFirst();
        }
    }

    /** The number of peers; 0 while it is unknown. */
    public long estimate() {
        if (figures.size() < MIN_LOOKUPS) {
            return 0;
        }
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Math.round(sorted[sorted.length / 2]);
    }
}
