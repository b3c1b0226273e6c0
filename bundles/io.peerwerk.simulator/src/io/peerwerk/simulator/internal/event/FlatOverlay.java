// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Arrays;

import io.peerwerk.simulator.spi.Overlay;

/** Who has whom for a neighbour at one moment, by number. */
final class FlatOverlay implements Overlay {

    private final int[] starts;
    private int[] neighbours = new int[1024];
    private int peers;

    FlatOverlay(int peers) {
        this.starts = new int[peers + 1];
    }

    /** One more neighbour of the present peer. */
    void add(int neighbour) {
        int end = starts[peers + 1];
        if (end == neighbours.length) {
            neighbours = Arrays.copyOf(neighbours, end + end / 2);
        }
        neighbours[end] = neighbour;
        starts[peers + 1]++;
    }

    /** The next peer's turn. */
    void next() {
        peers++;
        if (peers + 1 < starts.length) {
            starts[peers + 1] = starts[peers];
        }
    }

    @Override
    public int degree(int peer) {
        return starts[peer + 1] - starts[peer];
    }

    @Override
    public int neighbour(int peer, int place) {
        return neighbours[starts[peer] + place];
    }
}
