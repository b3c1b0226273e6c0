// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.observe;

import java.util.Arrays;

/** Measures around single peers of a graph. One memory of marks serves them all. */
final class Samples {

    private static final int FAR = -1;

    private final OverlayGraph graph;
    private final int[] steps;
    private final int[] queue;

    Samples(OverlayGraph graph) {
        this.graph = graph;
        this.steps = new int[graph.known()];
        this.queue = new int[graph.known()];
        Arrays.fill(steps, FAR);
    }

    /** The share of pairs of a peer's neighbours that have a link; NaN where it has not two. */
    double clustering(int peer) {
        int count = 0;
        steps[peer] = 0;
        for (int place = graph.degree(peer) - 1; place >= 0; place--) {
            int neighbour = graph.neighbour(peer, place);
            if (graph.isUp(neighbour) && steps[neighbour] == FAR) {
                steps[neighbour] = 1;
                queue[count++] = neighbour;
            }
        }
        long pairs = 0;
        for (int i = 0; i < count; i++) {
            int one = queue[i];
            for (int place = graph.degree(one) - graph.inDegree(one) - 1; place >= 0; place--) {
                int other = graph.neighbour(one, place);
                boolean near = steps[other] == 1;
                if (near && (one < other || !graph.hasLink(other, one))) {
                    pairs++;
                }
            }
        }
        steps[peer] = FAR;
        for (int i = 0; i < count; i++) {
            steps[queue[i]] = FAR;
        }
        return count < 2 ? Double.NaN : 2.0 * pairs / ((double) count * (count - 1));
    }

    /** The average number of steps from a peer to all that it can reach; NaN where there is nobody. */
    double pathLength(int peer) {
        int end = 0;
        long sum = 0;
        queue[end++] = peer;
        steps[peer] = 0;
        for (int next = 0; next < end; next++) {
            int at = queue[next];
            sum += steps[at];
            for (int place = graph.degree(at) - 1; place >= 0; place--) {
                int neighbour = graph.neighbour(at, place);
                if (steps[neighbour] == FAR && graph.isUp(neighbour)) {
                    steps[neighbour] = steps[at] + 1;
                    queue[end++] = neighbour;
                }
            }
        }
        for (int i = 0; i < end; i++) {
            steps[queue[i]] = FAR;
        }
        return end < 2 ? Double.NaN : (double) sum / (end - 1);
    }
}
