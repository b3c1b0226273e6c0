// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Arrays;
import java.util.List;

import io.peerwerk.gossip.internal.wire.Contact;
import io.peerwerk.simulator.spi.Overlay;

/** The views of all peers at one moment, by their numbers. */
final class FlatOverlay implements Overlay {

    private final Identities identities;
    private final int[] starts;
    private int[] neighbours = new int[1024];
    private int peers;

    FlatOverlay(Identities identities, int peers) {
        this.identities = identities;
        this.starts = new int[peers + 1];
    }

    /** The view of the next peer; an empty one for a peer that is gone. */
    void add(List<Contact> view) {
        int end = starts[peers] + view.size();
        if (end > neighbours.length) {
            neighbours = Arrays.copyOf(neighbours, Math.max(end, 2 * neighbours.length));
        }
        for (int i = 0; i < view.size(); i++) {
            neighbours[starts[peers] + i] = identities.number(view.get(i).id());
        }
        starts[++peers] = end;
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
