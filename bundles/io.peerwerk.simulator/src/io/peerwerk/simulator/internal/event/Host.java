// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.simulator.internal.event;

import java.util.Map;

import io.peerwerk.simulator.Quantity;

/** Runs the peers of one protocol: carries out what they want done, and tells them what came of it. */
interface Host {

    /** A peer starts; it knows the first {@code count} of the contacts. */
    void start(int peer, int[] contacts, int count);

    /** A peer is gone without a word. */
    void crash(int peer);

    /** Goes on until this time; what happens to the peers comes out of the queue. */
    default void advance(EventQueue world, long time) {
        world.runUntil(time);
    }

    /** What has happened so far that was not in the world's queue. */
    default long events() {
        return 0;
    }

    /** Messages so far that the world's links have not carried. */
    default long messages() {
        return 0;
    }

    /** Ends its threads. */
    default void close() {
    }

    /** Adds what is to be seen of the protocol now. */
    void observe(Map<Quantity, Double> figures);
}
