// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.spi;

/**
 * A directed graph: which peers each peer has for neighbours.
 *
 * @since 0.1
 */
public interface Overlay {

    /** How many neighbours a peer has. */
    int degree(int peer);

    /** One of them, by a place below {@link #degree}. */
    int neighbour(int peer, int place);
}
