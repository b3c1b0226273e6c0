// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.observe;

/** Union-find over the links of a graph: the sets of peers that hang together. */
final class Components {

    private final int[] parents;
    private int count;
    private int largest;

    Components(OverlayGraph graph) {
        parents = new int[graph.known()];
        for (int peer = 0; peer < parents.length; peer++) {
            parents[peer] = -1; // a root holds its size, negated
        }
        for (int peer = 0; peer < parents.length; peer++) {
            int degree = graph.isUp(peer) ? graph.degree(peer) - graph.inDegree(peer) : 0;
            for (int place = 0; place < degree; place++) {
                int neighbour = graph.neighbour(peer, place);
                if (graph.isUp(neighbour)) {
                    join(root(peer), root(neighbour));
                }
            }
        }
        for (int peer = 0; peer < parents.length; peer++) {
            if (graph.isUp(peer) && parents[peer] < 0) {
                count++;
                largest = Math.max(largest, -parents[peer]);
            }
        }
    }

    int count() {
        return count;
    }

    /** Peers in the largest. */
    int largest() {
        return largest;
    }

    private void join(int one, int other) {
        if (one != other) {
            int root = parents[one] <= parents[other] ? one : other;
            int child = root == one ? other : one;
            parents[root] += parents[child];
            parents[child] = root;
        }
    }

    private int root(int peer) {
        int at = peer;
        while (parents[at] >= 0) {
            int parent = parents[at];
            if (parents[parent] >= 0) {
                parents[at] = parents[parent]; // halve the way for the next one
            }
            at = parent;
        }
        return at;
    }
}
