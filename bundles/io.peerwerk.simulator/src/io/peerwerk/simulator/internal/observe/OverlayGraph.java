// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.observe;

import java.util.Arrays;

import io.peerwerk.simulator.internal.cycle.Population;
import io.peerwerk.simulator.spi.Overlay;

/**
 * An overlay at one moment, with the links into each peer beside those out of it: four bytes a link more. Links to and
 * from peers that are gone are left out.
 */
final class OverlayGraph {

    private final Overlay overlay;
    private final Population population;
    /** Where the sources of a peer begin; one longer. */
    private final int[] starts;
    private final int[] sources;
    private long links;
    private long dead;

    OverlayGraph(Overlay overlay, Population population) {
        this.overlay = overlay;
        this.population = population;
        this.starts = new int[population.known() + 1];
        count();
        this.sources = new int[starts[population.known()]];
        fill();
    }

    private void count() {
        for (int peer = 0; peer < population.known(); peer++) {
            int degree = population.isUp(peer) ? overlay.degree(peer) : 0;
            for (int place = 0; place < degree; place++) {
                int to = overlay.neighbour(peer, place);
                links++;
                if (population.isUp(to)) {
                    starts[to + 1]++;
                } else {
                    dead++;
                }
            }
        }
        for (int peer = 0; peer < population.known(); peer++) {
            starts[peer + 1] += starts[peer];
        }
    }

    private void fill() {
        int[] next = Arrays.copyOf(starts, population.known());
        for (int peer = 0; peer < population.known(); peer++) {
            int degree = population.isUp(peer) ? overlay.degree(peer) : 0;
            for (int place = 0; place < degree; place++) {
                int to = overlay.neighbour(peer, place);
                if (population.isUp(to)) {
                    sources[next[to]++] = peer;
                }
            }
        }
    }

    int known() {
        return population.known();
    }

    boolean isUp(int peer) {
        return population.isUp(peer);
    }

    /** Links of peers that are up, dead ones too. */
    long links() {
        return links;
    }

    /** Those of them that lead to peers that are gone. */
    long dead() {
        return dead;
    }

    int inDegree(int peer) {
        return starts[peer + 1] - starts[peer];
    }

    /** Links out of and into a peer that is up. A neighbour that has it for a neighbour too counts twice. */
    int degree(int peer) {
        return overlay.degree(peer) + inDegree(peer);
    }

    /** The other end of one of them; may be gone for places below the overlay's degree. */
    int neighbour(int peer, int place) {
        int out = overlay.degree(peer);
        return place < out ? overlay.neighbour(peer, place) : sources[starts[peer] + place - out];
    }

    /** Whether the first has the second for a neighbour. */
    boolean hasLink(int from, int to) {
        for (int place = overlay.degree(from) - 1; place >= 0; place--) {
            if (overlay.neighbour(from, place) == to) {
                return true;
            }
        }
        return false;
    }
}
