// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.virtual;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * The overlay that the views of peers make.
 *
 * @param up   the honest peers that are up
 * @param view whom a peer knows
 */
public record Views(Collection<Integer> up, IntFunction<List<Integer>> view) {

    /** How many views each peer stands in, of those that are up. */
    public int[] inDegrees() {
        Map<Integer, Integer> degrees = new HashMap<>();
        up.forEach(i -> view.apply(i).forEach(j -> degrees.merge(j, 1, Integer::sum)));
        return up.stream().mapToInt(i -> degrees.getOrDefault(i, 0)).toArray();
    }

    /** The share of places in the views of peers that are up which hold such a peer. */
    public double share(IntPredicate which) {
        return up.stream().flatMap(i -> view.apply(i).stream()).mapToInt(j -> which.test(j) ? 1 : 0).average().orElse(0);
    }

    /** The size of the largest set of peers that are up and hang together by their views, in either direction. */
    public int largestComponent() {
        Map<Integer, Set<Integer>> edges = new HashMap<>();
        up.forEach(i -> edges.put(i, new HashSet<>()));
        for (int i : up) {
            view.apply(i).stream().filter(edges::containsKey).forEach(j -> {
                edges.get(i).add(j);
                edges.get(j).add(i);
            });
        }
        Set<Integer> seen = new HashSet<>();
        int largest = 0;
        for (int start : up) {
            Deque<Integer> open = new ArrayDeque<>(List.of(start));
            int size = 0;
            while (!open.isEmpty()) {
                int next = open.remove();
                if (seen.add(next)) {
                    size++;
                    open.addAll(edges.get(next));
                }
            }
            largest = Math.max(largest, size);
        }
        return largest;
    }
}
